"""Puts named conditions in place of the `is` that names them."""

from collections.abc import Iterator, Mapping

from app.library.conditions import (
    AllOf,
    Always,
    AnyOf,
    Compare,
    Condition,
    Has,
    Is,
    Not,
    Tried,
    walk,
)
from app.library.vocabulary_entries import ConditionEntry


def resolve(condition: Condition, named: Mapping[str, ConditionEntry]) -> Condition:
    """Return the condition without any `is`. The names must form no cycle."""
    match condition:
        case AllOf(parts):
            return AllOf(tuple(resolve(part, named) for part in parts))
        case AnyOf(parts):
            return AnyOf(tuple(resolve(part, named) for part in parts))
        case Not(part):
            return Not(resolve(part, named))
        case Is(name):
            return resolve(named[name].when, named)
        case Always() | Has() | Tried() | Compare():
            return condition


def named_in(condition: Condition) -> Iterator[str]:
    """Yield the names that a condition uses through `is`."""
    for _, node in walk(condition):
        if isinstance(node, Is):
            yield node.condition
