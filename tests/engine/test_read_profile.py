"""What a profile says: implied, merged, contradictions and the impossible out."""

from typing import Any

import pytest

from app.engine.answers import ABSENT, PRESENT, UNSURE, Answers, is_unsure
from app.engine.facts import FINDING, finding_fact
from app.engine.read_profile import read_profile
from app.engine.recommendation import Note
from app.fields import Kind, NoteKind
from app.library.vocabulary import Vocabulary
from tests.factories import make_bundle, make_finding, make_profile, make_treatment

VOCABULARY = Vocabulary.of(
    make_bundle(
        {
            Kind.FINDINGS: [
                make_finding("cannot-walk", implies=["foot-drop"]),
                make_finding("miscarriage", kind="condition", implies=["pregnancy"]),
            ],
            Kind.TREATMENTS: [
                make_treatment("medicines"),
                make_treatment("nsaids", part_of="medicines"),
                make_treatment("ibuprofen", part_of="nsaids"),
                make_treatment("naproxen", part_of="nsaids"),
            ],
        }
    )
)
HERE, GONE = PRESENT, ABSENT


def _read(**profile: Any) -> Answers:
    return read_profile(make_profile(**profile), VOCABULARY)[0]


def _notes(**profile: Any) -> tuple[Note, ...]:
    return read_profile(make_profile(**profile), VOCABULARY)[1]


FINDINGS: dict[str, tuple[dict[str, Any], dict[str, str]]] = {
    "nothing": ({}, {}),
    "present goes up": (
        {"has": ["foot-drop"]}, {"foot-drop": HERE, "leg-weakness": HERE}
    ),
    "present goes up all the way": (
        {"has": ["cannot-walk"]},
        {"cannot-walk": HERE, "foot-drop": HERE, "leg-weakness": HERE},
    ),
    "absent goes down all the way": (
        {"has_not": ["leg-weakness"]},
        {"cannot-walk": GONE, "foot-drop": GONE, "leg-weakness": GONE},
    ),
    "present does not go down": ({"has": ["leg-weakness"]}, {"leg-weakness": HERE}),
    "absent does not go up": ({"has_not": ["cannot-walk"]}, {"cannot-walk": GONE}),
    "not sure goes nowhere": ({"not_sure": ["foot-drop"]}, {"foot-drop": UNSURE}),
    "has wins over has_not": (
        {"has": ["fever"], "has_not": ["fever"]}, {"fever": HERE}
    ),
    "has wins over not_sure": (
        {"has": ["fever"], "not_sure": ["fever"]}, {"fever": HERE}
    ),
    "not_sure wins over has_not": (
        {"not_sure": ["fever"], "has_not": ["fever"]}, {"fever": UNSURE}
    ),
    "what is implied wins over has_not": (
        {"has": ["foot-drop"], "has_not": ["leg-weakness"]},
        {"foot-drop": HERE, "leg-weakness": HERE, "cannot-walk": GONE},
    ),
    "not possible for a man": (
        {"sex": "male"}, {"pregnancy": GONE, "miscarriage": GONE}
    ),
    "not possible at this age": (
        {"age": 61}, {"pregnancy": GONE, "miscarriage": GONE}
    ),
    "possible up to this age": ({"age": 60, "sex": "female"}, {}),
    "present although it is not possible": (
        {"sex": "male", "has": ["pregnancy"]},
        {"pregnancy": HERE, "miscarriage": GONE},
    ),
    "unsure although it is not possible": (
        {"sex": "male", "not_sure": ["pregnancy"]},
        {"pregnancy": UNSURE, "miscarriage": GONE},
    ),
}  # fmt: skip


@pytest.mark.parametrize(
    ("profile", "findings"), list(FINDINGS.values()), ids=list(FINDINGS)
)
def test_findings_are_read(profile: dict[str, Any], findings: dict[str, str]) -> None:
    answers = _read(**profile)
    told = {fact: one for fact, one in answers.items() if fact.startswith(FINDING)}

    assert told == {finding_fact(slug): one for slug, one in findings.items()}


NOTES: dict[str, tuple[dict[str, Any], NoteKind, tuple[str, ...], str]] = {
    "present and absent": (
        {"has": ["fever"], "has_not": ["fever"]},
        NoteKind.CONTRADICTION,
        ("finding/fever",),
        "Both present and absent: it counts as present.",
    ),
    "present and unsure": (
        {"has": ["fever"], "not_sure": ["fever"]},
        NoteKind.CONTRADICTION,
        ("finding/fever",),
        "Both present and unsure: it counts as present.",
    ),
    "unsure and absent": (
        {"not_sure": ["fever"], "has_not": ["fever"]},
        NoteKind.CONTRADICTION,
        ("finding/fever",),
        "Both unsure and absent: it counts as unsure.",
    ),
    "not expected": (
        {"sex": "male", "has": ["pregnancy"]},
        NoteKind.UNEXPECTED,
        ("finding/pregnancy",),
        "Not expected at this age and sex; it counts as present.",
    ),
    "not expected and unsure": (
        {"sex": "male", "not_sure": ["pregnancy"]},
        NoteKind.UNEXPECTED,
        ("finding/pregnancy",),
        "Not expected at this age and sex; it counts as not sure.",
    ),
    "not expected, and not sure": (
        {"sex": "male", "not_sure": ["pregnancy"]},
        NoteKind.UNEXPECTED,
        ("finding/pregnancy",),
        "Not expected at this age and sex; it counts as not sure.",
    ),
    "a qualifier given and unsure": (
        {"has": [{"finding": "fever", "trend": "worse"}], "not_sure": ["fever.trend"]},
        NoteKind.CONTRADICTION,
        ("finding/fever.trend",),
        "Given, and said to be unsure: the given value counts.",
    ),
    "a field given and unsure": (
        {"age": 58, "not_sure": ["age"]},
        NoteKind.CONTRADICTION,
        ("field/age",),
        "Given, and said to be unsure: the given value counts.",
    ),
    "a qualifier told in two ways": (
        {"has": [{"finding": "fever", "since_days": day} for day in (2, 3)]},
        NoteKind.CONTRADICTION,
        ("finding/fever.since_days",),
        "Told in two ways: it counts as not sure.",
    ),
    "not tried, but a part of it": (
        {"tried": {"nsaids": "not-tried", "ibuprofen": "worse"}},
        NoteKind.CONTRADICTION,
        ("tried/nsaids",),
        "A part of it did otherwise: what the part did counts too.",
    ),
}


@pytest.mark.parametrize(
    ("profile", "kind", "facts", "detail"), list(NOTES.values()), ids=list(NOTES)
)
def test_what_does_not_fit_together_is_noted(
    profile: dict[str, Any], kind: NoteKind, facts: tuple[str, ...], detail: str
) -> None:
    assert _notes(**profile) == (Note(kind=kind, facts=facts, detail=detail),)


def test_every_note_stands_once_and_in_order() -> None:
    notes = _notes(
        sex="male",
        has=["pregnancy", "foot-drop", "fever"],
        has_not=["leg-weakness", "fever", "fever"],
    )

    assert [(note.kind.value, note.facts[0]) for note in notes] == [
        ("contradiction", "finding/fever"),
        ("contradiction", "finding/foot-drop"),
        ("contradiction", "finding/leg-weakness"),
        ("unexpected", "finding/pregnancy"),
    ]


UNSURE_FACTS: dict[str, tuple[dict[str, Any], set[str]]] = {
    "a finding": ({"not_sure": ["fever"]}, {"finding/fever"}),
    "a finding that is present all the same": (
        {"not_sure": ["fever"], "has": ["fever"]}, set()
    ),
    "a qualifier": (
        {"not_sure": ["fever.trend"], "has": ["fever"]}, {"finding/fever.trend"}
    ),
    "a qualifier told in two ways": (
        {"has": [{"finding": "fever", "since_days": day} for day in (2, 700)]},
        {"finding/fever.since_days"},
    ),
    "a field": ({"not_sure": ["pain.months"]}, {"field/pain.months"}),
    "a measure": (
        {"not_sure": ["measures.block-relief-percent"]},
        {"measure/block-relief-percent"},
    ),
    "a measure that is given all the same": (
        {
            "not_sure": ["measures.block-relief-percent"],
            "measures": {"block-relief-percent": 3},
        },
        set(),
    ),
    "the relief": (
        {"last_treatment": {"relief": "unsure"}}, {"field/last_treatment.relief"}
    ),
    "a treatment, and what it is part of": (
        {"tried": {"ibuprofen": "unsure"}},
        {"tried/ibuprofen", "tried/nsaids", "tried/medicines"},
    ),
}  # fmt: skip


@pytest.mark.parametrize(
    ("profile", "facts"), list(UNSURE_FACTS.values()), ids=list(UNSURE_FACTS)
)
def test_what_is_not_sure_is_not_asked_again(
    profile: dict[str, Any], facts: set[str]
) -> None:
    answers = _read(**profile)

    assert {fact for fact, one in answers.items() if is_unsure(one)} == facts


def test_qualifiers_told_in_parts_are_put_together() -> None:
    answers = _read(
        has=[
            "fever",
            {"finding": "fever", "since_days": 3},
            {"finding": "fever", "trend": "worse"},
            {"finding": "fever", "since_days": 3},
        ]
    )

    assert answers == {
        "finding/fever": PRESENT,
        "finding/fever.since_days": 3,
        "finding/fever.trend": "worse",
    }
