"""The example bot: what people type, what it says, and how it ends."""

import re
import socket
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from tests.api.asking import Json, advise, get_json
from tests.live import serving_live
from tests.talking import (
    DONE,
    EMERGENCY,
    REFUSED,
    UNREACHABLE,
    Talker,
    run_bot,
    start_bot,
)

# The bot asks the API alone.
DATABASES = ("sqlite",)

FRAME = re.compile(
    r"^(- |(RECOMMENDED|CONSIDER|NOT-NOW|AVOID): |QUESTIONS TO ASK$|Note: "
    r"|  (because|cautions|against|not known): (tried )?|PLAN, [a-z]+: )"
    r"|(?<=; )tried | \(look again after \d+ weeks\)$",
    re.MULTILINE,
)
"""What the bot says itself, around the words of the API."""
STORY = (
    "They gave me the jab in spring and I was well for a while, and I went for walks "
    "in the park with my dog again. Then it started again, so I went to see them, and "
    "they told me to wait for a while and see. "
)


@pytest.fixture(scope="module")
def server(seeded_client: TestClient) -> Iterator[str]:
    """The address of a live server on the library that we ship."""
    with serving_live(seeded_client.app) as port:
        yield f"http://127.0.0.1:{port}"


@pytest.fixture(scope="module")
def talker(seeded_client: TestClient) -> Talker:
    return Talker(seeded_client)


def place_of(client: TestClient, finding: str) -> str:
    """Return the number that picks a finding in the first question."""
    asks: list[str] = advise(client)["ask_next"][0]["asks"]
    return str(asks.index(f"finding/{finding}") + 1)


def tell_urgency(urgency: Json) -> str:
    said = f"You can say: {urgency['what_to_say']}\n"
    todo = (f"- {line}" for line in urgency["what_to_do"])
    return "\n".join((urgency["headline"], *todo, said))


def list_texts(found: object) -> Iterator[str]:
    """Yield every text in an answer of the API."""
    if isinstance(found, str):
        yield found
    elif isinstance(found, dict):
        yield from list_texts(list(found.values()))
    elif isinstance(found, list):
        for one in found:
            yield from list_texts(one)


def answer_none(question: str) -> str:
    """Say "none" to all that is asked together, and "not sure" to the rest."""
    return "none" if '"none"' in question else "not sure"


def test_bot_stops_at_an_emergency_and_says_what_to_do(
    server: str, seeded_client: TestClient
) -> None:
    typed = f"{place_of(seeded_client, 'saddle-numbness')}\n2\nworse\n"

    code, printed, complained = run_bot("--server", server, "--region=uk", typed=typed)

    present = {"finding": "saddle-numbness", "since_days": 2, "trend": "worse"}
    urgency = advise(seeded_client, region="uk", has=[present])["urgency"]
    assert (code, complained) == (EMERGENCY, "")
    # Nothing comes after it: no option, no other question.
    assert printed.endswith(f"\n{tell_urgency(urgency)}")
    assert "999" in tell_urgency(urgency)
    assert "CONSIDER" not in printed


@pytest.mark.parametrize("leaving", ["", "quit\n", "done\n", "2\nskip\n"])
def test_bot_tells_those_who_leave_that_it_is_an_emergency(
    leaving: str, server: str, seeded_client: TestClient
) -> None:
    typed = f"{place_of(seeded_client, 'saddle-numbness')}\n{leaving}"

    code, printed, _ = run_bot("--server", server, typed=typed)

    urgency = advise(seeded_client, has=["saddle-numbness"])["urgency"]
    assert code == EMERGENCY
    assert printed.endswith(f"\n{tell_urgency(urgency)}")


def test_bot_asks_since_when_before_it_calls_it_an_emergency(talker: Talker) -> None:
    place = place_of(talker.client, "leg-weakness")

    talk = talker.type(place, "700", "unchanged", "done")

    urgency = advise(talker.client, **talk.profile)["urgency"]
    assert {"finding": "leg-weakness", "since_days": 700} in talk.profile["has"]
    assert {"finding": "leg-weakness", "trend": "unchanged"} in talk.profile["has"]
    assert talk.code == DONE
    assert urgency["level"] not in ("emergency", "routine")
    # Said at once, and again with the recommendation.
    assert talk.text.count(f"- {urgency['what_to_do'][0]}\n") == 2


def test_bot_recommends_in_the_words_of_the_api_alone(talker: Talker) -> None:
    talk = talker.talk(answer_none)

    advice = advise(talker.client, **talk.profile)
    form = get_json(talker.client, f"/v1/topics/{advice['topic']}/questionnaire")
    left, sources = FRAME.sub("", talk.said[-2]), talk.said[-1]
    for text in sorted({*list_texts([advice, form])}, key=len, reverse=True):
        left = left.replace(text, "")
    assert talk.code == DONE
    assert advice["ask_next"] == []
    assert re.sub(r"[\s;,\[\]]", "", left) == ""
    assert sources.startswith("Sources: http://testserver/v1/references/ ")


def test_bot_shows_all_of_a_recommendation(
    server: str, seeded_client: TestClient
) -> None:
    code, printed, _ = run_bot("--server", server, typed="done\n")

    advice = advise(seeded_client)
    shown = printed.rpartition("> ")[2]
    assert code == DONE
    assert shown.startswith(f"\n{advice['urgency']['headline']}\n")
    for option in advice["options"]:
        heading = f"\n{option['standing'].upper()}: {option['name']}\n"
        block = shown.partition(heading)[2].partition("\n\n")[0]
        for reason in (*option["because"], *option["cautions"], *option["against"]):
            assert f"{reason['text']} [{', '.join(reason['sources'])}]" in block
    for step in advice["plan"]:
        block = shown.partition(f"\nPLAN, {step['step']}: ")[2].partition("\n\n")[0]
        assert block.splitlines()[1:] == step["because"]
    for question in advice["questions_to_ask"]:
        assert f"\n- {question}\n" in shown
    assert shown.splitlines()[-2] == advice["disclaimer"]


def test_bot_tells_those_who_leave_what_is_not_ruled_out(talker: Talker) -> None:
    talk = talker.type()

    assert talk.code == DONE
    assert talk.said[-1] == advise(talker.client)["urgency"]["headline"]


@pytest.mark.parametrize("typed", ["", "0", "8", "1,8", "fnord", "1-3", "1/3"])
def test_bot_asks_again_what_it_does_not_understand(typed: str, talker: Talker) -> None:
    talk = talker.type(typed)

    assert talk.asked[0] == talk.asked[1]
    assert talk.profile == {}


def test_bot_asks_again_since_when(talker: Talker) -> None:
    place = place_of(talker.client, "saddle-numbness")

    talk = talker.type(place, "fnord", "-1", "0.25", "fnord", "worse")

    _, since, again, for_good, trend, again_trend = talk.asked
    assert since == again == for_good
    assert trend == again_trend
    assert {"finding": "saddle-numbness", "since_days": 0.25} in talk.profile["has"]
    assert {"finding": "saddle-numbness", "trend": "worse"} in talk.profile["has"]


def test_bot_finds_what_own_words_mean(talker: Talker) -> None:
    talk = talker.type("My bum is numb!", "1", "2", "worse")

    hit = get_json(talker.client, "/v1/search?q=my+bum+is+numb!")["items"][0]
    finding = get_json(talker.client, "/v1/findings/saddle-numbness")
    before, _, choices = talk.text.partition("Did you mean")
    assert hit["urgency"] == "emergency"
    assert hit["name"] in before
    assert all(f"- {line}" in before for line in hit["what_to_do"])
    assert f"1. {finding['question']}" in choices
    assert "saddle-numbness" in talk.profile["has"]
    assert talk.code == EMERGENCY


def test_bot_takes_no_words_for_an_answer(talker: Talker) -> None:
    talk = talker.type("My bum is numb!", "none")

    assert talk.asked[0] == talk.asked[2]
    assert talk.profile == {}
    assert talk.code == DONE


def test_bot_looks_up_words_in_the_middle_of_an_answer(talker: Talker) -> None:
    place = place_of(talker.client, "leg-weakness")

    talk = talker.type(place, "my bum is numb", "1", "2", "worse", "worse")

    assert "saddle-numbness" in talk.profile["has"]
    assert talk.code == EMERGENCY


@pytest.mark.parametrize("typed", ["no fever", "fnord", "-1", "x" * 300])
def test_bot_offers_nothing_that_was_not_said(typed: str, talker: Talker) -> None:
    talk = talker.type(typed)

    assert "Did you mean" not in talk.text
    assert "A warning sign" not in talk.text


def test_bot_reads_all_of_a_long_story(talker: Talker) -> None:
    talk = talker.type(f"{STORY}Since today my bum is numb.", "none")

    finding = get_json(talker.client, "/v1/findings/saddle-numbness")
    assert finding["question"] in talk.asked[1]
    assert finding["question"] not in talker.type(STORY, "none").asked[1]


@pytest.mark.parametrize(
    ("arguments", "detail"),
    [
        (("--topic", "knees"), "Not a topic."),
        (("--region", "atlantis"), "Not a region."),
    ],
)
def test_bot_says_what_the_server_refuses(
    arguments: tuple[str, ...], detail: str, server: str
) -> None:
    code, printed, complained = run_bot("--server", server, *arguments)

    assert (code, printed) == (REFUSED, "")
    assert detail in complained


def test_bot_says_in_one_sentence_that_there_is_no_server() -> None:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{one.getsockname()[1]}"

        code, printed, complained = run_bot("--server", address)

    [line] = complained.splitlines()
    assert (code, printed) == (UNREACHABLE, "")
    assert line.startswith(f"{address} does not answer as it should")


def test_bot_says_that_the_server_went_away(seeded_client: TestClient) -> None:
    with serving_live(seeded_client.app) as port:
        process = start_bot("--server", f"http://127.0.0.1:{port}")
        assert process.stdout
        # Its first question waits.
        while process.stdout.read(1) != ">":
            assert process.poll() is None

    _, complained = process.communicate("none\n")

    [line] = complained.splitlines()
    assert process.returncode == UNREACHABLE
    assert line.endswith("nothing looked at your last answer.")
