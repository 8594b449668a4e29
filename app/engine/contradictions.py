"""The closed list of fields that can contradict each other."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from app.fields import Relief
from app.library.conditions import Value

RELIEF = "last_treatment.relief"
PERCENT = "last_treatment.relief_percent"
DAYS = "last_treatment.relief_days"
DAYS_AGO = "last_treatment.days_ago"
TIMES = "last_treatment.times"

Values = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two fields that cannot both be right; then neither counts as known."""

    paths: tuple[str, str]
    detail: str
    holds: Callable[[Value, Value], bool]


def _no_relief_but_some(relief: Value, amount: Value) -> bool:
    return relief in (Relief.NONE, Relief.WORSE) and _more(amount, 0)


def _some_relief_but_none(relief: Value, percent: Value) -> bool:
    helped = (Relief.BRIEF, Relief.TEMPORARY, Relief.PARTIAL)
    return relief in helped and percent == 0


def _more(one: Value, other: Value) -> bool:
    return not isinstance(one, str) and not isinstance(other, str) and one > other


def _longer_than_life(age: Value, months: Value) -> bool:
    # The age is in whole years: up to a year more may have passed.
    return not isinstance(age, str) and _more(months, 12 * (age + 1))


def _never_but_known(times: Value, _other: Value) -> bool:
    return times == 0


CONTRADICTIONS: tuple[Contradiction, ...] = (
    Contradiction(
        (RELIEF, PERCENT), "No relief, but some percent of it.", _no_relief_but_some
    ),
    Contradiction(
        (RELIEF, DAYS), "No relief, but some days of it.", _no_relief_but_some
    ),
    Contradiction(
        (RELIEF, PERCENT), "Some relief, but zero percent.", _some_relief_but_none
    ),
    Contradiction(
        (DAYS, DAYS_AGO),
        "The relief lasted longer than the time since the treatment.",
        _more,
    ),
    Contradiction(
        (TIMES, DAYS_AGO), "Never treated, but treated so long ago.", _never_but_known
    ),
    Contradiction(
        (TIMES, RELIEF), "Never treated, but the relief is told.", _never_but_known
    ),
    Contradiction(
        (TIMES, PERCENT), "Never treated, but the relief is told.", _never_but_known
    ),
    Contradiction(
        (TIMES, DAYS), "Never treated, but the relief is told.", _never_but_known
    ),
    Contradiction(
        ("age", "pain.months"), "In pain for longer than alive.", _longer_than_life
    ),
)


def find_contradictions(values: Values) -> list[Contradiction]:
    """Return every pair of given fields that cannot both be right."""
    return [
        one
        for one in CONTRADICTIONS
        if all(values.get(path, Relief.UNSURE) != Relief.UNSURE for path in one.paths)
        and one.holds(values[one.paths[0]], values[one.paths[1]])
    ]
