"""A treatment: what it is, what it does, and when it must not be used."""

from functools import cached_property
from typing import Annotated

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from app.fields import (
    Category,
    SectionName,
    Setting,
    Stance,
)
from app.library.entry import (
    Caution,
    Day,
    Entry,
    GuidelineSlug,
    Line,
    Part,
    Rule,
    Sources,
    Text,
    TreatmentSlug,
)
from app.library.evidence import Evidence


class Position(Part):
    """What one guideline says about the treatment, and for whom."""

    guideline: GuidelineSlug
    stance: Stance
    strength: Line | None = None
    scope: Text | None = None


class Section(Part):
    """The answer to one patient question: a text, unknown, or not applicable."""

    text: Text | None = None
    sources: Sources | None = None
    unknown: bool = False
    looked_for: Text | None = None
    not_applicable: bool = False
    why: Text | None = None

    @cached_property
    def words(self) -> int:
        """How many words the text has."""
        return len((self.text or "").split())

    @model_validator(mode="after")
    def _is_one_answer(self) -> "Section":
        forms = (
            (self.text, self.sources),
            (self.unknown or None, self.looked_for),
            (self.not_applicable or None, self.why),
        )
        complete = [form for form in forms if None not in form]
        started = [form for form in forms if form != (None, None)]
        if len(complete) != 1 or len(started) != 1:
            raise PydanticCustomError(
                "section",
                "Needs text with sources, or unknown: true with looked_for, "
                "or not_applicable: true with why.",
            )
        return self


class NotWith(Part):
    """A treatment or a whole category that must not be combined with this one."""

    treatment: TreatmentSlug | None = None
    category: Category | None = None
    because: Text
    sources: Sources

    @model_validator(mode="after")
    def _names_one(self) -> "NotWith":
        if (self.treatment is None) == (self.category is None):
            raise PydanticCustomError("not_with", "Name a treatment or a category.")
        return self


class Term(Part):
    """The name of the same thing in a public terminology, such as MeSH."""

    system: Line
    name: Line
    code: Line | None = None


class TreatmentEntry(Entry):
    """One treatment, with the patients' questions answered in fixed sections."""

    name: Line
    aliases: tuple[Line, ...] = ()
    summary: Text
    category: Category
    part_of: TreatmentSlug | None = None
    invasiveness: Annotated[int, Field(ge=0, le=4)]
    setting: Setting
    reversible: bool
    time_to_benefit: Line
    duration_of_benefit: Line
    evidence: Evidence
    positions: tuple[Position, ...] = ()
    sections: dict[SectionName, Section]
    avoid_when: tuple[Rule, ...] = ()
    caution_when: tuple[Caution, ...] = ()
    not_with: tuple[NotWith, ...] = ()
    one_at_a_time: bool = False
    combines_with: tuple[TreatmentSlug, ...] = ()
    questions_to_ask: tuple[Line, ...] = ()
    related: tuple[TreatmentSlug, ...] = ()
    terms: tuple[Term, ...] = ()
    last_reviewed_on: Day
    review_due_on: Day
    reviewed_by: Line | None = None

    @model_validator(mode="after")
    def _answers_every_question(self) -> "TreatmentEntry":
        missing = [name.value for name in SectionName if name not in self.sections]
        if missing:
            raise PydanticCustomError(
                "sections",
                "Sections without an answer: {missing}.",
                {"missing": ", ".join(missing)},
            )
        if self.review_due_on <= self.last_reviewed_on:
            raise PydanticCustomError("review", "The review is due before the last.")
        return self
