"""The difference of two libraries: items, and the cases whose advice changes."""

from collections.abc import Iterable, Mapping
from typing import Any

import pytest

from app.content.diff import diff_libraries
from app.content.field_changes import Edit
from app.content.library_diff import LibraryDiff
from app.content.log import read_bundle, write_document
from app.fields import Kind, Significance
from app.library.bundle import Bundle
from app.queries.releases import LoggedDocument
from tests.content.whole_library import WHOLE, make_whole
from tests.factories import (
    TOPIC,
    Data,
    make_bundle,
    make_case,
    make_cause,
    make_finding,
    make_option,
    make_rule,
    make_sign,
    make_topic,
    make_treatment,
)

Own = Mapping[Kind, Iterable[Data]]

FEVER: Data = {"has": "fever"}
OFFER = make_option(consider_when=[make_rule()])
START: Own = {
    Kind.FAILURE_CAUSES: [make_cause(clues_for=[make_rule(when=FEVER)])],
    Kind.WARNING_SIGNS: [
        make_sign("infection", urgency="soon", rules=[make_rule(when=FEVER)])
    ],
    Kind.TOPICS: [make_topic(options=[OFFER], failure_causes=["cause"])],
    Kind.CASES: [make_case("feverish", name="A fever", profile={"has": ["fever"]})],
}


def make_edition(own: Own | None = None) -> Bundle:
    """Return the library to start from with these entries in place of its own."""
    return make_bundle(
        {kind: [*START.get(kind, []), *(own or {}).get(kind, [])] for kind in Kind}
    )


def diff(after: Own, before: Own | None = None) -> LibraryDiff:
    return diff_libraries(make_edition(before), make_edition(after))


FIELDS: dict[Kind, tuple[str, str, Any, Any]] = {
    Kind.LIBRARY: ("whatnext", "/regions/1/emergency_number", "112", "911"),
    Kind.REFERENCES: ("other", "/year", 2020, 2021),
    Kind.GUIDELINES: ("ng59", "/status", "current", "expired"),
    Kind.CONDITIONS: ("ill", "/when", {"has": "fever"}, {"has": "hiccups"}),
    Kind.FINDINGS: ("foot-drop", "/label", "Foot drop", "Limp foot"),
    Kind.MEASURES: ("steps", "/maximum", 9000, 9001),
    Kind.SCREENS: ("odd", "/question", "Odd?", "Even?"),
    Kind.TREATMENTS: ("nsaids", "/evidence/figures/1/difference", 5, 6),
    Kind.FAILURE_CAUSES: ("cause", "/clues_for/0/strong", True, False),
    Kind.WARNING_SIGNS: ("infection", "/urgency", "soon", "urgent"),
    Kind.TOPICS: (TOPIC, "/plan/check/review_after_weeks", 6, 7),
    Kind.CASES: ("case", "/expect/options/walking/1", "avoid", "consider"),
}


@pytest.mark.parametrize(
    ("kind", "slug", "pointer", "before", "after"),
    [(kind, *row) for kind, row in FIELDS.items()],
    ids=[kind.value for kind in FIELDS],
)
def test_a_field_that_changes_is_told_with_both_values(
    kind: Kind, slug: str, pointer: str, before: Any, after: Any
) -> None:
    found = diff_libraries(make_whole(), make_whole((kind, slug, pointer, after)))

    assert (found.added, found.removed) == ([], [])
    [item] = found.changed
    assert (item.kind, item.slug) == (kind, slug)
    old, new = item.fields[0], item.fields[-1]
    assert old.pointer == new.pointer == pointer
    assert (old.before, new.after) == (before, after)


def test_the_fields_that_are_tested_are_of_every_kind() -> None:
    assert set(FIELDS) == set(Kind)


def test_the_same_library_does_not_differ() -> None:
    found = diff_libraries(make_whole(), make_whole(), against=3)

    assert found.is_empty
    assert found == LibraryDiff(
        against=3,
        significance=None,
        because=[],
        added=[],
        changed=[],
        removed=[],
        advice=[],
        uncompared=[],
        broken_cases=[],
    )


def test_items_that_come_and_go_are_told_by_name_in_order() -> None:
    new = {
        Kind.TREATMENTS: [make_treatment("yoga"), make_treatment("taping")],
        Kind.FINDINGS: [make_finding("itch")],
    }
    names = [
        (Kind.FINDINGS, "itch", "Itch"),
        (Kind.TREATMENTS, "taping", "Taping"),
        (Kind.TREATMENTS, "yoga", "Yoga"),
    ]

    there, back = diff(new), diff({}, before=new)

    assert [(one.kind, one.slug, one.name) for one in there.added] == names
    assert [(one.kind, one.slug, one.name) for one in back.removed] == names
    assert there.changed == there.removed == back.added == back.changed == []


def test_an_item_that_changes_has_the_name_that_it_has_now() -> None:
    found = diff({Kind.TREATMENTS: [make_treatment(name="A walk")]})

    [item] = found.changed
    assert (item.slug, item.name) == ("walking", "A walk")
    assert [one.edit for one in item.fields] == [Edit.CHANGED]


def test_everything_is_new_where_nothing_was() -> None:
    whole = make_whole()

    found = diff_libraries(None, whole, against=0)

    assert len(found.added) == sum(1 for _ in whole)
    rest = found.model_dump(exclude={"added", "significance", "because"})
    assert not any(rest.values())


def test_a_case_whose_advice_changes_is_told_part_by_part() -> None:
    found = diff(
        {
            Kind.WARNING_SIGNS: [make_sign("sepsis", rules=[make_rule(when=FEVER)])],
            Kind.FAILURE_CAUSES: [make_cause()],
            Kind.TREATMENTS: [make_treatment("yoga")],
            Kind.TOPICS: [
                make_topic(
                    options=[OFFER, make_option("yoga")], failure_causes=["cause"]
                )
            ],
        }
    )

    [advice] = found.advice
    assert advice.model_dump(mode="json") == {
        "case": "feverish",
        "name": "A fever",
        "topic": TOPIC,
        "level": {"before": "soon", "after": "emergency"},
        "could_be": None,
        "signs_added": ["sepsis"],
        "signs_removed": [],
        "options": [
            {"option": "walking", "before": "consider", "after": "not-now"},
            {"option": "yoga", "before": None, "after": "not-now"},
        ],
        "causes": [{"cause": "cause", "before": "likely", "after": "possible"}],
    }
    assert "cases/feverish" in found.because


def test_advice_alone_can_make_the_difference_clinical() -> None:
    found = diff({Kind.FAILURE_CAUSES: [make_cause()]})

    assert found.significance is Significance.CLINICAL
    assert found.because == ["cases/feverish", "failure-causes/cause/clues_for/rule"]


def test_advice_can_matter_more_than_what_it_comes_from() -> None:
    held = {
        Kind.TREATMENTS: [make_treatment(avoid_when=[make_rule(when={"has": "itch"})])],
        Kind.CASES: [make_case("itchy", profile={"has": ["rash"]})],
    }
    implied = {
        Kind.FINDINGS: [make_finding("itch"), make_finding("rash", implies=["itch"])]
    }
    idle = {Kind.FINDINGS: [make_finding("itch"), make_finding("rash")]}

    found = diff({**held, **implied}, before={**held, **idle})

    [advice] = found.advice
    assert (advice.case, advice.options[0].after) == ("itchy", "avoid")
    assert found.because == ["cases/itchy", "findings/rash/implies"]


def test_a_case_that_one_library_cannot_answer_is_told_with_the_reason() -> None:
    other = {
        Kind.TOPICS: [make_topic("other")],
        Kind.CASES: [make_case(topic="other")],
    }

    there, back = diff(other), diff({}, before=other)

    reasons = [(one.case, one.because) for one in there.uncompared + back.uncompared]
    assert reasons == [
        ("case", "before: There is no topic other."),
        ("case", "after: There is no topic other."),
    ]


UNSOUND = make_topic("unsound", failure_causes=["nowhere"])
"""A topic that cannot be compiled: whoever tries gets a `KeyError`."""

ASKING = make_case("asking", topic="unsound")
"""A case that tries, where the advice of the topic can change."""


@pytest.mark.parametrize(
    "own",
    [
        pytest.param({}, id="nothing"),
        pytest.param({Kind.TREATMENTS: [make_treatment(summary="More.")]}, id="words"),
        pytest.param({Kind.REFERENCES: [WHOLE[Kind.REFERENCES][1]]}, id="a reference"),
        pytest.param({Kind.CASES: [make_case("new")]}, id="a case"),
        pytest.param({Kind.TREATMENTS: [make_treatment("yoga")]}, id="a treatment"),
        pytest.param({Kind.FINDINGS: [make_finding("itch")]}, id="a finding"),
        pytest.param(
            {Kind.FAILURE_CAUSES: [make_cause()]}, id="the cause of another topic"
        ),
        pytest.param(
            {
                Kind.WARNING_SIGNS: [
                    make_sign("infection", urgency="urgent", topics=[TOPIC])
                ]
            },
            id="a sign of another topic",
        ),
    ],
)
def test_a_topic_is_only_compiled_if_its_advice_can_change(own: Own) -> None:
    limited = {
        Kind.TOPICS: [UNSOUND],
        Kind.CASES: [ASKING],
        Kind.WARNING_SIGNS: [make_sign("infection", topics=[TOPIC])],
    }
    merged = {kind: [*limited.get(kind, []), *own.get(kind, [])] for kind in Kind}

    found = diff(merged, before=limited)

    assert found.is_empty == (not own)


@pytest.mark.parametrize(
    "own",
    [
        pytest.param(
            {Kind.TREATMENTS: [make_treatment(invasiveness=3)]}, id="a treatment"
        ),
        pytest.param(
            {Kind.FINDINGS: [make_finding("saddle-numbness", label="Numb")]},
            id="a finding that is asked for",
        ),
        pytest.param({Kind.WARNING_SIGNS: [make_sign("new")]}, id="a sign"),
        pytest.param({Kind.TOPICS: [{**UNSOUND, "options": [OFFER]}]}, id="itself"),
    ],
)
def test_a_topic_is_compiled_if_its_advice_can_change(own: Own) -> None:
    unsound = {Kind.TOPICS: [UNSOUND], Kind.CASES: [ASKING]}
    merged = {kind: [*unsound.get(kind, []), *own.get(kind, [])] for kind in Kind}

    with pytest.raises(KeyError, match="nowhere"):
        diff(merged, before=unsound)


def test_the_shipped_library_does_not_differ_from_what_the_log_has_of_it(
    seed_bundle: Bundle,
) -> None:
    logged = [
        LoggedDocument(kind, entry.slug, write_document(entry), "")
        for kind, entry in seed_bundle
    ]

    assert diff_libraries(read_bundle(logged), seed_bundle).is_empty
