"""Writes as they go over the wire: what is proposed, and what became of it."""

from typing import Annotated, Literal

from fastapi import Query
from pydantic import BaseModel, ConfigDict, Field, JsonValue

from app.api.free_texts import WHOLE
from app.content.library_diff import LibraryDiff
from app.content.proposal import Mode
from app.fields import Kind, Significance
from app.tables.log import NOTE_MAX

Note = Annotated[str, Field(max_length=NOTE_MAX), *WHOLE]

DryRun = Annotated[
    Literal["true", "false"],
    Query(description="`true` says what would change, changes nothing, needs no key."),
]
NoteQuery = Annotated[Note, Query(description="Why the release is made.")]
SignificanceQuery = Annotated[
    Significance | None,
    Query(description="At least what the change suggests, which is the default."),
]


class ReleaseRequest(BaseModel):
    """A whole library, or some of its entries; `GET /v1/bundle` has the same form.

    `removed` are items that a merge takes away. `release` only says where it is from.
    """

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "mode": "merge",
                    "note": "Ask how much people walk.",
                    "entries": {
                        "measures": [
                            {
                                "slug": "walking-minutes",
                                "label": "Minutes of walking",
                                "question": "How long do you walk on a usual day?",
                                "unit": "minutes",
                                "minimum": 0,
                                "maximum": 600,
                            }
                        ]
                    },
                }
            ]
        },
    )

    mode: Mode = Mode.REPLACE
    note: Note = ""
    significance: Significance | None = None
    release: int | None = None
    format: Literal[1] = 1
    entries: dict[str, JsonValue] = Field(default_factory=dict)
    removed: dict[str, list[str]] = Field(default_factory=dict)


class UnmetOut(BaseModel):
    """What a release leaves unmet of its cases and of the quality gate."""

    kind: Kind
    slug: str
    pointer: str
    detail: str


class PublishedOut(BaseModel):
    """What a change does to the library and to its advice, and its release."""

    release: int = Field(description="The release that stands now.")
    is_new: bool = Field(description="Whether this made it: not if nothing differs.")
    dry_run: bool
    significance: Significance | None = Field(
        description="What the release is, or would be; null if nothing differs."
    )
    diff: LibraryDiff
    unmet: list[UnmetOut]
