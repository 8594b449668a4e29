"""What each list can be narrowed and sorted by: closed sets, nearly all optional."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Literal

from pydantic import Field

from app.fields import (
    Benefit,
    Category,
    Certainty,
    FindingKind,
    Jurisdiction,
    Kind,
    Outcome,
    Setting,
    Significance,
    Slug,
    Stance,
    Urgency,
)
from app.library.entry import Day
from app.queries.paging import PageFilters
from app.queries.search_filters import WordsFoundIn

INVASIVENESS_MAX = 4
FIELDS_MAX = 500

Fields = Annotated[
    str | None,
    Field(
        description="Fields to return, separated by commas; `slug` always is.",
        max_length=FIELDS_MAX,
        examples=["name,evidence"],
    ),
]


class ListFilters(PageFilters):
    """A page of a list in some order; every list narrows `sort` to its own words."""

    fields: Fields = None
    sort: str = "name"


class NameSorted(ListFilters):
    """A list that is sorted by name."""

    sort: Literal["name", "-name", "slug", "-slug"] = "name"


class TopicFilters(NameSorted):
    """Filters of `GET /v1/topics`."""


class TreatmentFilters(ListFilters):
    """Filters of `GET /v1/treatments`; several are joined by "and".

    `stance` and `jurisdiction` together ask for one guideline that is both.
    """

    q: WordsFoundIn = None
    topic: Annotated[Slug | None, Field(description="An option of this topic.")] = None
    category: Category | None = None
    part_of: Annotated[
        Slug | None, Field(description="A part of this treatment, at any depth.")
    ] = None
    setting: Setting | None = None
    max_invasiveness: Annotated[
        int | None,
        Field(ge=0, le=INVASIVENESS_MAX, description="0 is none, 4 is surgery."),
    ] = None
    min_certainty: Annotated[
        Certainty | None, Field(description="Certainty of the evidence, or higher.")
    ] = None
    benefit: Benefit | None = None
    stance: Annotated[
        Stance | None, Field(description="Some guideline takes this stance.")
    ] = None
    jurisdiction: Annotated[
        Jurisdiction | None, Field(description="Some guideline of this jurisdiction.")
    ] = None
    addresses: Annotated[
        Slug | None, Field(description="This failure cause points to it.")
    ] = None
    sort: Literal[
        "name",
        "-name",
        "slug",
        "-slug",
        "invasiveness",
        "-invasiveness",
        "certainty",
        "-certainty",
        "last_reviewed_on",
        "-last_reviewed_on",
    ] = "name"


class FailureCauseFilters(NameSorted):
    """Filters of `GET /v1/failure-causes`."""

    q: WordsFoundIn = None
    topic: Annotated[Slug | None, Field(description="A cause of this topic.")] = None
    points_to: Annotated[
        Slug | None, Field(description="It points to this treatment.")
    ] = None


class WarningSignFilters(ListFilters):
    """Filters of `GET /v1/warning-signs`; the most urgent come first."""

    q: WordsFoundIn = None
    topic: Annotated[Slug | None, Field(description="It holds for this topic.")] = None
    urgency: Urgency | None = None
    sort: Literal["urgency", "-urgency", "name", "-name", "slug", "-slug"] = "urgency"


class FindingFilters(NameSorted):
    """Filters of `GET /v1/findings`."""

    kind: FindingKind | None = None


class ReferenceFilters(NameSorted):
    """Filters of `GET /v1/references`."""


class GuidelineFilters(NameSorted):
    """Filters of `GET /v1/guidelines`."""


class ConditionFilters(NameSorted):
    """Filters of `GET /v1/conditions`."""


class CaseFilters(NameSorted):
    """Filters of `GET /v1/cases`."""


class MeasureFilters(NameSorted):
    """Filters of `GET /v1/measures`."""


class ScreenFilters(NameSorted):
    """Filters of `GET /v1/screens`."""


class QualityFilters(PageFilters):
    """Filters of `GET /v1/quality`; several are joined by "and"."""

    criterion: Annotated[Slug | None, Field(description="What was held to.")] = None
    kind: Kind | None = None
    slug: Annotated[Slug | None, Field(description="What was found of it.")] = None
    outcome: Annotated[
        Outcome | None, Field(description="What it came to on that day.")
    ] = None
    as_of: Annotated[
        Day | None,
        Field(description="The day that reviews are due by; today if none."),
    ] = None


class ReleaseFilters(PageFilters):
    """Filters of `GET /v1/releases`."""

    significance: Annotated[
        Significance | None, Field(description="How much it mattered.")
    ] = None


class ChangeFilters(PageFilters):
    """Filters of `GET /v1/releases/{number}/changes`."""

    kind: Kind | None = None


class ChangeSinceFilters(ChangeFilters):
    """Filters of `GET /v1/changes`."""

    since: Annotated[
        int,
        Field(ge=0, description="The number of a release that you know; 0 is none."),
    ]


LIST_FILTERS: Mapping[Kind, type[ListFilters]] = MappingProxyType(
    {
        Kind.TOPICS: TopicFilters,
        Kind.TREATMENTS: TreatmentFilters,
        Kind.FAILURE_CAUSES: FailureCauseFilters,
        Kind.WARNING_SIGNS: WarningSignFilters,
        Kind.FINDINGS: FindingFilters,
        Kind.REFERENCES: ReferenceFilters,
        Kind.GUIDELINES: GuidelineFilters,
        Kind.CONDITIONS: ConditionFilters,
        Kind.CASES: CaseFilters,
        Kind.MEASURES: MeasureFilters,
        Kind.SCREENS: ScreenFilters,
    }
)
"""The filters of the list of each kind."""
