"""A case: an example profile with the advice that it must get."""

from typing import Annotated

from pydantic import Field

from app.fields import Category, Likelihood, Slug, Standing, Urgency
from app.library.entry import (
    Entry,
    FailureCauseSlug,
    Line,
    Part,
    Text,
    TopicSlug,
    TreatmentSlug,
    WarningSignSlug,
)
from app.library.profile import PatientProfile

Standings = Annotated[tuple[Standing, ...], Field(min_length=1)]


class Expectation(Part):
    """What must hold for the advice; what is not named is left open.

    `options` gives each option its standing, or the standings that are right;
    `first_of` names the option that leads its category. `asks` are facts that must be
    asked next, `asks_first` those in the first question, `not_asks` those in none.
    """

    level: Urgency
    could_be: Urgency
    signs: tuple[WarningSignSlug, ...] = ()
    not_signs: tuple[WarningSignSlug, ...] = ()
    every_option: tuple[Standing, ...] = ()
    options: dict[TreatmentSlug, Standings] = Field(default_factory=dict)
    first_of: dict[Category, TreatmentSlug] = Field(default_factory=dict)
    causes: dict[FailureCauseSlug, Likelihood] = Field(default_factory=dict)
    reasons: tuple[Line, ...] = ()
    not_reasons: tuple[Line, ...] = ()
    in_plan: tuple[TreatmentSlug, ...] = ()
    not_in_plan: tuple[TreatmentSlug, ...] = ()
    asks: tuple[Line, ...] = ()
    asks_first: tuple[Line, ...] = ()
    not_asks: tuple[Line, ...] = ()


class CaseEntry(Entry):
    """An example person; every publish checks that the advice still holds."""

    name: Line
    because: Text
    topic: TopicSlug
    region: Slug | None = None
    profile: PatientProfile
    expect: Expectation
