"""What is about to be said is held against the library, as REST does it."""

import pytest
from fastapi.testclient import TestClient

from app.mcp.shapes import TEXT_MAX
from tests.api.asking import Json, get_json
from tests.mcp.conversations import Talker, read_text

TOOL = "verify_quote"
OWN = "NSAIDs can cause ulcers and bleeding in the gut."
RISK = "They can also raise the risk of a heart attack or stroke."
ALTERED = "They can also lower the risk of a heart attack or stroke."
FREE = "The moon landing was broadcast on television worldwide."


def verify_there(client: TestClient, text: str) -> Json:
    response = client.post("/v1/quotes/verify", json={"text": text})
    assert response.status_code == 200, response.text
    answer: Json = response.json()
    return answer


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(OWN, id="its own"),
        pytest.param(f"{OWN} {ALTERED}", id="one altered"),
        pytest.param(f"{OWN} {FREE}", id="one free"),
        pytest.param(FREE, id="nothing of it"),
        pytest.param("...", id="no sentence"),
    ],
)
def test_each_sentence_is_judged_as_rest_does(
    shipped: Talker, seeded_client: TestClient, text: str
) -> None:
    told = shipped.ask(TOOL, text=text)

    there = verify_there(seeded_client, text)
    assert told["is_safe_to_quote"] is there["is_safe_to_quote"]
    assert told["release"] == there["release"]
    for shown, judged in zip(told["sentences"], there["sentences"], strict=True):
        assert shown["text"] == judged["text"]
        assert shown["fidelity"] == judged["fidelity"]
        assert shown.get("changes", []) == judged["changes"]


def test_what_is_altered_is_told_with_what_the_library_says(shipped: Talker) -> None:
    told = shipped.ask(TOOL, text=ALTERED)

    [sentence] = told["sentences"]
    assert told["is_safe_to_quote"] is False
    assert (sentence["fidelity"], sentence["says"]) == ("altered", RISK)
    assert sentence["changes"][0]["was"] == "raise"
    assert (sentence["kind"], sentence["slug"]) == ("treatments", "nsaids")


def test_what_is_its_own_is_told_with_its_sources(shipped: Talker) -> None:
    [sentence] = shipped.ask(TOOL, text=OWN)["sentences"]

    assert sentence["fidelity"] == "verbatim"
    assert sentence["sources"]
    assert "says" not in sentence


def test_a_long_text_leaves_out_what_is_its_own_first(
    shipped: Talker, seeded_client: TestClient
) -> None:
    sections = get_json(seeded_client, "/v1/treatments/nsaids")["sections"].values()
    own = " ".join(one["text"] for one in sections if one["text"])
    text = f"{own[:3500].rpartition('. ')[0]}. {ALTERED} {FREE}"

    result = shipped.call(TOOL, text=text)

    told = result.structured_content
    assert len(read_text(result)) <= TEXT_MAX
    assert told["is_safe_to_quote"] is False
    assert told["left_out"] > 0
    there = verify_there(seeded_client, text)["sentences"]
    assert len(told["sentences"]) + told["left_out"] == len(there)
    assert [one["fidelity"] for one in told["sentences"]][-2:] == [
        one["fidelity"] for one in there[-2:]
    ]


def test_endless_words_are_judged_and_left_out(shipped: Talker) -> None:
    told = shipped.ask(TOOL, text="word " * 790)

    assert told["is_safe_to_quote"] is False
    assert len(told["sentences"]) + told["left_out"] == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({}, "/text: It is missing."),
        ({"text": ""}, "/text: Must not be empty."),
        ({"text": "x" * 4001}, "/text: Takes at most 4000 characters."),
    ],
    ids=["nothing", "an empty text", "too long a text"],
)
def test_mistakes_are_named(
    shipped: Talker, arguments: dict[str, object], said: str
) -> None:
    assert said in shipped.fail(TOOL, **arguments)
