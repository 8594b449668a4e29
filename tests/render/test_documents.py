from collections.abc import Mapping
from typing import Any

import pytest

from app.fields import Kind
from app.library.bundle import Bundle
from app.library.entry import Entry
from app.render.documents import render_document, to_card
from app.render.shapes import CARD_FIELDS, OUT_TYPES, field_names
from tests.factories import (
    SOURCES,
    Data,
    make_bundle,
    make_finding,
    make_option,
    make_rule,
    make_sign,
    make_topic,
    make_treatment,
)

KINDS = list(Kind)


def render(kind: Kind, slug: str, own: Mapping[Kind, list[Data]]) -> dict[str, Any]:
    """Return an entry of the small library as it is served."""
    bundle = make_bundle(own)
    return render_document(kind, bundle.of_kind(kind)[slug], bundle)


def shipped(bundle: Bundle, kind: Kind) -> list[Entry]:
    entries = list(bundle.of_kind(kind).values())
    assert entries
    return entries


@pytest.mark.parametrize("kind", KINDS)
def test_every_shipped_document_has_the_fields_of_its_kind_in_order(
    seed_bundle: Bundle, kind: Kind
) -> None:
    documents = [
        render_document(kind, entry, seed_bundle)
        for entry in shipped(seed_bundle, kind)
    ]

    keys = {tuple(document) for document in documents}
    assert keys == {field_names(kind)}


@pytest.mark.parametrize("kind", KINDS)
def test_every_shipped_document_is_plain_data(seed_bundle: Bundle, kind: Kind) -> None:
    for entry in shipped(seed_bundle, kind):
        document = render_document(kind, entry, seed_bundle)

        assert _is_plain(document), entry.slug


def _is_plain(data: object) -> bool:
    if isinstance(data, dict):
        return all(type(key) is str and _is_plain(one) for key, one in data.items())
    if isinstance(data, list):
        return all(_is_plain(one) for one in data)
    return data is None or type(data) in (str, int, float, bool)


@pytest.mark.parametrize("kind", KINDS)
def test_every_shipped_document_links_to_itself(
    seed_bundle: Bundle, kind: Kind
) -> None:
    for entry in shipped(seed_bundle, kind):
        links = render_document(kind, entry, seed_bundle)["links"]

        assert links["self"] == f"/v1/{kind.value}/{entry.slug}"


@pytest.mark.parametrize("kind", KINDS)
def test_a_card_is_a_part_of_its_document(seed_bundle: Bundle, kind: Kind) -> None:
    for entry in shipped(seed_bundle, kind):
        document = render_document(kind, entry, seed_bundle)

        card = to_card(kind, document)

        assert card.items() <= document.items()
        assert {"slug", "links"} <= card.keys()


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind in CARD_FIELDS])
def test_a_card_leaves_the_long_parts_out(seed_bundle: Bundle, kind: Kind) -> None:
    entry = shipped(seed_bundle, kind)[0]

    document = render_document(kind, entry, seed_bundle)

    assert tuple(to_card(kind, document)) == CARD_FIELDS[kind]
    assert len(CARD_FIELDS[kind]) < len(document)


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind not in CARD_FIELDS])
def test_a_short_document_is_its_own_card(seed_bundle: Bundle, kind: Kind) -> None:
    document = render_document(kind, shipped(seed_bundle, kind)[0], seed_bundle)

    assert to_card(kind, document) == document


@pytest.mark.parametrize("kind", KINDS)
def test_the_slug_is_the_first_field(kind: Kind) -> None:
    names = field_names(kind)

    assert names[0] == "slug"
    assert sorted(names) == sorted(OUT_TYPES[kind].model_fields)


def test_no_shipped_sign_leaves_a_number_open(seed_bundle: Bundle) -> None:
    signs = [
        render_document(Kind.WARNING_SIGNS, sign, seed_bundle)
        for sign in seed_bundle.warning_signs.values()
    ]

    to_do = " ".join(text for sign in signs for text in sign["what_to_do"])
    assert "{" not in to_do
    assert "your local emergency number" in to_do
    assert "a crisis line near you" in to_do


def test_a_sign_without_topics_holds_for_all_of_them() -> None:
    topics = [make_topic("another")]
    signs = [make_sign("everywhere"), make_sign("here", topics=["another"])]
    own = {Kind.TOPICS: topics, Kind.WARNING_SIGNS: signs}

    everywhere = render(Kind.WARNING_SIGNS, "everywhere", own)
    here = render(Kind.WARNING_SIGNS, "here", own)

    assert everywhere["in_topics"] == ["another", "facet-joint-injection"]
    assert here["in_topics"] == ["another"]


def test_a_treatment_inherits_guards_all_the_way_down() -> None:
    treatments = [
        make_treatment("medicines", avoid_when=[make_rule("top")]),
        make_treatment(
            "nsaids",
            part_of="medicines",
            avoid_when=[make_rule("middle")],
            caution_when=[make_rule("care", ask_first=True)],
        ),
        make_treatment("ibuprofen", part_of="nsaids", avoid_when=[make_rule("own")]),
    ]

    shown = render(Kind.TREATMENTS, "ibuprofen", {Kind.TREATMENTS: treatments})

    assert [rule["slug"] for rule in shown["avoid_when"]] == ["own"]
    assert [rule["id"] for rule in shown["inherited_avoid_when"]] == [
        "treatments/nsaids/avoid_when/middle",
        "treatments/medicines/avoid_when/top",
    ]
    [caution] = shown["inherited_caution_when"]
    assert caution["id"] == "treatments/nsaids/caution_when/care"
    assert caution["ask_first"] is True


def test_a_treatment_names_its_own_parts_and_topics_by_slug() -> None:
    own = {
        Kind.TREATMENTS: [
            make_treatment("nsaids"),
            make_treatment("naproxen", part_of="nsaids"),
            make_treatment("ibuprofen", part_of="nsaids"),
            make_treatment("gel", part_of="ibuprofen"),
        ],
        Kind.TOPICS: [
            make_topic("zebra", options=[make_option("nsaids")]),
            make_topic("another", options=[make_option("nsaids")]),
        ],
    }

    shown = render(Kind.TREATMENTS, "nsaids", own)

    assert shown["parts"] == ["ibuprofen", "naproxen"]
    assert shown["topics"] == ["another", "zebra"]


def test_a_treatment_shows_what_its_parents_are_not_used_with() -> None:
    excluded = {"because": "Not together.", "sources": SOURCES}
    treatments = [
        make_treatment("medicines", not_with=[{"category": "surgery", **excluded}]),
        make_treatment(
            "nsaids",
            part_of="medicines",
            not_with=[{"treatment": "walking", **excluded}],
        ),
        make_treatment(
            "ibuprofen",
            part_of="nsaids",
            not_with=[{"category": "procedure", **excluded}],
        ),
    ]

    shown = render(Kind.TREATMENTS, "ibuprofen", {Kind.TREATMENTS: treatments})

    inherited = shown["inherited_not_with"]
    assert [one["category"] for one in shown["not_with"]] == ["procedure"]
    assert [(one["treatment"], one["category"]) for one in inherited] == [
        ("walking", None),
        (None, "surgery"),
    ]


@pytest.mark.parametrize(
    ("slug", "parents"),
    [("ibuprofen", ["nsaids"]), ("naproxen", ["nsaids"]), ("nsaids", [])],
)
def test_a_shipped_part_names_the_parent_of_which_one_part_is_used_at_a_time(
    seed_bundle: Bundle, slug: str, parents: list[str]
) -> None:
    entry = seed_bundle.treatments[slug]

    shown = render_document(Kind.TREATMENTS, entry, seed_bundle)

    assert shown["one_of"] == parents


@pytest.mark.parametrize(
    ("slug", "screen"), [("saddle-numbness", "nerves"), ("itch", None)]
)
def test_a_finding_names_the_screen_that_asks_it(slug: str, screen: str | None) -> None:
    shown = render(Kind.FINDINGS, slug, {Kind.FINDINGS: [make_finding("itch")]})

    assert shown["screen"] == screen
