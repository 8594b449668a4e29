"""Releases, changes and revisions as they go over the wire."""

from datetime import datetime
from typing import Annotated

from fastapi import Path
from pydantic import BaseModel, Field, JsonValue

from app.api.schemas import Page
from app.fields import Kind, Significance
from app.queries.history import Change
from app.render.shapes import Links

Number = Annotated[int, Path(ge=1, description="The number of a release.")]
PublishedBy = Annotated[
    str | None,
    Field(
        description="The name of the API key; null from a shell."
        " Only who shows an API key is told."
    ),
]


class ReleaseOut(BaseModel):
    """A published state of the library, and how many items it made different."""

    number: int
    created_at: datetime
    published_by: PublishedBy = None
    note: str
    significance: Significance
    checksum: str = Field(description="It vouches for all releases before, too.")
    added: int
    changed: int
    removed: int
    links: Links


class ReleasesOut(Page[ReleaseOut]):
    """One page of the releases."""


class ChangeOut(BaseModel):
    """What became of an item, and the last release that did something to it."""

    kind: Kind
    slug: str
    name: str
    change: Change
    release: int
    links: Links


class ChangesOut(Page[ChangeOut]):
    """One page of what is different in `release` from what it was in `since`."""

    since: int
    release: int


class RevisionOut(BaseModel):
    """An item as a release left it."""

    release: int
    created_at: datetime
    published_by: PublishedBy = None
    note: str
    significance: Significance
    change: Change
    format: int
    document: dict[str, JsonValue] | None = Field(
        description="As it was published; null if it was removed."
    )


class RevisionsOut(Page[RevisionOut]):
    """One page of the revisions of an item."""
