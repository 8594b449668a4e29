"""The whole answer to a profile, as it goes over the wire (design §5)."""

from dataclasses import dataclass
from typing import Annotated

from pydantic import Field, TypeAdapter

from app.fields import (
    Category,
    Likelihood,
    NoteKind,
    PlanStep,
    Stance,
    Standing,
    Urgency,
    VerdictWord,
)
from app.library.evidence import Evidence

Fact = Annotated[
    str,
    Field(
        description="`finding/…`, `finding/….since_days`, `finding/….trend`, "
        "`field/…`, `measure/…` or `tried/…`",
        examples=["finding/kidney-disease"],
    ),
]
Facts = tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Reason:
    """A rule that decided something, the facts that made it, and its sources."""

    rule: str
    text: str
    facts: Facts
    sources: tuple[str, ...]


Reasons = tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Sign:
    """A warning sign that matches (`because`) or is not ruled out (`missing`)."""

    slug: str
    name: str
    urgency: Urgency
    because: Reasons
    missing: Facts


@dataclass(frozen=True, slots=True)
class Screening:
    """Whether every warning sign has been ruled in or out, and what is left to ask."""

    complete: bool
    unanswered: Facts


@dataclass(frozen=True, slots=True)
class UrgencyAnswer:
    """How fast to seek help: what is certain (`level`) and what is not ruled out."""

    level: Urgency
    could_be: Urgency
    headline: str
    what_to_do: tuple[str, ...]
    what_to_say: str | None
    signs: tuple[Sign, ...]
    screening: Screening


@dataclass(frozen=True, slots=True)
class PointsToAnswer:
    """A treatment that makes more sense if the cause is the right one."""

    treatment: str
    because: str


@dataclass(frozen=True, slots=True)
class Cause:
    """Why the treatment may have failed, and how likely that is here."""

    slug: str
    name: str
    likelihood: Likelihood
    because: Reasons
    against: Reasons
    missing: Facts
    how_to_check: tuple[str, ...]
    points_to: tuple[PointsToAnswer, ...]


@dataclass(frozen=True, slots=True)
class PositionAnswer:
    """What one guideline says about the option, and for whom."""

    guideline: str
    name: str
    jurisdiction: str
    year: int
    stance: Stance
    strength: str | None
    scope: str | None


@dataclass(frozen=True, slots=True)
class WouldChange:
    """The fewest answers that would lift the option, and to where."""

    answers: dict[str, object]
    standing: Standing


@dataclass(frozen=True, slots=True)
class Option:
    """Where one treatment stands for this profile, and why.

    `evidence` and `positions` are null unless they were asked for; `links` lead there.
    """

    slug: str
    name: str
    category: Category
    standing: Standing
    because: Reasons
    cautions: Reasons
    against: Reasons
    missing: Facts
    would_change: WouldChange | None
    evidence: Evidence | None
    positions: tuple[PositionAnswer, ...] | None
    links: dict[str, str]


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """Treatments to discuss together in one step, and when to look again (weeks)."""

    step: PlanStep
    treatments: tuple[str, ...]
    because: tuple[str, ...]
    review_after_weeks: int


@dataclass(frozen=True, slots=True)
class Question:
    """A question to ask next, what it asks, and why it matters."""

    slug: str
    question: str
    asks: Facts
    could_reveal: Urgency | None
    decides: tuple[str, ...]
    because: str


@dataclass(frozen=True, slots=True)
class Note:
    """Something odd about the profile that a clinician should know."""

    kind: NoteKind
    facts: Facts
    detail: str


@dataclass(frozen=True, slots=True)
class Recommendation:
    """Every option of the topic once, with its standing and its reasons."""

    release: int
    engine: str
    topic: str
    region: str | None
    digest: str
    urgency: UrgencyAnswer
    causes: tuple[Cause, ...]
    options: tuple[Option, ...]
    plan: tuple[PlannedStep, ...]
    ask_next: tuple[Question, ...]
    questions_to_ask: tuple[str, ...]
    notes: tuple[Note, ...]
    disclaimer: str


@dataclass(frozen=True, slots=True)
class TracedRule:
    """What one rule says: the facts that made its verdict, and those it misses."""

    rule: str
    verdict: VerdictWord
    facts: Facts
    missing: Facts


@dataclass(frozen=True, slots=True)
class Explanation(Recommendation):
    """A recommendation with every rule of the topic, once, and what it says."""

    trace: tuple[TracedRule, ...]


_ADAPTERS = {one: TypeAdapter(one) for one in (Recommendation, Explanation)}


def write_json(advice: Recommendation) -> bytes:
    """Write a recommendation, explained or not, as it goes over the wire."""
    return _ADAPTERS[type(advice)].dump_json(advice)
