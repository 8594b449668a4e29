"""The side-by-side comparison of treatments, as it goes over the wire.

Rows are the patients' questions, columns the treatments in the order asked.
"""

from dataclasses import dataclass
from datetime import date

from app.engine.recommendation import (
    Facts,
    Note,
    PositionAnswer,
    Reasons,
    UrgencyAnswer,
)
from app.fields import Category, Certainty, FigureUnit, SectionName, Setting, Standing
from app.library.evidence import Evidence, Figure
from app.library.treatments import NotWith
from app.render.shapes import CautionOut, Links, RuleOut


@dataclass(frozen=True, slots=True)
class ComparedTreatment:
    """A column: what the treatment is, what rules it out, and where it stands.

    `avoid_when`, `caution_when` and `not_with` hold whoever asks, what is inherited
    too. `standing` is that of the recommendation; `no_standing` says why there is none.
    """

    slug: str
    name: str
    summary: str
    category: Category
    invasiveness: int
    setting: Setting
    reversible: bool
    time_to_benefit: str
    duration_of_benefit: str
    evidence: Evidence
    positions: tuple[PositionAnswer, ...]
    last_reviewed_on: date
    review_due_on: date
    reviewed_by: str | None
    avoid_when: tuple[RuleOut, ...]
    caution_when: tuple[CautionOut, ...]
    not_with: tuple[NotWith, ...]
    standing: Standing | None
    no_standing: str | None
    because: Reasons
    cautions: Reasons
    against: Reasons
    missing: Facts
    links: Links


@dataclass(frozen=True, slots=True)
class Cell:
    """What one treatment answers: a text, or `unknown`, or `not_applicable`.

    `certainty` is that of the evidence, where the question is about the effect.
    """

    treatment: str
    text: str | None
    sources: tuple[str, ...]
    certainty: Certainty | None
    unknown: bool
    looked_for: str | None
    not_applicable: bool
    why: str | None


@dataclass(frozen=True, slots=True)
class Row:
    """One of the patients' questions, and the answer of every treatment."""

    section: SectionName
    question: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class FigureCell:
    """The figures of one treatment in the unit of the row, each with its own time.

    Without any it is `unknown`, and `why` says what was looked for, or where the
    treatment has figures instead: they are never converted.
    """

    treatment: str
    figures: tuple[Figure, ...]
    certainty: Certainty
    unknown: bool
    why: str | None


@dataclass(frozen=True, slots=True)
class FigureRow:
    """The figures in one unit: people or points out of 100, or days (`out_of` null)."""

    unit: FigureUnit
    title: str
    out_of: int | None
    cells: tuple[FigureCell, ...]


@dataclass(frozen=True, slots=True)
class WaitAndSee:
    """The treatment that stands for doing nothing; `how` says how to compare it too."""

    treatment: str
    is_compared: bool
    how: str | None
    links: Links


@dataclass(frozen=True, slots=True)
class SafetyNote:
    """What must be said in every form and length; of one treatment or of them all.

    What is `for_profile` holds for the person, the rest for some people. The sources
    are with the rules and the rows that it is taken from.
    """

    treatment: str | None
    text: str
    for_profile: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """Treatments side by side: every question, and the answer of every treatment.

    `urgency` and `notes` are those of the recommendation, if a profile was given.
    `figures` has a row for people out of 100, and for every other unit in use.
    """

    topic: str | None
    urgency: UrgencyAnswer | None
    safety: tuple[SafetyNote, ...]
    treatments: tuple[ComparedTreatment, ...]
    rows: tuple[Row, ...]
    figures: tuple[FigureRow, ...]
    figures_note: str
    wait_and_see: WaitAndSee | None
    notes: tuple[Note, ...]
    disclaimer: str
    authors: str | None
    funding: str | None
