"""An emergency is found in a profile and in own words, and said before all else."""

import pytest
from fastapi.testclient import TestClient

from app.fields import Urgency
from app.library.bundle import Bundle
from app.library.profile import normalise
from app.mcp.shapes import TEXT_MAX
from tests.api.asking import advise, get_json
from tests.databases import Databases
from tests.mcp.conversations import Talker, read_text

TOOL = "check_warning_signs"
STORY = (
    "They gave me the jab in spring and I was well for a while, and I went for walks "
    "in the park with my dog again. Then it started again, so I went to see them, and "
    "they told me to wait for a while and see. Since today my bum is numb."
)


def test_own_words_find_a_sign_and_what_to_ask(
    shipped: Talker, seeded_client: TestClient
) -> None:
    told = shipped.ask(TOOL, words="my bum is numb")

    sign = get_json(seeded_client, "/v1/search?q=my+bum+is+numb")["items"][0]
    finding = get_json(seeded_client, "/v1/findings/saddle-numbness")
    first = told["may_mean"][0]
    assert (first["slug"], first["urgency"]) == ("cauda-equina", "emergency")
    assert first["what_to_do"] == sign["what_to_do"]
    assert finding["question"] in [one.get("ask") for one in told["may_mean"]]
    # Words are not yet an answer.
    assert told["urgency"]["level"] == "routine"
    assert told["urgency"]["could_be"] == "emergency"


def test_all_of_a_long_story_is_read(shipped: Talker) -> None:
    meant = shipped.ask(TOOL, words=STORY)["may_mean"]

    assert "saddle-numbness" in [one["slug"] for one in meant]


@pytest.mark.parametrize(
    "words",
    [
        pytest.param("no fever", id="what is denied"),
        pytest.param("qwertzuiop", id="what means nothing"),
        pytest.param("   ", id="nothing"),
    ],
)
def test_words_that_tell_of_nothing_mean_nothing(shipped: Talker, words: str) -> None:
    assert shipped.ask(TOOL, words=words)["may_mean"] == []


def test_words_that_only_name_a_sign_by_the_way_call_for_nothing(
    shipped: Talker,
) -> None:
    meant = shipped.ask(TOOL, words="I like walking")["may_mean"]

    assert all("urgency" not in one for one in meant)


def test_the_most_pressing_sign_of_a_story_stands_first(shipped: Talker) -> None:
    words = f"I lost weight without trying. {'And so on. ' * 20}I cannot pee."

    signs = [
        one for one in shipped.ask(TOOL, words=words)["may_mean"] if "urgency" in one
    ]

    assert signs[0]["urgency"] == "emergency"


def test_the_next_questions_are_those_that_can_reveal_something(
    shipped: Talker, seeded_client: TestClient
) -> None:
    told = shipped.ask(TOOL)

    asked = advise(seeded_client)["ask_next"]
    assert [one["slug"] for one in told["ask_next"]] == [
        one["slug"] for one in asked[:3]
    ]
    assert all(one["could_reveal"] for one in told["ask_next"])


def test_once_all_is_ruled_out_no_question_is_left(
    databases: Databases, shipped: Talker, seed_bundle: Bundle
) -> None:
    ruled_out = databases.share(
        case
        for case in seed_bundle.cases.values()
        if case.expect.could_be is Urgency.ROUTINE
    )

    assert ruled_out
    for case in ruled_out:
        told = shipped.ask(TOOL, topic=case.topic, profile=normalise(case.profile))
        assert told["urgency"]["screening_complete"]
        assert told["urgency"]["not_ruled_out"] == 0
        assert told["ask_next"] == []


def test_words_beside_many_signs_are_short_too(shipped: Talker) -> None:
    profile = {"has": ["fever", "cancer-history", "severe-back-pain", "weight-loss"]}

    told = shipped.call(TOOL, profile=profile, words=f"my bum is numb. {STORY}")

    text = read_text(told)
    assert text.startswith('{"urgency":{"level":"urgent"')
    assert len(text) <= TEXT_MAX


def test_a_story_is_bounded(shipped: Talker) -> None:
    said = shipped.fail(TOOL, words="pain " * 250)

    assert said == "/words: Takes at most 1000 characters."
