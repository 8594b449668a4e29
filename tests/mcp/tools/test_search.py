"""Own words find what the API finds, and what was denied stays denied."""

import pytest
from fastapi.testclient import TestClient

from app.mcp.shapes import TEXT_MAX
from tests.api.asking import get_json
from tests.mcp.conversations import Talker, read_text

TOOL = "search_library"
STORIES = (
    "my bum is numb",
    "no temperature, but I cant pee",
    "what about another jab",
    "ibuprofen",
    "walking",
    "is acupuncture any good",
)


@pytest.mark.parametrize("words", STORIES)
def test_the_hits_are_those_of_rest(
    shipped: Talker, seeded_client: TestClient, words: str
) -> None:
    told = shipped.ask(TOOL, q=words)

    found = get_json(seeded_client, f"/v1/search?q={words}&limit=5")
    assert told["total"] == found["total"]
    for hit, there in zip(told["hits"], found["items"], strict=True):
        for name in ("kind", "slug", "name", "negated", "snippet"):
            assert hit[name] == there[name]
        assert hit.get("urgency") == there["urgency"]
        assert hit.get("what_to_do", []) == there["what_to_do"]
        assert hit.get("ask") == (there["finding"] or {}).get("question")


@pytest.mark.parametrize("words", STORIES)
def test_many_hits_are_short_too(shipped: Talker, words: str) -> None:
    assert len(read_text(shipped.call(TOOL, q=words, limit=20))) <= TEXT_MAX


def test_a_kind_narrows_it(shipped: Talker) -> None:
    hits = shipped.ask(TOOL, q="injection", kind="treatments")["hits"]

    assert {hit["kind"] for hit in hits} == {"treatments"}


def test_nothing_is_found_for_strange_words(shipped: Talker) -> None:
    assert shipped.ask(TOOL, q="qwertzuiop") == {"hits": [], "total": 0}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({}, "/q: It is missing."),
        ({"q": ""}, "/q: Must not be empty."),
        ({"q": "x" * 201}, "/q: Takes at most 200 characters."),
        ({"q": "x", "limit": 21}, "/limit: "),
        ({"q": "x", "kind": "bones"}, "/kind: "),
    ],
    ids=["nothing", "no words", "too many words", "too many hits", "another kind"],
)
def test_mistakes_are_named(
    shipped: Talker, arguments: dict[str, object], said: str
) -> None:
    assert said in shipped.fail(TOOL, **arguments)
