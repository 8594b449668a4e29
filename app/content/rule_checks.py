"""What a rule must keep to, so that "unknown" stays on the safe side."""

from collections.abc import Iterator, Mapping

from app.engine.named_conditions import resolve
from app.errors import Fault
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
    walk,
)
from app.library.rule_lists import ListedRule, Role
from app.library.vocabulary_entries import ConditionEntry

ACUTE_DAYS = 15
"""A change counts as long-standing from this many days on (design §3)."""

Named = Mapping[str, ConditionEntry]


def check_rule(listed: ListedRule, named: Named) -> Iterator[Fault]:
    """Yield what is wrong with one rule, with pointers inside its entry."""
    for fault in _check(listed, named):
        yield Fault(listed.pointer + fault.pointer, fault.detail)


def _check(listed: ListedRule, named: Named) -> Iterator[Fault]:
    when = resolve(listed.rule.when, named)
    unless = listed.rule.unless and resolve(listed.rule.unless, named)
    if listed.role is Role.OFFER and _says_not(when):
        yield Fault(
            "/when", "An offer must not say `not` in its `when`; put it in `unless`."
        )
    if listed.role is Role.SIGN and unless is not None:
        if _says_any(when):
            yield Fault(
                "/when",
                "A sign must not say `any` beside an `unless`: one clue called off "
                "would silence the others. Split the rule.",
            )
        yield from _check_called_off(unless)


def _says_not(condition: Condition) -> bool:
    return any(isinstance(node, Not) for _, node in walk(condition))


def _says_any(condition: Condition, *, negated: bool = False) -> bool:
    """Say whether one of several parts is enough, however it is written."""
    match condition:
        case AllOf(parts) | AnyOf(parts):
            is_any = isinstance(condition, AnyOf) != negated
            return (is_any and len(parts) > 1) or any(
                _says_any(part, negated=negated) for part in parts
            )
        case Not(part):
            return _says_any(part, negated=not negated)
        case Always() | Has() | Tried() | Is() | Compare():
            return False


def _check_called_off(unless: Condition) -> Iterator[Fault]:
    """Yield what could call a sign off that is new: a trend alone proves nothing."""
    for pointer, node in walk(unless):
        is_turned = pointer.split("/").count("not") % 2 == 1
        if isinstance(node, Compare) and node.path == "pain.trend":
            yield Fault("/unless", "A sign is not called off by the pain's trend.")
        if isinstance(node, Has) and node.trend and is_turned:
            yield Fault("/unless", "A sign is not called off by a trend that is not.")
        elif isinstance(node, Has) and node.trend and not _is_old(node.since_days):
            yield Fault(
                "/unless",
                "An `unless` on trend must also bound since_days: "
                f"at_least {ACUTE_DAYS}.",
            )


def _is_old(since_days: Test | None) -> bool:
    match since_days:
        case Range(at_least=low):
            return low is not None and low >= ACUTE_DAYS
        case OneOf(values):
            return all(
                not isinstance(value, str) and value >= ACUTE_DAYS for value in values
            )
        case None:
            return False


def check_possible_when(condition: Condition) -> Iterator[Fault]:
    """Yield every part of a `possible_when` that is not about age or sex."""
    for pointer, node in walk(condition):
        leaf = not any(pointer != inner for inner, _ in walk(node, pointer))
        if leaf and not (isinstance(node, Compare) and node.path in ("age", "sex")):
            yield Fault(f"/possible_when{pointer}", "May ask about age and sex only.")
