from typing import Any

from app.content.files import parse_entry
from app.fields import Kind
from app.library.bundle import ancestors
from app.library.entry import mentions
from tests.factories import (
    SOURCES,
    make_bundle,
    make_case,
    make_cause,
    make_finding,
    make_sign,
    make_treatment,
)

Named = list[tuple[str, Kind, str]]


def _named(kind: Kind, data: dict[str, Any]) -> Named:
    found = mentions(parse_entry(kind, data))
    return [one for one in found if one[1] is not Kind.REFERENCES]


def test_mentions_of_a_treatment() -> None:
    walking = make_treatment(
        part_of="exercise",
        positions=[{"guideline": "ng59", "stance": "for"}],
        not_with=[{"treatment": "rest", "because": "Move.", "sources": SOURCES}],
        related=["running", "swimming"],
    )

    assert _named(Kind.TREATMENTS, walking) == [
        ("/part_of", Kind.TREATMENTS, "exercise"),
        ("/positions/0/guideline", Kind.GUIDELINES, "ng59"),
        ("/not_with/0/treatment", Kind.TREATMENTS, "rest"),
        ("/related/0", Kind.TREATMENTS, "running"),
        ("/related/1", Kind.TREATMENTS, "swimming"),
    ]


def test_mentions_of_a_treatment_hold_its_sources() -> None:
    entry = parse_entry(Kind.TREATMENTS, make_treatment())

    pointers = {pointer for pointer, kind, _ in mentions(entry)}

    assert "/evidence/sources/0" in pointers
    assert "/sections/how-soon/sources/0" in pointers


def test_mentions_of_a_sign() -> None:
    sign = make_sign(
        holds=[{"category": "surgery"}, {"treatment": "walking"}], topics=["facet"]
    )

    assert _named(Kind.WARNING_SIGNS, sign) == [
        ("/rules/0/when/has", Kind.FINDINGS, "saddle-numbness"),
        ("/holds/1/treatment", Kind.TREATMENTS, "walking"),
        ("/topics/0", Kind.TOPICS, "facet"),
    ]


def test_mentions_of_a_cause() -> None:
    cause = make_cause(points_to=[{"treatment": "walking", "because": "Move."}])

    assert _named(Kind.FAILURE_CAUSES, cause) == [
        ("/points_to/0/treatment", Kind.TREATMENTS, "walking")
    ]


def test_mentions_of_a_finding() -> None:
    finding = make_finding(
        "foot-drop", implies=["leg-weakness"], possible_when={"sex": "male"}
    )

    assert _named(Kind.FINDINGS, finding) == [
        ("/implies/0", Kind.FINDINGS, "leg-weakness")
    ]


def test_mentions_of_a_case_hold_the_keys_of_what_it_expects() -> None:
    expect = {
        "level": "routine",
        "could_be": "emergency",
        "not_signs": ["cauda-equina"],
        "options": {"walking": ["recommended"]},
        "first_of": {"self-care": "walking"},
        "causes": {"sleep": "likely"},
    }

    assert _named(Kind.CASES, make_case(expect=expect)) == [
        ("/topic", Kind.TOPICS, "facet-joint-injection"),
        ("/expect/not_signs/0", Kind.WARNING_SIGNS, "cauda-equina"),
        ("/expect/options/walking", Kind.TREATMENTS, "walking"),
        ("/expect/first_of/self-care", Kind.TREATMENTS, "walking"),
        ("/expect/causes/sleep", Kind.FAILURE_CAUSES, "sleep"),
    ]


def test_ancestors_are_named_from_the_nearest_up() -> None:
    treatments = make_bundle(
        {
            Kind.TREATMENTS: [
                make_treatment("medicines"),
                make_treatment("nsaids", part_of="medicines"),
                make_treatment("ibuprofen", part_of="nsaids"),
            ]
        }
    ).treatments

    assert ancestors(treatments, "ibuprofen") == ("nsaids", "medicines")


def test_ancestors_end_where_they_lead_back() -> None:
    treatments = make_bundle(
        {
            Kind.TREATMENTS: [
                make_treatment("a", part_of="b"),
                make_treatment("b", part_of="c"),
                make_treatment("c", part_of="b"),
            ]
        }
    ).treatments

    assert ancestors(treatments, "a") == ("b", "c")


def test_what_is_not_in_the_library_has_no_ancestors() -> None:
    assert ancestors({}, "walking") == ()
