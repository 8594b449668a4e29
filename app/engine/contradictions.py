"""The closed list of fields that can contradict each other."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from app.engine.answers import UNSURE, Answer, Answers, Disputed
from app.engine.facts import path_fact
from app.profile_words import Relief

AGE = path_fact("age")
MONTHS = path_fact("pain.months")
RELIEF = path_fact("last_treatment.relief")
PERCENT = path_fact("last_treatment.relief_percent")
DAYS = path_fact("last_treatment.relief_days")
DAYS_AGO = path_fact("last_treatment.days_ago")
TIMES = path_fact("last_treatment.times")


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two fields that cannot both be right; then neither counts as known."""

    facts: tuple[str, str]
    detail: str
    holds: Callable[[Answer, Answer], bool]


def _no_relief_but_some(relief: Answer, amount: Answer) -> bool:
    return relief in (Relief.NONE, Relief.WORSE) and _more(amount, 0)


def _some_relief_but_none(relief: Answer, percent: Answer) -> bool:
    helped = (Relief.BRIEF, Relief.TEMPORARY, Relief.PARTIAL)
    return relief in helped and percent == 0


def _more(one: Answer, other: Answer) -> bool:
    number = int | float
    return isinstance(one, number) and isinstance(other, number) and one > other


def _longer_than_life(age: Answer, months: Answer) -> bool:
    # The age is in whole years: up to a year more may have passed.
    return isinstance(age, int | float) and _more(months, 12 * (age + 1))


def _never_but_known(times: Answer, _other: Answer) -> bool:
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
    Contradiction((AGE, MONTHS), "In pain for longer than alive.", _longer_than_life),
)


def find_contradictions(answers: Answers) -> list[Contradiction]:
    """Return every pair of fields that cannot both be right, as they were told."""
    return [one for one in CONTRADICTIONS if _are_both_wrong(one, answers)]


def _are_both_wrong(pair: Contradiction, answers: Answers) -> bool:
    one, other = (_told(answers.get(fact, UNSURE)) for fact in pair.facts)
    return UNSURE not in (one, other) and pair.holds(one, other)


def _told(answer: Answer) -> Answer:
    return answer.value if isinstance(answer, Disputed) else answer


def _list_partners() -> Mapping[str, frozenset[str]]:
    partners: dict[str, frozenset[str]] = {}
    for pair in CONTRADICTIONS:
        for fact in pair.facts:
            partners[fact] = partners.get(fact, frozenset()) | {*pair.facts} - {fact}
    return partners


CONTRADICTING = _list_partners()
"""For each fact of the list, the others that it can contradict."""
