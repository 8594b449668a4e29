"""Reads conditions from plain data.

A condition is a mapping with exactly one key. Every mistake is found in one pass and
named by its pointer.
"""

from collections.abc import Callable, Collection, Mapping
from math import isfinite
from typing import Annotated

from pydantic import PlainSerializer, PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from app.errors import Fault, to_pointer
from app.library.conditions import (
    AllOf,
    Always,
    AnyOf,
    Compare,
    Condition,
    Has,
    Is,
    Not,
    OneOf,
    Range,
    Test,
    Tried,
    dump_condition,
)
from app.library.nearest import name_choices
from app.library.profile_fields import (
    OUTCOME_WORDS,
    PROFILE_FIELDS,
    SINCE_DAYS_MAX,
    TREND_WORDS,
    NumberField,
    WordField,
)

DEEPEST = 12
_NESTING = ("all", "any", "not")
MEASURE_PREFIX = "measures."

_TREND = WordField("trend", "", TREND_WORDS)
_OUTCOME = WordField("outcome", "", OUTCOME_WORDS)
_SINCE_DAYS = NumberField("since_days", "", "days", 0, SINCE_DAYS_MAX, whole=False)
_ANY_NUMBER = NumberField("", "", "", float("-inf"), float("inf"), whole=False)

Faults = list[Fault]
# Stands for a part that could not be read; the faults say why.
_UNREADABLE = Always()


def parse_condition(raw: object) -> Condition:
    """Read a condition. Raises `PydanticCustomError` with all faults in `ctx`."""
    if isinstance(raw, Condition):
        return raw
    faults: Faults = []
    condition = _parse(raw, "", faults)
    if faults:
        raise PydanticCustomError("condition", "Not a condition.", {"faults": faults})
    return condition


def _parse(raw: object, pointer: str, faults: Faults) -> Condition:
    if not isinstance(raw, dict) or len(raw) != 1:
        faults.append(Fault(pointer, "A condition is a mapping with exactly one key."))
        return _UNREADABLE
    if sum(step in _NESTING for step in pointer.split("/")) > DEEPEST:
        faults.append(Fault(pointer, f"Nested deeper than {DEEPEST} levels."))
        return _UNREADABLE
    [(key, value)] = raw.items()
    here = pointer + to_pointer((str(key),))
    if key in _OPERATORS:
        return _OPERATORS[key](value, here, faults)
    if isinstance(key, str) and key.startswith(MEASURE_PREFIX):
        return Compare(key, _parse_test(value, _ANY_NUMBER, here, faults))
    if key in PROFILE_FIELDS:
        return Compare(key, _parse_test(value, PROFILE_FIELDS[key], here, faults))
    choices = [*_OPERATORS, *PROFILE_FIELDS, f"{MEASURE_PREFIX}…"]
    faults.append(Fault(here, f"Unknown operator. {name_choices(key, choices)}"))
    return _UNREADABLE


def _parse_parts(value: object, pointer: str, faults: Faults) -> tuple[Condition, ...]:
    if not isinstance(value, list) or not value:
        faults.append(Fault(pointer, "Needs a list with at least one condition."))
        return ()
    return tuple(
        _parse(part, f"{pointer}/{index}", faults) for index, part in enumerate(value)
    )


def _parse_all(value: object, pointer: str, faults: Faults) -> Condition:
    return AllOf(_parse_parts(value, pointer, faults))


def _parse_any(value: object, pointer: str, faults: Faults) -> Condition:
    return AnyOf(_parse_parts(value, pointer, faults))


def _parse_not(value: object, pointer: str, faults: Faults) -> Condition:
    return Not(_parse(value, pointer, faults))


def _parse_always(value: object, pointer: str, faults: Faults) -> Condition:
    if value is not True:
        faults.append(Fault(pointer, "Only `always: true` has a meaning."))
    return Always()


def _parse_has(value: object, pointer: str, faults: Faults) -> Condition:
    if isinstance(value, str):
        return Has(_parse_slug(value, pointer, faults))
    given = _parse_keys(value, ("finding", "since_days", "trend"), pointer, faults)
    return Has(
        _parse_slug(given.get("finding"), f"{pointer}/finding", faults),
        _parse_optional(given, "since_days", _SINCE_DAYS, pointer, faults),
        _parse_optional(given, "trend", _TREND, pointer, faults),
    )


def _parse_tried(value: object, pointer: str, faults: Faults) -> Condition:
    given = _parse_keys(value, ("treatment", "outcome"), pointer, faults)
    treatment = _parse_slug(given.get("treatment"), f"{pointer}/treatment", faults)
    where = f"{pointer}/outcome"
    test = _parse_test(given.get("outcome"), _OUTCOME, where, faults)
    outcomes = test.values if isinstance(test, OneOf) else ()
    return Tried(treatment, frozenset(str(outcome) for outcome in outcomes))


def _parse_is(value: object, pointer: str, faults: Faults) -> Condition:
    return Is(_parse_slug(value, pointer, faults))


_OPERATORS: Mapping[str, Callable[[object, str, Faults], Condition]] = {
    "all": _parse_all,
    "any": _parse_any,
    "not": _parse_not,
    "always": _parse_always,
    "has": _parse_has,
    "tried": _parse_tried,
    "is": _parse_is,
}


def _parse_slug(value: object, pointer: str, faults: Faults) -> str:
    if isinstance(value, str) and value:
        return value
    faults.append(Fault(pointer, "Needs a slug."))
    return ""


def _parse_keys(
    value: object, known: Collection[str], pointer: str, faults: Faults
) -> Mapping[str, object]:
    if not isinstance(value, dict):
        faults.append(Fault(pointer, f"Needs a mapping with {', '.join(known)}."))
        return {}
    faults.extend(
        Fault(
            pointer + to_pointer((str(key),)),
            f"Unknown key. {name_choices(key, known)}",
        )
        for key in value
        if key not in known
    )
    return value


def _parse_optional(
    given: Mapping[str, object],
    key: str,
    field: NumberField | WordField,
    pointer: str,
    faults: Faults,
) -> Test | None:
    if key not in given:
        return None
    return _parse_test(given[key], field, f"{pointer}/{key}", faults)


def _parse_test(
    value: object, field: NumberField | WordField, pointer: str, faults: Faults
) -> Test:
    if isinstance(value, dict):
        return _parse_range(value, field, pointer, faults)
    values = value if isinstance(value, list) else [value]
    if not values:
        faults.append(Fault(pointer, "Needs at least one value."))
    for one in values:
        _check_value(one, field, pointer, faults)
    return OneOf(frozenset(one for one in values if isinstance(one, (int, float, str))))


def _parse_range(
    value: Mapping[str, object],
    field: NumberField | WordField,
    pointer: str,
    faults: Faults,
) -> Range:
    bounds = _parse_keys(value, ("at_least", "at_most"), pointer, faults)
    if isinstance(field, WordField):
        faults.append(Fault(pointer, f"Takes words: {', '.join(field.words)}."))
        return Range()
    read = {
        key: bound
        for key, bound in bounds.items()
        if _check_value(bound, field, f"{pointer}/{key}", faults)
    }
    low, high = _number(read.get("at_least")), _number(read.get("at_most"))
    if low is None and high is None:
        faults.append(Fault(pointer, "Needs at_least, at_most or both."))
    if low is not None and high is not None and low > high:
        faults.append(Fault(pointer, "at_least is above at_most."))
    return Range(low, high)


def _number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    return value


def _check_value(
    value: object, field: NumberField | WordField, pointer: str, faults: Faults
) -> bool:
    match field:
        case WordField(words=words):
            fine = value in words
            wanted = f"Not a valid word. {name_choices(value, words)}"
        case NumberField(minimum=low, maximum=high, whole=whole):
            number = _number(value)
            fine = number is not None and low <= number <= high
            fine = fine and (not whole or number == int(number or 0))
            kind = "whole number" if whole else "number"
            span = f" from {low:g} to {high:g}" if isfinite(high) else ""
            wanted = f"Needs a {kind}{span}."
    if not fine:
        faults.append(Fault(pointer, wanted))
    return fine


ConditionField = Annotated[
    Condition,
    PlainValidator(parse_condition),
    PlainSerializer(dump_condition),
    WithJsonSchema({"x-condition": True}),
]
"""A condition inside an entry: plain data in, plain data out."""
