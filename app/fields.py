"""The closed word lists of the library and of its answers, and the slug."""

from enum import StrEnum
from typing import Annotated

from pydantic import StringConstraints

SLUG_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"

Slug = Annotated[str, StringConstraints(pattern=SLUG_PATTERN, max_length=80)]
"""Public identity of an item: kebab-case, at most 80 characters."""


class Kind(StrEnum):
    """The kinds of item that a library holds, as they stand in URLs."""

    LIBRARY = "library"
    REFERENCES = "references"
    GUIDELINES = "guidelines"
    CONDITIONS = "conditions"
    FINDINGS = "findings"
    MEASURES = "measures"
    SCREENS = "screens"
    TREATMENTS = "treatments"
    FAILURE_CAUSES = "failure-causes"
    WARNING_SIGNS = "warning-signs"
    TOPICS = "topics"
    CASES = "cases"

    @property
    def singular(self) -> str:
        return "library" if self is Kind.LIBRARY else self.value.removesuffix("s")


class Urgency(StrEnum):
    """How fast to seek help: now, today, within two weeks, at a normal visit."""

    EMERGENCY = "emergency"
    URGENT = "urgent"
    SOON = "soon"
    ROUTINE = "routine"


class Beside(StrEnum):
    """What an answer can have beside every option; else a link leads there."""

    EVIDENCE = "evidence"
    POSITIONS = "positions"


class Standing(StrEnum):
    """Where an option stands for a profile, the best first."""

    RECOMMENDED = "recommended"
    CONSIDER = "consider"
    NOT_NOW = "not-now"
    AVOID = "avoid"


class Likelihood(StrEnum):
    """How well a failure cause fits a profile."""

    LIKELY = "likely"
    POSSIBLE = "possible"
    UNLIKELY = "unlikely"


class VerdictWord(StrEnum):
    """What a rule says of a profile."""

    MATCH = "match"
    UNKNOWN = "unknown"
    NO_MATCH = "no-match"


class Benefit(StrEnum):
    """What the evidence says for this use, the best first."""

    LIKELY = "likely"
    POSSIBLE = "possible"
    UNCLEAR = "unclear"
    UNLIKELY = "unlikely"


class Certainty(StrEnum):
    """GRADE certainty of a body of evidence (Guyatt 2008), the highest first."""

    HIGH = "high"
    MODERATE = "moderate"
    LOW = "low"
    VERY_LOW = "very-low"
    NONE = "none"


class FigureUnit(StrEnum):
    """What a figure counts: of 100 people, on a scale to 100, or days."""

    PEOPLE = "people"
    POINTS = "points"
    DAYS = "days"


class Stance(StrEnum):
    """What a guideline says about a treatment."""

    FOR = "for"
    CONDITIONAL = "conditional"
    AGAINST = "against"
    SILENT = "silent"


class Category(StrEnum):
    """What sort of thing a treatment is."""

    SELF_CARE = "self-care"
    ASSESSMENT = "assessment"
    REHABILITATION = "rehabilitation"
    PSYCHOLOGICAL = "psychological"
    MEDICATION = "medication"
    INJECTION = "injection"
    PROCEDURE = "procedure"
    SURGERY = "surgery"
    COMPLEMENTARY = "complementary"


class Setting(StrEnum):
    """Where a treatment takes place."""

    HOME = "home"
    CLINIC = "clinic"
    HOSPITAL = "hospital"


class SectionName(StrEnum):
    """The patients' questions that every treatment answers."""

    WHAT_IT_IS = "what-it-is"
    WHAT_HAPPENS = "what-happens"
    HOW_LIKELY_TO_HELP = "how-likely-to-help"
    HOW_SOON = "how-soon"
    HOW_LONG = "how-long"
    COMMON_HARMS = "common-harms"
    SERIOUS_HARMS = "serious-harms"
    WHO_SHOULD_NOT = "who-should-not"
    IF_IT_FAILS = "if-it-fails"
    DAILY_LIFE = "daily-life"
    COST_AND_ACCESS = "cost-and-access"


class PlanStep(StrEnum):
    """The steps of stepped care, in order."""

    NOW = "now"
    CHECK = "check"
    REBUILD = "rebuild"
    MEDICINES = "medicines"
    PROCEDURES = "procedures"


class FindingKind(StrEnum):
    """What sort of thing a person can report."""

    SYMPTOM = "symptom"
    CONDITION = "condition"
    MEDICINE = "medicine"
    PROCEDURE_RESULT = "procedure-result"
    PREFERENCE = "preference"


class Jurisdiction(StrEnum):
    """Where a guideline holds: INT is international."""

    INT = "INT"
    UK = "UK"
    US = "US"
    EU = "EU"
    NL = "NL"
    BE = "BE"
    DK = "DK"


class GuidelineStatus(StrEnum):
    """How a guideline stands today."""

    CURRENT = "current"
    EXPIRED = "expired"
    CONTESTED = "contested"
    HISTORIC = "historic"


class Seen(StrEnum):
    """How a source was read when the library was written."""

    READ = "read"
    SECONDARY = "secondary"
    RECALLED = "recalled"


class Outcome(StrEnum):
    """Whether an item keeps to a criterion of the quality gate."""

    MET = "met"
    NOT_MET = "not-met"
    NOT_APPLICABLE = "not-applicable"


class NoteKind(StrEnum):
    """What a note of a recommendation is about."""

    CONTRADICTION = "contradiction"
    UNEXPECTED = "unexpected"


class Significance(StrEnum):
    """How much a release matters to those who act on the advice."""

    SAFETY = "safety"
    CLINICAL = "clinical"
    EDITORIAL = "editorial"
