"""Words find items: by any form of theirs, misspelt, unfinished, denied or together."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from app.fields import Kind
from app.library.words import CLOSING, OPENING
from app.queries.search import ROWS_MAX, find_slugs, mark, search
from app.queries.search_filters import SearchFilters
from app.queries.snapshots import Snapshot, open_snapshot
from tests.databases import Databases
from tests.factories import make_bundle, make_finding, make_rule, make_sign
from tests.factories import make_treatment as make
from tests.publishing import PUBLISHED_AT, publish

# Each of them, and each two in a row, is looked for.
MANY_WORDS = " ".join(str(number) for number in range(10, 70))

LIBRARY = {
    Kind.FINDINGS: [
        make_finding("fever", label="High fever", aliases=["burning up"]),
        make_finding("numb-leg", label="Numb leg", aliases=["pins and needles"]),
        make_finding("saddle-numbness", label="Numb bottom"),
        make_finding("bladder", label="Bladder trouble", aliases=["can't pee"]),
        make_finding("counting", label="Counting", aliases=[MANY_WORDS]),
    ],
    Kind.TREATMENTS: [
        make("facet-joint-injection", name="Facet joint injection"),
        make("tramadol", name="Tramadol", aliases=["Ultram"], summary="For pain."),
        make("physiotherapy", name="Physiotherapy (physio)"),
        make("walking", name="Walking"),
    ],
    Kind.WARNING_SIGNS: [
        make_sign(
            "cauda-equina",
            name="Squeezed nerves",
            rules=[make_rule(when={"any": [{"has": "bladder"}, {"has": "numb-leg"}]})],
        ),
        make_sign(
            "infection",
            name="Infection",
            urgency="urgent",
            rules=[make_rule(when={"all": [{"has": "fever"}, {"has": "bladder"}]})],
        ),
    ],
}
TOO_MANY = ROWS_MAX + 20


@pytest.fixture(scope="module")
def snapshot(databases: Databases) -> Iterator[Snapshot]:
    """A snapshot of a small library, and one treatment so many times over."""
    with (
        databases.opened(publish_many) as engine,
        open_snapshot(engine) as snapshot,
    ):
        yield snapshot


def publish_many(engine: Engine) -> None:
    many = [make(f"gel-{n:03}", name=f"Gel {n:03}") for n in range(TOO_MANY)]
    entries = {**LIBRARY, Kind.TREATMENTS: [*LIBRARY[Kind.TREATMENTS], *many]}
    publish(engine, make_bundle(entries), at=PUBLISHED_AT)


def ask(snapshot: Snapshot, words: str, **filters: Any) -> list[dict[str, Any]]:
    found = search(snapshot, SearchFilters(q=words, **filters))
    return [json.loads(one) for one in found.texts]


def list_found(snapshot: Snapshot, words: str, **filters: Any) -> list[str]:
    return [f"{one['kind']}/{one['slug']}" for one in ask(snapshot, words, **filters)]


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("Tramadol", "treatments/tramadol"),
        ("ultram", "treatments/tramadol"),
        ("tramodol", "treatments/tramadol"),
        ("tram", "treatments/tramadol"),
        ("walks", "treatments/walking"),
        ("physio therapy", "treatments/physiotherapy"),
        ("fysiotherapy", "treatments/physiotherapy"),
        ("joint injections for facets", "treatments/facet-joint-injection"),
        ("burning up", "findings/fever"),
        ("can't pee", "warning-signs/cauda-equina"),
        ("I can not pee since this morning", "warning-signs/cauda-equina"),
        ("pins & needles", "warning-signs/cauda-equina"),
        ("no fever, but I can't pee", "warning-signs/cauda-equina"),
    ],
)
def test_words_find_what_they_mean(snapshot: Snapshot, words: str, first: str) -> None:
    assert list_found(snapshot, words)[0] == first


def test_a_sign_says_what_to_do_and_how_fast(snapshot: Snapshot) -> None:
    hit = ask(snapshot, "squeezed nerves")[0]

    assert hit["urgency"] == "emergency"
    assert hit["what_to_do"] == ["Call your local emergency number now."]
    assert hit["finding"] is None
    assert hit["links"] == {"self": "/v1/warning-signs/cauda-equina"}


def test_a_finding_says_which_word_of_a_profile_it_is(snapshot: Snapshot) -> None:
    [hit] = ask(snapshot, "burning up", kind="findings")

    assert hit["finding"]["slug"] == "fever"
    assert hit["finding"]["question"]
    assert (hit["urgency"], hit["what_to_do"]) == (None, [])


def test_a_sign_that_needs_more_does_not_come_before_its_finding(
    snapshot: Snapshot,
) -> None:
    assert list_found(snapshot, "high fever") == [
        "findings/fever",
        "warning-signs/infection",
    ]


@pytest.mark.parametrize(
    "words",
    ["no fever", "I don't have a high fever", "never had fever", "without fever"],
)
def test_what_is_denied_is_marked_wherever_it_is_found(
    snapshot: Snapshot, words: str
) -> None:
    hits = ask(snapshot, words)

    assert hits[0]["slug"] == "fever"
    assert all(one["negated"] for one in hits)


def test_what_is_said_beside_a_denial_is_not_denied(snapshot: Snapshot) -> None:
    negated = {
        one["slug"]: one["negated"] for one in ask(snapshot, "no fever, numb leg")
    }

    assert (negated["fever"], negated["numb-leg"]) == (True, False)
    assert negated["cauda-equina"] is False


def test_what_was_found_is_marked(snapshot: Snapshot) -> None:
    snippet = ask(snapshot, "joint injections")[0]["snippet"]

    assert snippet == "Facet ⟦joint⟧ ⟦injection⟧"


@pytest.mark.parametrize("words", ["zzzzzz", "the", "no", "can't", "?!", "日本語", "a"])
def test_what_is_not_there_finds_nothing(snapshot: Snapshot, words: str) -> None:
    found = search(snapshot, SearchFilters(q=words))

    assert (list(found.texts), found.total, found.is_capped) == ([], 0, False)


def test_of_a_word_of_many_items_only_the_first_are_looked_at(
    snapshot: Snapshot,
) -> None:
    found = search(snapshot, SearchFilters(q="gel", limit=100))
    slugs = [json.loads(one)["slug"] for one in found.texts]

    assert slugs == [f"gel-{number:03}" for number in range(ROWS_MAX)]
    assert (found.total, found.is_capped) == (ROWS_MAX, True)


@pytest.mark.parametrize(
    ("kind", "total", "is_capped"),
    [("treatments", ROWS_MAX, True), ("findings", 0, False)],
)
def test_more_may_be_found_only_of_a_kind_that_has_too_many(
    snapshot: Snapshot, *, kind: Any, total: int, is_capped: bool
) -> None:
    found = search(snapshot, SearchFilters(q="gel", kind=kind))

    assert (found.total, found.is_capped) == (total, is_capped)


@pytest.mark.parametrize("kind", [None, "treatments", "warning-signs", "findings"])
def test_of_very_many_words_only_the_rarest_are_looked_for(
    snapshot: Snapshot, kind: Any
) -> None:
    found = search(snapshot, SearchFilters(q=MANY_WORDS, kind=kind))

    slugs = [json.loads(one)["slug"] for one in found.texts]
    assert ("counting" in slugs) == (kind in (None, "findings"))
    assert found.is_capped


def test_a_rare_word_is_found_beside_one_of_many_items(snapshot: Snapshot) -> None:
    assert list_found(snapshot, f"gel {TOO_MANY - 1:03}")[0] == (
        f"treatments/gel-{TOO_MANY - 1:03}"
    )


def test_pages_are_parts_of_one_list(snapshot: Snapshot) -> None:
    whole = list_found(snapshot, "gel", limit=30)

    assert whole[10:20] == list_found(snapshot, "gel", limit=10, offset=10)


def test_a_list_finds_only_its_kind(snapshot: Snapshot) -> None:
    assert find_slugs(snapshot, Kind.WARNING_SIGNS, "can't pee") == [
        "cauda-equina",
        "infection",
    ]
    assert find_slugs(snapshot, Kind.TREATMENTS, "can't pee") == []


def test_a_search_asks_the_database_three_times(snapshot: Snapshot) -> None:
    search(snapshot, SearchFilters(q="numb"))

    before = snapshot.count

    search(snapshot, SearchFilters(q="numb leg and a high fever"))

    assert snapshot.count == before + 3


def test_a_long_line_is_cut_around_what_was_found() -> None:
    line = " ".join(["word"] * 90 + ["numb"] + ["word"] * 90)

    snippet = mark(line, {"numb"})

    assert f"{OPENING}numb{CLOSING}" in snippet
    assert snippet.startswith("…")
    assert snippet.endswith("…")
    assert len(snippet) < 220


WORDS = st.lists(
    st.sampled_from(["no", "fever", "numb", "leg", "can't", "pee", "gel", "not", "but"])
    | st.text(max_size=8)
).map(" ".join)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(words=WORDS)
def test_any_words_can_be_asked(snapshot: Snapshot, words: str) -> None:
    try:
        filters = SearchFilters(q=words)
    except ValueError:
        return
    found = search(snapshot, filters)

    assert len(found.texts) == min(found.total, 10)
    for one in found.texts:
        hit = json.loads(one)
        snippet = hit["snippet"]
        assert snippet.count(OPENING) == snippet.count(CLOSING)
    assert found.texts == search(snapshot, filters).texts
