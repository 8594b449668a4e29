"""The fixed fields of a profile: what a condition may name and a form asks."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.profile_words import Relief, Sex, Trend, TriedOutcome

SINCE_DAYS_MAX = 36_500


@dataclass(frozen=True, slots=True)
class NumberField:
    """A number from `minimum` to `maximum`, both included, in `unit`."""

    path: str
    question: str
    unit: str
    minimum: float
    maximum: float
    whole: bool = True


@dataclass(frozen=True, slots=True)
class WordField:
    """One word out of a closed list."""

    path: str
    question: str
    words: tuple[str, ...]


ProfileField = NumberField | WordField


def _words(list_of_words: type[StrEnum]) -> tuple[str, ...]:
    return tuple(word.value for word in list_of_words)


TREND_WORDS = _words(Trend)
OUTCOME_WORDS = _words(TriedOutcome)

_FIELDS: tuple[ProfileField, ...] = (
    NumberField("age", "How old are you?", "years", 0, 120),
    WordField("sex", "Which sex were you registered with at birth?", _words(Sex)),
    NumberField(
        "pain.months", "For how many months have you had this pain?", "months", 0, 1200
    ),
    NumberField(
        "pain.severity",
        "How strong is the pain on most days, from 0 (none) to 10 (the worst)?",
        "0 to 10",
        0,
        10,
    ),
    WordField("pain.trend", "How has the pain changed of late?", TREND_WORDS),
    NumberField(
        "last_treatment.times", "How many times have you had it?", "times", 0, 100
    ),
    NumberField(
        "last_treatment.days_ago",
        "How many days ago was the last one?",
        "days",
        0,
        SINCE_DAYS_MAX,
        whole=False,
    ),
    WordField("last_treatment.relief", "What did it do for the pain?", _words(Relief)),
    NumberField(
        "last_treatment.relief_percent",
        "At its best, how much of the pain was gone, in percent?",
        "percent",
        0,
        100,
    ),
    NumberField(
        "last_treatment.relief_days",
        "For how many days did the relief last?",
        "days",
        0,
        SINCE_DAYS_MAX,
        whole=False,
    ),
    NumberField(
        "last_treatment.first_hours_relief_percent",
        "In the first hours after it, how much of the pain was gone, in percent?",
        "percent",
        0,
        100,
    ),
)

PROFILE_FIELDS: Mapping[str, ProfileField] = {field.path: field for field in _FIELDS}
