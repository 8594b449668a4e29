import json
from typing import Any

import pytest
from pydantic import ValidationError

from app.library.faults import read_faults
from app.library.profile import (
    FINDINGS_MAX,
    TRIED_MAX,
    PatientProfile,
    field_values,
    normalise,
)
from app.library.profile_fields import PROFILE_FIELDS, NumberField, WordField
from tests.factories import make_profile

SECRET = "zebra-crossing"


def _nest(path: str, value: object) -> dict[str, Any]:
    group, _, name = path.rpartition(".")
    return {group: {name: value}} if group else {name: value}


def _faults(raw: dict[str, Any]) -> list[tuple[str, str]]:
    with pytest.raises(ValidationError) as refused:
        PatientProfile.model_validate_json(json.dumps(raw))
    faults = read_faults(refused.value.errors(), PatientProfile, hide_sent=True)
    return [(fault.pointer, fault.detail) for fault in faults]


NUMBERS = [field for field in PROFILE_FIELDS.values() if isinstance(field, NumberField)]
WORDS = [field for field in PROFILE_FIELDS.values() if isinstance(field, WordField)]
EVERY_FIELD = pytest.mark.parametrize("path", list(PROFILE_FIELDS))


def test_a_profile_may_be_empty() -> None:
    assert normalise(make_profile()) == {}


@pytest.mark.parametrize("field", NUMBERS, ids=lambda field: str(field.path))
def test_a_number_is_read_up_to_both_of_its_bounds(field: NumberField) -> None:
    for bound in (field.minimum, field.maximum):
        read = make_profile(**_nest(field.path, bound))

        assert field_values(read) == {field.path: bound}


@pytest.mark.parametrize("field", NUMBERS, ids=lambda field: str(field.path))
def test_a_number_beyond_its_bounds_is_refused(field: NumberField) -> None:
    pointer = "/" + field.path.replace(".", "/")

    for beyond in (field.minimum - 1, field.maximum + 1):
        [(place, detail)] = _faults(_nest(field.path, beyond))

        assert (place, detail[:16]) == (pointer, "Input should be ")


@pytest.mark.parametrize("field", NUMBERS, ids=lambda field: str(field.path))
def test_a_number_takes_a_part_of_a_day_only_where_the_field_says_so(
    field: NumberField,
) -> None:
    raw = _nest(field.path, 3.5)

    if field.whole:
        assert len(_faults(raw)) == 1
    else:
        assert field_values(make_profile(**raw)) == {field.path: 3.5}


@pytest.mark.parametrize("field", WORDS, ids=lambda field: str(field.path))
def test_every_word_of_a_field_is_read(field: WordField) -> None:
    for word in field.words:
        read = PatientProfile.model_validate_json(json.dumps(_nest(field.path, word)))

        assert field_values(read) == {field.path: word}


@EVERY_FIELD
@pytest.mark.parametrize("value", [None, "7", True, [], {}], ids=repr)
def test_a_field_takes_nothing_of_another_type(path: str, value: object) -> None:
    [(place, _)] = _faults(_nest(path, value))

    assert place == "/" + path.replace(".", "/")


@EVERY_FIELD
def test_null_is_refused_with_advice(path: str) -> None:
    [(_, detail)] = _faults(_nest(path, None))

    assert detail == "Leave it out instead of sending null."


REFUSED: dict[str, tuple[dict[str, Any], str, str]] = {
    "an unknown key": ({SECRET: 3}, "", "Unknown key. Valid: age, has, "),
    "a misspelt key": ({"hasnt": []}, "", "Unknown key. Nearest: has"),
    "an unknown key of the pain": (
        {"pain": {SECRET: 3}}, "/pain", "Valid: months, severity, trend"
    ),
    "an unknown key of a finding": (
        {"has": [{"finding": "fever", SECRET: 3}]},
        "/has/0",
        "Valid: finding, since_days, trend",
    ),
    "a finding without a name": (
        {"has": [{"trend": "worse"}]}, "/has/0/finding", "It is missing"
    ),
    "a finding as a number": ({"has": ["fever", 3]}, "/has/1", "the slug of a finding"),
    "null for a qualifier": (
        {"has": [{"finding": "fever", "trend": None}]}, "/has/0/trend", "Leave it out"
    ),
    "days below zero": (
        {"has": [{"finding": "fever", "since_days": -1}]},
        "/has/0/since_days",
        "greater than or equal to 0",
    ),
    "a list for the pain": ({"pain": []}, "/pain", "Needs a mapping"),
    "null for a list": ({"not_sure": None}, "/not_sure", "Needs a list"),
    "a name of 101 letters": ({"has_not": ["x" * 101]}, "/has_not/0", "at most 100"),
    "an outcome of our own": (
        {"tried": {"walking": SECRET}}, "/tried", "Valid: helped, no-help, not-tried"
    ),
    "a key of 101 letters": (
        {"tried": {SECRET * 8: "helped"}}, "/tried", "at most 100"
    ),
    "a measure as text": ({"measures": {SECRET: "x"}}, "/measures", "a valid number"),
    "a measure without an end": (
        {"measures": {SECRET: float("inf")}}, "/measures", "a finite number"
    ),
    "a word of our own": ({"sex": SECRET}, "/sex", "Valid: female, intersex, male"),
}  # fmt: skip


@pytest.mark.parametrize(
    ("raw", "pointer", "detail"), list(REFUSED.values()), ids=list(REFUSED)
)
def test_a_broken_profile_is_named_by_its_nearest_known_place(
    raw: dict[str, Any], pointer: str, detail: str
) -> None:
    [(place, said)] = _faults(raw)

    assert (place, detail in said) == (pointer, True)


@pytest.mark.parametrize(
    "raw", [raw for raw, _, _ in REFUSED.values()], ids=list(REFUSED)
)
def test_a_fault_of_a_profile_never_repeats_what_was_sent(raw: dict[str, Any]) -> None:
    assert SECRET not in str(_faults(raw))


TOO_MANY: dict[str, dict[str, Any]] = {
    "has": {"has": ["fever"] * (FINDINGS_MAX + 1)},
    "has_not": {"has_not": ["fever"] * (FINDINGS_MAX + 1)},
    "not_sure": {"not_sure": ["fever"] * (FINDINGS_MAX + 1)},
    "tried": {"tried": {f"t{index}": "helped" for index in range(TRIED_MAX + 1)}},
    "measures": {"measures": {f"m{index}": 1 for index in range(TRIED_MAX + 1)}},
}


@pytest.mark.parametrize("raw", list(TOO_MANY.values()), ids=list(TOO_MANY))
def test_a_list_of_a_profile_is_bounded(raw: dict[str, Any]) -> None:
    [name] = raw

    [(place, detail)] = _faults(raw)

    assert (place, "at most" in detail) == (f"/{name}", True)


def test_normalise_says_nothing_of_what_is_empty() -> None:
    empty = make_profile(pain={}, has=[], not_sure=[], tried={}, measures={})

    assert normalise(empty) == {}


def test_normalise_puts_findings_in_order_and_says_each_once() -> None:
    profile = make_profile(
        has=["fever", {"finding": "bladder-change"}, "bladder-change"],
        has_not=["pregnancy", "foot-drop", "pregnancy"],
        not_sure=["pain.months", "leg-weakness", "pain.months"],
    )

    assert normalise(profile) == {
        "has": [{"finding": "bladder-change"}, {"finding": "fever"}],
        "has_not": ["foot-drop", "pregnancy"],
        "not_sure": ["leg-weakness", "pain.months"],
    }


def test_normalise_keeps_every_answer() -> None:
    said = {
        "age": 58,
        "sex": "female",
        "pain": {"months": 0, "trend": "worse"},
        "last_treatment": {"times": 2, "days_ago": 0.25, "relief": "brief"},
        "has": [{"finding": "fever", "since_days": 0.0, "trend": "better"}],
        "measures": {"block-relief-percent": 0.0},
        "tried": {"walking": "not-tried"},
    }

    assert normalise(PatientProfile.model_validate_json(json.dumps(said))) == said
