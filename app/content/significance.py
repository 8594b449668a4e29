"""How much a difference of two libraries matters: suggested, never decided.

`safety`: whom a sign or a guard warns, how fast, or what they are told. `clinical`:
what is offered, what it rests on, what is asked, and every word of a sign, since a
clinician answers for it. `editorial`: other words, sources and dates, and orders that
are not shown; no advice hangs on them.
"""

from collections.abc import Collection, Iterable, Mapping
from types import MappingProxyType

from pydantic import JsonValue

from app.content.advice_change import AdviceChange
from app.content.field_changes import Difference, Edit
from app.fields import Kind, Significance, Standing
from app.library.bundle import Identity

_SAFETY, _CLINICAL, _EDITORIAL = _HIGHEST_FIRST = tuple(Significance)

_FIELDS: Mapping[Kind, Mapping[str, Significance]] = MappingProxyType(
    {
        Kind.LIBRARY: {
            "": _EDITORIAL,
            "intended_use": _CLINICAL,
            "disclaimer": _CLINICAL,
            "default_topic": _CLINICAL,
            "wait_and_see": _CLINICAL,
            # Whom to call: a sign's `what_to_do` is filled in with it.
            "regions": _SAFETY,
            "regions/name": _EDITORIAL,
            "regions/note": _EDITORIAL,
            "regions/jurisdictions": _CLINICAL,
        },
        Kind.REFERENCES: {"": _EDITORIAL},
        Kind.GUIDELINES: {
            "": _EDITORIAL,
            "jurisdiction": _CLINICAL,
            "scope": _CLINICAL,
            "status": _CLINICAL,
        },
        Kind.CONDITIONS: {"": _EDITORIAL, "when": _SAFETY},
        Kind.FINDINGS: {
            "": _CLINICAL,
            "aliases": _EDITORIAL,
            "implies": _SAFETY,
            "possible_when": _SAFETY,
        },
        Kind.MEASURES: {
            "": _CLINICAL,
            "unit": _SAFETY,
            "minimum": _SAFETY,
            "maximum": _SAFETY,
        },
        Kind.SCREENS: {"": _SAFETY},
        Kind.TREATMENTS: {
            "": _EDITORIAL,
            "avoid_when": _SAFETY,
            "caution_when": _SAFETY,
            "not_with": _SAFETY,
            "one_at_a_time": _SAFETY,
            # Guards, holds and exclusions come down from these.
            "part_of": _SAFETY,
            "category": _SAFETY,
            "invasiveness": _CLINICAL,
            "setting": _CLINICAL,
            "reversible": _CLINICAL,
            "time_to_benefit": _CLINICAL,
            "duration_of_benefit": _CLINICAL,
            "evidence": _CLINICAL,
            "positions": _CLINICAL,
            "combines_with": _CLINICAL,
        },
        Kind.FAILURE_CAUSES: {
            "": _EDITORIAL,
            "clues_for": _CLINICAL,
            "clues_against": _CLINICAL,
            "how_to_check": _CLINICAL,
            "points_to": _CLINICAL,
        },
        Kind.WARNING_SIGNS: {
            "": _CLINICAL,
            "urgency": _SAFETY,
            "rules": _SAFETY,
            "rules/because": _CLINICAL,
            "rules/sources": _CLINICAL,
            "question": _SAFETY,
            "what_to_do": _SAFETY,
            "what_to_say": _SAFETY,
            "holds": _SAFETY,
            "topics": _SAFETY,
        },
        Kind.TOPICS: {
            "": _EDITORIAL,
            "failed_treatment": _CLINICAL,
            "failure_causes": _CLINICAL,
            "out_of_scope_when": _SAFETY,
            "options": _CLINICAL,
            "options/not_now_when": _SAFETY,
            "options/avoid_when": _SAFETY,
            "plan": _CLINICAL,
        },
        Kind.CASES: {"": _EDITORIAL},
    }
)
"""By path, without indices: the longest that fits counts, the empty one is the rest."""

_WHOLE: Mapping[Kind, Significance] = MappingProxyType(
    {
        Kind.LIBRARY: _SAFETY,
        Kind.REFERENCES: _EDITORIAL,
        Kind.GUIDELINES: _EDITORIAL,
        Kind.CONDITIONS: _CLINICAL,
        Kind.FINDINGS: _CLINICAL,
        Kind.MEASURES: _CLINICAL,
        Kind.SCREENS: _SAFETY,
        Kind.TREATMENTS: _CLINICAL,
        Kind.FAILURE_CAUSES: _CLINICAL,
        Kind.WARNING_SIGNS: _SAFETY,
        Kind.TOPICS: _CLINICAL,
        Kind.CASES: _EDITORIAL,
    }
)
"""An item that is new or gone; the rules that name it are told of themselves."""

VOCABULARY = (Kind.CONDITIONS, Kind.FINDINGS, Kind.MEASURES, Kind.SCREENS)
_GUARDS = (
    "avoid_when", "caution_when", "not_now_when", "not_with", "out_of_scope_when",
)  # fmt: skip
_SHOWN_IN_ORDER = ("what_to_do", "how_to_check", "crisis_lines")


def weigh_place(
    item: Identity, difference: Difference, *, guarding: Collection[Identity]
) -> Significance:
    """Return what a place matters, given what signs and guards hang on."""
    path = _path(difference.pointer)
    if difference.edit is Edit.ORDER and not path.endswith(_SHOWN_IN_ORDER):
        return _EDITORIAL
    if difference.edit is Edit.REMOVED and _has_guards(difference.before):
        return _SAFETY
    fields = _FIELDS[item[0]]
    fitting = [one for one in fields if not one or f"{path}/".startswith(f"{one}/")]
    return _lower(item, fields[max(fitting, key=len)], guarding)


def weigh_item(
    item: Identity, edit: Edit, document: JsonValue, *, guarding: Collection[Identity]
) -> Significance:
    """Return what an item matters that is new or gone.

    What is new brings its guards along, and nothing that was said before has changed;
    what is gone takes its warnings with it.
    """
    if edit is Edit.REMOVED and _has_guards(document):
        return _SAFETY
    if isinstance(document, dict) and document.get("implies"):
        # A finding that is new or gone is another way to what a sign asks for.
        return _lower(item, _SAFETY, guarding)
    return _lower(item, _WHOLE[item[0]], guarding)


def weigh_advice(change: AdviceChange) -> Significance:
    """Return what it matters that the advice of a case changes.

    An option that is new and to be avoided has not come from anywhere.
    """
    if change.level or change.could_be or change.signs_added or change.signs_removed:
        return _SAFETY
    moved = [(one.before, one.after) for one in change.options]
    is_avoided = any(
        Standing.AVOID in standings and standings[0] is not None for standings in moved
    )
    return _SAFETY if is_avoided else _CLINICAL


def highest(significances: Iterable[Significance]) -> Significance | None:
    """Return the one that matters most, none of none."""
    return min(significances, key=_HIGHEST_FIRST.index, default=None)


def is_enough(chosen: Significance, *, suggested: Significance | None) -> bool:
    """Say whether a publisher may choose it: what is suggested, or what is higher."""
    return suggested is None or highest((chosen, suggested)) is chosen


def _path(pointer: str) -> str:
    steps = pointer.split("/")[1:]
    return "/".join(step for step in steps if not step.isdigit())


def _has_guards(value: JsonValue) -> bool:
    if isinstance(value, list):
        return any(_has_guards(one) for one in value)
    if not isinstance(value, dict):
        return False
    return any(value.get(name) for name in _GUARDS) or _has_guards([*value.values()])


def _lower(
    item: Identity, significance: Significance, guarding: Collection[Identity]
) -> Significance:
    """Return less for vocabulary that no sign and no guard hangs on."""
    is_idle = item[0] in VOCABULARY and item not in guarding
    return _CLINICAL if is_idle and significance is _SAFETY else significance
