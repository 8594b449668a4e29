"""The closed word lists of a person's profile."""

from enum import StrEnum


class Sex(StrEnum):
    """Sex registered at birth, as far as it decides what can apply."""

    FEMALE = "female"
    MALE = "male"
    INTERSEX = "intersex"


class Trend(StrEnum):
    """How something has changed of late."""

    WORSE = "worse"
    UNCHANGED = "unchanged"
    BETTER = "better"


class Relief(StrEnum):
    """What the failed treatment did: brief is hours to days, temporary is weeks."""

    NONE = "none"
    BRIEF = "brief"
    TEMPORARY = "temporary"
    PARTIAL = "partial"
    WORSE = "worse"
    UNSURE = "unsure"


class TriedOutcome(StrEnum):
    """What a treatment did when it was tried."""

    HELPED = "helped"
    PARTLY = "partly"
    NO_HELP = "no-help"
    WORSE = "worse"
    UNSURE = "unsure"
    NOT_TRIED = "not-tried"
