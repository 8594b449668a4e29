"""Comparisons: what can be asked of one, and the forms in which it comes."""

from collections.abc import Callable, Mapping
from typing import Annotated

from pydantic import ConfigDict, Field, WithJsonSchema

from app.api.forms import Form, TextOptions
from app.api.schemas import RecommendationRequest
from app.api.texts import write
from app.errors import Fault, InvalidRequestError
from app.fields import Kind, Slug
from app.library.nearest import name_choices
from app.library.profile import Name
from app.library.sources import ReferenceEntry
from app.queries.items import get_document
from app.queries.snapshots import Snapshot
from app.queries.texts import get_library
from app.render.comparison import compare, write_comparison
from app.render.comparison_request import COMPARED_MAX, COMPARED_MIN, check_compared
from app.render.comparison_shapes import Comparison
from app.render.comparison_text import LENGTHS, compose_comparison
from app.render.framing import Names
from app.render.rendering import Length, Rendering
from app.render.shapes import LibraryOut, TopicOut, TreatmentOut

ASKED_MAX = 20
"""So many treatments are read of a request, which has too many long before."""

_Load = Callable[[Rendering], Mapping[str, ReferenceEntry]]
_ONE = " *[a-z0-9-]+ *"
_MORE = f"{COMPARED_MIN - 1},{COMPARED_MAX - 1}"


class ComparisonOptions(TextOptions):
    """In which form a comparison comes, and how long a text of it is."""

    length: Annotated[
        Length | None,
        Field(description="How long a text of it is, if it comes as one."),
        WithJsonSchema(
            {"anyOf": [{"type": "string", "enum": [*LENGTHS]}, {"type": "null"}]}
        ),
    ] = None


class ComparisonFilters(ComparisonOptions):
    """What `GET /v1/compare` puts side by side."""

    treatments: Annotated[
        str,
        Field(
            description="Two to six treatments by slug, separated by commas.",
            max_length=1000,
            examples=["exercise-therapy,nsaids,wait-and-see"],
            json_schema_extra={"pattern": f"^{_ONE}(,{_ONE}){{{_MORE}}}$"},
        ),
    ]
    topic: Annotated[
        Slug | None, Field(description="As options of this topic; of none without it.")
    ] = None

    @property
    def slugs(self) -> list[str]:
        return [one.strip() for one in self.treatments.split(",")]


class ComparisonRequest(RecommendationRequest):
    """A profile, and the treatments that are compared for it."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "treatments": ["nsaids", "wait-and-see"],
                    "region": "uk",
                    "profile": {"age": 58, "has": ["kidney-disease"]},
                }
            ]
        },
    )

    treatments: Annotated[
        list[Name],
        Field(
            max_length=ASKED_MAX,
            description="Two to six treatments by slug.",
            json_schema_extra={
                "minItems": COMPARED_MIN,
                "maxItems": COMPARED_MAX,
                "uniqueItems": True,
            },
        ),
    ]


def read_length(length: Length | None) -> None:
    """Raise `InvalidRequestError` if a comparison has no such length."""
    if length is not None and length not in LENGTHS:
        choices = " or ".join(LENGTHS)
        detail = f"A comparison is {choices}: less would not be fair to any."
        raise InvalidRequestError([Fault("/query/length", detail)])


def read_comparison(
    snapshot: Snapshot, filters: ComparisonFilters, names: Names
) -> Comparison:
    """Return treatments side by side as they are served.

    Raises `InvalidRequestError` with every fault.
    """
    slugs, topics = filters.slugs, names[Kind.TOPICS]
    check_compared(slugs, names[Kind.TREATMENTS], pointer="/query/treatments")
    if filters.topic is not None and filters.topic not in topics:
        choices = name_choices(filters.topic, topics)
        raise InvalidRequestError([Fault("/query/topic", f"Not a topic. {choices}")])
    documents = [get_document(snapshot, Kind.TREATMENTS, slug) for slug in slugs]
    return compare(
        [TreatmentOut.model_validate_json(one) for one in documents],
        LibraryOut.model_validate_json(get_library(snapshot)),
        names=names,
        topic=TopicOut.model_validate_json(
            get_document(snapshot, Kind.TOPICS, filters.topic)
        )
        if filters.topic
        else None,
    )


def write_compared(
    comparison: Comparison,
    names: Names,
    *,
    form: Form,
    length: Length | None,
    load_references: _Load,
) -> str:
    """Write a comparison as its document, without a length, or as a text."""
    if length is None:
        return write_comparison(comparison).decode()
    rendering = compose_comparison(comparison, length, names=names)
    return write(rendering, load_references(rendering), form)
