"""What each list can be filtered, sorted and paged by: closed sets, all optional."""

import unicodedata
from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

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
from app.library.search_ranks import SearchedKind

LIMIT_MAX = 100
INVASIVENESS_MAX = 4
OFFSET_MAX = 100_000
FIELDS_MAX = 500
WORDS_MAX = 200

_NOT_SAID = ("Cc", "Cs")
"""Control characters and surrogates, which nobody says."""


def _require_words(text: str) -> str:
    """Return words as they are read. Raises `PydanticCustomError`."""
    if any(unicodedata.category(sign) in _NOT_SAID for sign in text):
        raise PydanticCustomError("words", "Control characters are not allowed.")
    if not text.strip():
        raise PydanticCustomError("words", "Needs a word to look for.")
    return text


Words = Annotated[
    str,
    Field(
        min_length=1,
        max_length=WORDS_MAX,
        description="Words of a patient: names, brands, symptoms, whole sentences.",
        examples=["can't feel when I wipe"],
    ),
    AfterValidator(_require_words),
]


class PageFilters(BaseModel):
    """Which part of a list."""

    model_config = ConfigDict(extra="forbid")

    limit: Annotated[int, Field(ge=1, le=LIMIT_MAX, description="Items a page.")] = 20
    offset: Annotated[
        int, Field(ge=0, le=OFFSET_MAX, description="Items left out before.")
    ] = 0


class ListFilters(PageFilters):
    """A page of a list in some order; every list narrows `sort` to its own words."""

    fields: Annotated[
        str | None,
        Field(
            description="Fields to return, separated by commas; `slug` always is.",
            max_length=FIELDS_MAX,
            examples=["name,evidence"],
        ),
    ] = None
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

    q: Annotated[Words | None, Field(description="What these words are found in.")] = (
        None
    )
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

    q: Annotated[Words | None, Field(description="What these words are found in.")] = (
        None
    )
    topic: Annotated[Slug | None, Field(description="A cause of this topic.")] = None
    points_to: Annotated[
        Slug | None, Field(description="It points to this treatment.")
    ] = None


class WarningSignFilters(ListFilters):
    """Filters of `GET /v1/warning-signs`; the most urgent come first."""

    q: Annotated[Words | None, Field(description="What these words are found in.")] = (
        None
    )
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


class SearchFilters(PageFilters):
    """What `GET /v1/search` looks for."""

    q: Words
    limit: Annotated[int, Field(ge=1, le=LIMIT_MAX, description="Hits a page.")] = 10
    kind: Annotated[
        SearchedKind | None, Field(description="Only items of this kind.")
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
