"""The shipped library answers patients' words, and its lists take them as a filter."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

import pytest
import yaml
from fastapi.testclient import TestClient

from app.settings import ROOT
from tests.api.asking import follow, get_json, list_slugs, read_problem

QUERIES: list[dict[str, Any]] = yaml.safe_load(
    (ROOT / "tests" / "search_queries.yaml").read_text(encoding="utf-8")
)
AT_FIRST, AMONG_THREE = 0.88, 0.95
"""How many of the queries must be answered so soon."""

EMERGENCIES = {
    "can't pee": "cauda-equina",
    "numb between my legs": "cauda-equina",
    "wet myself": "cauda-equina",
    "I haven't been able to pee": "cauda-equina",
    "both my legs are numb": "both-legs",
    "can't breathe": "chest-pain",
    "throat is closing": "allergic-reaction",
    "kill myself": "mental-health-crisis",
}


def ask(client: TestClient, words: str, more: str = "") -> list[dict[str, Any]]:
    answer = get_json(client, f"/v1/search?q={quote(words)}{more}")
    items: list[dict[str, Any]] = answer["items"]
    return items


def find_place(client: TestClient, query: dict[str, Any]) -> int | None:
    """Return at which place what is expected is found, from 0 on."""
    is_denied = query.get("denied", False)
    for place, hit in enumerate(ask(client, query["q"])):
        name = f"{hit['kind']}/{hit['slug']}"
        if name in query["expect"] and hit["negated"] == is_denied:
            return place
    return None


def share(places: Sequence[int | None], *, among: int) -> float:
    return sum(place is not None and place < among for place in places) / len(places)


def test_patients_words_find_what_they_mean(seeded_client: TestClient) -> None:
    places = [find_place(seeded_client, query) for query in QUERIES]

    assert len(QUERIES) >= 80
    assert share(places, among=3) >= AMONG_THREE
    assert share(places, among=1) >= AT_FIRST


def test_every_query_expects_what_there_is(seeded_client: TestClient) -> None:
    for name in {name for query in QUERIES for name in query["expect"]}:
        get_json(seeded_client, f"/v1/{name}?fields=slug")


@pytest.mark.parametrize(("words", "sign"), EMERGENCIES.items())
def test_an_emergency_comes_first(
    seeded_client: TestClient, words: str, sign: str
) -> None:
    first = ask(seeded_client, words)[0]

    assert (first["kind"], first["slug"]) == ("warning-signs", sign)
    assert first["urgency"] == "emergency"
    assert first["what_to_do"]
    assert first["negated"] is False


@pytest.mark.parametrize("words", ["fever", "can't move my leg", "high temperature"])
def test_a_sign_comes_first(seeded_client: TestClient, words: str) -> None:
    assert ask(seeded_client, words)[0]["kind"] == "warning-signs"


@pytest.mark.parametrize(
    "words",
    [
        '"',
        "')--",
        "* OR NEAR(",
        "fever AND",
        "-fever",
        "name:fever",
        "%_\\",
        "\U0001f525",
        "\u202efever",
        "x" * 200,
        "a b " * 50,
    ],
)
def test_no_words_break_a_search(seeded_client: TestClient, words: str) -> None:
    answer = get_json(seeded_client, f"/v1/search?q={quote(words)}")

    assert answer["total"] >= len(answer["items"])


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ("", "/query/q"),
        ("?q=", "/query/q"),
        ("?q=%20%09", "/query/q"),
        ("?q=%00fever", "/query/q"),
        ("?q=fever%07", "/query/q"),
        (f"?q={'x' * 201}", "/query/q"),
        ("?q=fever&kind=cases", "/query/kind"),
        ("?q=fever&limit=0", "/query/limit"),
        ("?q=fever&words=2", "/query"),
        ("?q=fever&q=pain", "/query/q"),
    ],
)
def test_a_search_that_is_none_is_refused(
    seeded_client: TestClient, query: str, pointer: str
) -> None:
    problem = read_problem(seeded_client.get(f"/v1/search{query}"), 422)

    assert [one["pointer"] for one in problem["errors"]] == [pointer]


def test_a_search_has_pages(seeded_client: TestClient) -> None:
    pages = [
        page.json()
        for page in follow(seeded_client, "/v1/search?q=injection&limit=5", "next")
    ]
    found = [one["links"]["self"] for page in pages for one in page["items"]]

    assert len(found) == pages[0]["total"] == len(set(found))
    assert pages[0]["total_is_capped"] is True


def test_a_search_can_be_of_one_kind(seeded_client: TestClient) -> None:
    kinds = {one["kind"] for one in ask(seeded_client, "fever", "&kind=findings")}

    assert kinds == {"findings"}


def test_what_a_hit_links_to_is_there(seeded_client: TestClient) -> None:
    for hit in ask(seeded_client, "nerve burning"):
        assert get_json(seeded_client, hit["links"]["self"])["slug"] == hit["slug"]


@pytest.mark.parametrize(
    ("address", "slug"),
    [
        ("/v1/treatments?q=nurofen", "ibuprofen"),
        (
            "/v1/treatments?q=burn%20the%20nerves&category=procedure",
            "radiofrequency-ablation",
        ),
        ("/v1/failure-causes?q=jab%20wore%20off", "short-lived-effect"),
        ("/v1/warning-signs?q=cant%20wee&urgency=emergency", "cauda-equina"),
    ],
)
def test_lists_take_words_beside_their_filters(
    seeded_client: TestClient, address: str, slug: str
) -> None:
    assert slug in list_slugs(seeded_client, address)


def test_a_list_of_words_that_are_not_there_is_empty(seeded_client: TestClient) -> None:
    answer = get_json(seeded_client, "/v1/treatments?q=zzzzzz")

    assert (answer["items"], answer["total"]) == ([], 0)
