from typing import Any

import pytest
from pydantic_core import PydanticCustomError

from app.errors import Fault
from app.library.condition_syntax import DEEPEST, parse_condition

HAS = {"has": "fever"}


def _faults(raw: object) -> list[Fault]:
    with pytest.raises(PydanticCustomError) as refused:
        parse_condition(raw)
    context = refused.value.context
    assert context is not None
    faults: list[Fault] = context["faults"]
    return faults


BROKEN: dict[str, tuple[object, str, str]] = {
    "not a mapping": ("fever", "", "exactly one key"),
    "null": (None, "", "exactly one key"),
    "a list": ([HAS], "", "exactly one key"),
    "an empty mapping": ({}, "", "exactly one key"),
    "two keys": ({"has": "fever", "age": 58}, "", "exactly one key"),
    "a misspelt operator": ({"hass": "fever"}, "/hass", "Nearest: has"),
    "a misspelt field": ({"pain.month": 3}, "/pain.month", "Nearest: pain.months"),
    "a group without its field": ({"pain": 3}, "/pain", "Unknown operator"),
    "a key that is no text": ({3: 4}, "/3", "Unknown operator. Valid: age, all, "),
    "all with a mapping": ({"all": HAS}, "/all", "a list with at least one"),
    "any of nothing": ({"any": []}, "/any", "a list with at least one"),
    "a broken part": ({"all": [HAS, {}]}, "/all/1", "exactly one key"),
    "not with a list": ({"not": [HAS]}, "/not", "exactly one key"),
    "always false": ({"always": False}, "/always", "Only `always: true`"),
    "always one": ({"always": 1}, "/always", "Only `always: true`"),
    "has a number": ({"has": 3}, "/has", "a mapping with finding, since_days, trend"),
    "has without a finding": (
        {"has": {"trend": "worse"}}, "/has/finding", "Needs a slug"
    ),
    "has with a misspelt key": (
        {"has": {"finding": "fever", "since": 3}}, "/has/since", "Nearest: since_days"
    ),
    "has with a wrong trend": (
        {"has": {"finding": "fever", "trend": "wors"}}, "/has/trend", "Nearest: worse"
    ),
    "has with a range of trends": (
        {"has": {"finding": "fever", "trend": {"at_least": 1}}},
        "/has/trend",
        "Takes words: worse, unchanged, better",
    ),
    "has with days below zero": (
        {"has": {"finding": "fever", "since_days": {"at_least": -1}}},
        "/has/since_days/at_least",
        "from 0 to 36500",
    ),
    "tried with a slug alone": ({"tried": "walking"}, "/tried", "Needs a mapping"),
    "tried without a treatment": (
        {"tried": {"outcome": "helped"}}, "/tried/treatment", "Needs a slug"
    ),
    "tried without an outcome": (
        {"tried": {"treatment": "walking"}},
        "/tried/outcome",
        "Valid: helped, no-help, not-tried, partly, unsure, worse",
    ),
    "tried with a misspelt outcome": (
        {"tried": {"treatment": "walking", "outcome": ["no-hlp"]}},
        "/tried/outcome",
        "Nearest: no-help",
    ),
    "tried with a range": (
        {"tried": {"treatment": "walking", "outcome": {"at_least": 1}}},
        "/tried/outcome",
        "Takes words: helped",
    ),
    "tried with a misspelt key": (
        {"tried": {"treatment": "walking", "outcome": "worse", "outcomes": "worse"}},
        "/tried/outcomes",
        "Nearest: outcome",
    ),
    "is with a number": ({"is": 3}, "/is", "Needs a slug"),
    "is of nothing": ({"is": ""}, "/is", "Needs a slug"),
    "no values": ({"age": []}, "/age", "Needs at least one value"),
    "a number as text": ({"age": "58"}, "/age", "Needs a whole number from 0 to 120"),
    "a yes for a number": ({"age": True}, "/age", "Needs a whole number from 0 to 120"),
    "not a number": ({"age": float("nan")}, "/age", "Needs a whole number from 0"),
    "a part of a year": ({"age": 58.5}, "/age", "Needs a whole number from 0 to 120"),
    "a number beyond all bounds": ({"age": 10**400}, "/age", "from 0 to 120"),
    "a number out of bounds": ({"age": [58, 121]}, "/age", "from 0 to 120"),
    "a word for a field": ({"sex": "man"}, "/sex", "Not a valid word"),
    "a number for a word": ({"sex": 1}, "/sex", "Valid: female, intersex, male"),
    "a list in a list": ({"sex": [["male"]]}, "/sex", "Not a valid word"),
    "a range of nothing": ({"age": {}}, "/age", "Needs at_least, at_most or both"),
    "a misspelt bound": (
        {"age": {"at_leest": 3, "at_most": 4}}, "/age/at_leest", "Nearest: at_least"
    ),
    "a bound as text": (
        {"age": {"at_least": "3", "at_most": 4}}, "/age/at_least", "Needs a whole"
    ),
    "bounds the wrong way round": (
        {"age": {"at_least": 60, "at_most": 50}}, "/age", "at_least is above at_most"
    ),
    "a measure as text": (
        {"measures.block-count": "two"}, "/measures.block-count", "Needs a number"
    ),
}  # fmt: skip


@pytest.mark.parametrize(
    ("raw", "pointer", "detail"), list(BROKEN.values()), ids=list(BROKEN)
)
def test_a_broken_condition_is_named_by_its_place(
    raw: object, pointer: str, detail: str
) -> None:
    [fault] = [one for one in _faults(raw) if one.pointer == pointer]

    assert detail in fault.detail


def test_all_mistakes_of_a_condition_are_named_at_once() -> None:
    raw = {"all": [{"hass": "fever"}, {"any": [{"age": "x"}, {"is": 3}]}]}

    pointers = [fault.pointer for fault in _faults(raw)]

    assert pointers == ["/all/0/hass", "/all/1/any/0/age", "/all/1/any/1/is"]


def _nest(levels: int) -> dict[str, Any]:
    condition: dict[str, Any] = HAS
    for _ in range(levels):
        condition = {"all": [condition]}
    return condition


def test_a_condition_may_be_nested_to_the_limit() -> None:
    parse_condition(_nest(DEEPEST))


@pytest.mark.parametrize(
    "levels", [DEEPEST + 1, 300], ids=["one level too deep", "absurdly deep"]
)
def test_a_condition_nested_deeper_is_refused(levels: int) -> None:
    [fault] = _faults(_nest(levels))

    assert fault.detail == f"Nested deeper than {DEEPEST} levels."
