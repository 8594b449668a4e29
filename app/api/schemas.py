"""What goes over the wire besides the items themselves."""

from datetime import date, datetime
from typing import Annotated, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from app.api.forms import TextOptions
from app.content.advice_change import AdviceChange, UncomparedCase
from app.fields import Beside, Kind, Outcome
from app.library.about import Region
from app.library.profile import Name, NotNull, PatientProfile

ItemT = TypeVar("ItemT")
_BESIDE = f" *({'|'.join(Beside)}) *"


class Page(BaseModel, Generic[ItemT]):
    """One page of a list; without `fields` each item shows its card."""

    items: list[ItemT]
    total: int
    limit: int
    offset: int


class RecommendationRequest(BaseModel):
    """A profile, and for which topic and region the answer is wanted."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "region": "uk",
                    "profile": {
                        "age": 58,
                        "has": ["leg-pain"],
                        "has_not": ["saddle-numbness", "bladder-change"],
                        "measures": {"block-relief-percent": 85},
                    },
                }
            ]
        },
    )

    topic: Annotated[
        Name | None, *NotNull, Field(description="The library's default topic if none.")
    ] = None
    region: Annotated[
        Name | None,
        *NotNull,
        Field(description="Emergency numbers, and whose guidelines come first."),
    ] = None
    profile: PatientProfile = PatientProfile()


class RecommendationOptions(TextOptions):
    """Which release answers, in which form, and whether it explains itself."""

    release: Annotated[
        int | None,
        Field(ge=1, description="Answer as this release did; the present one if none."),
    ] = None
    explain: Annotated[
        bool, Field(description="Add `trace`: every rule, and what it says.")
    ] = False
    include: Annotated[
        str | None,
        Field(
            description="What stands beside every option, separated by commas: "
            "`evidence`, `positions`. Without it links lead there.",
            max_length=100,
            examples=["evidence,positions"],
            json_schema_extra={"pattern": f"^({_BESIDE}(,{_BESIDE})*)?$"},
        ),
    ] = None


class AdviceDiff(BaseModel):
    """The cases of two releases, answered by both."""

    before: int
    after: int
    engine: str
    cases: int = Field(description="How many cases both releases answered.")
    changed: list[AdviceChange]
    uncompared: list[UncomparedCase]


class Health(BaseModel):
    """The process answers."""

    status: str = Field(examples=["ok"])


class Readiness(BaseModel):
    """The database answers and holds a release."""

    status: str = Field(examples=["ready"])
    release: int


class Meta(BaseModel):
    """What this service is, and which release it serves."""

    name: str
    version: str
    engine: str
    release: int
    released_at: datetime
    title: str
    language: str
    licence: str
    intended_use: str
    disclaimer: str
    authors: str | None
    funding: str | None
    default_topic: str
    regions: tuple[Region, ...]


class QualityMark(BaseModel):
    """Whether one place of an item keeps to a criterion, and why not."""

    model_config = ConfigDict(from_attributes=True)

    criterion: str
    kind: Kind
    slug: str
    pointer: str
    outcome: Outcome
    detail: str


class CriterionOut(BaseModel):
    """What the library is held to, and how often it does; some have an average."""

    slug: str
    statement: str
    refuses: bool = Field(description="A release that does not keep to it is refused.")
    met: int
    not_met: int
    not_applicable: int
    average: float | None


class QualityOut(Page[QualityMark]):
    """The quality of the present release, as of a day."""

    release: int
    as_of: date
    criteria: list[CriterionOut]


class BundleOut(BaseModel):
    """A release as one document: its entries by kind, sorted by slug."""

    release: int
    format: int = Field(description="That of the entries: see `whatnext schema`.")
    entries: dict[Kind, list[dict[str, JsonValue]]]
