from typing import Any

import pytest

from app.errors import Fault
from app.fields import Kind
from app.library.condition_syntax import parse_condition
from app.library.vocabulary import Vocabulary, check_measure_bounds, check_profile
from tests.factories import make_bundle, make_profile, make_treatment

TREATMENTS = [
    make_treatment("medicines"),
    make_treatment("nsaids", part_of="medicines"),
    make_treatment("ibuprofen", part_of="nsaids"),
]
BUNDLE = make_bundle({Kind.TREATMENTS: TREATMENTS})
VOCABULARY = Vocabulary.of(BUNDLE)
SECRET = "zebra-crossing"


def _check(**values: Any) -> list[Fault]:
    return check_profile(make_profile(**values), VOCABULARY)


def test_a_vocabulary_knows_all_that_a_treatment_is_part_of() -> None:
    assert VOCABULARY.ancestors["ibuprofen"] == ("nsaids", "medicines")


def test_a_profile_in_the_words_of_the_vocabulary_has_no_fault() -> None:
    faults = _check(
        age=58,
        has=["fever", {"finding": "foot-drop", "since_days": 3}],
        has_not=["pregnancy"],
        not_sure=["leg-weakness", "foot-drop.trend", "pain.months", "age"],
        measures={"block-relief-percent": 80},
        tried={"ibuprofen": "helped"},
    )

    assert faults == []


UNKNOWN: dict[str, tuple[dict[str, Any], str, str]] = {
    "a finding": (
        {"has": ["fever", "sadle-numbnes"]},
        "/has/1",
        "Not a finding. Nearest: saddle-numbness.",
    ),
    "an absent finding": (
        {"has_not": ["pregnant"]}, "/has_not/0", "Not a finding. Nearest: pregnancy."
    ),
    "an unsure finding": (
        {"not_sure": ["feverr"]},
        "/not_sure/0",
        "Not a finding, field or measure. Nearest: fever",
    ),
    "a measure without its group": (
        {"not_sure": ["block-relief-percent"]},
        "/not_sure/0",
        "Nearest: measures.block-relief-percent",
    ),
    "an unsure qualifier of our own": (
        {"not_sure": ["fever.colour"]}, "/not_sure/0", "Not a finding, field or measure"
    ),
    "an unsure qualifier of no finding": (
        {"not_sure": ["headache.trend"]}, "/not_sure/0", "Not a finding, field or"
    ),
    "an unsure treatment": ({"not_sure": ["walking"]}, "/not_sure/0", "Not a finding"),
    "a treatment": (
        {"tried": {"walkin": "helped"}}, "/tried", "Not a treatment. Nearest: walking"
    ),
    "a measure": (
        {"measures": {"block-relief": 3}},
        "/measures",
        "Not a measure. Nearest: block-relief-percent.",
    ),
    "a measure beyond its range": (
        {"measures": {"block-relief-percent": 101}},
        "/measures/block-relief-percent",
        "Needs a number from 0 to 100 (percent).",
    ),
    "a measure below its range": (
        {"measures": {"block-relief-percent": -0.5}},
        "/measures/block-relief-percent",
        "Needs a number from 0 to 100 (percent).",
    ),
}  # fmt: skip


@pytest.mark.parametrize(
    ("values", "pointer", "detail"), list(UNKNOWN.values()), ids=list(UNKNOWN)
)
def test_what_is_not_in_the_vocabulary_is_named_with_near_choices(
    values: dict[str, Any], pointer: str, detail: str
) -> None:
    [fault] = _check(**values)

    assert (fault.pointer, detail in fault.detail) == (pointer, True)


def test_every_fault_of_a_profile_is_named_at_once() -> None:
    faults = _check(
        has=[SECRET],
        has_not=[SECRET, SECRET],
        not_sure=[SECRET],
        tried={SECRET: "helped"},
        measures={SECRET: 1},
    )

    assert [fault.pointer for fault in faults] == [
        "/has/0", "/has_not/0", "/has_not/1", "/not_sure/0", "/tried", "/measures"
    ]  # fmt: skip


@pytest.mark.parametrize(
    "values",
    [
        {"has": [SECRET]},
        {"has_not": [SECRET]},
        {"not_sure": [f"fever.{SECRET}"]},
        {"tried": {SECRET: "helped"}},
        {"measures": {SECRET: 1}},
        {"measures": {"block-relief-percent": 73645}},
    ],
    ids=["has", "has_not", "not_sure", "tried", "a measure", "a value"],
)
def test_a_fault_never_repeats_what_was_sent(values: dict[str, Any]) -> None:
    [fault] = _check(**values)

    said = f"{fault.pointer} {fault.detail}"

    assert "zebra" not in said
    assert "73645" not in said


@pytest.mark.parametrize(
    "value",
    [101, [50, -1], {"at_least": 101}, {"at_least": 0, "at_most": 100.5}],
    ids=["a value", "one of many", "a lower bound", "an upper bound"],
)
def test_a_condition_beyond_the_range_of_a_measure_is_named(value: object) -> None:
    raw = {"all": [{"age": 50}, {"measures.block-relief-percent": value}]}

    [fault] = check_measure_bounds(parse_condition(raw), BUNDLE.measures)

    assert fault == Fault(
        "/all/1/measures.block-relief-percent",
        "Needs a number from 0 to 100 (percent).",
    )


def test_a_condition_within_the_range_of_a_measure_has_no_fault() -> None:
    raw = {"measures.block-relief-percent": {"at_least": 0, "at_most": 100}}

    assert list(check_measure_bounds(parse_condition(raw), BUNDLE.measures)) == []
