"""What the library rests on: references and guidelines."""

from typing import Annotated

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from app.fields import GuidelineStatus, Jurisdiction, Seen
from app.library.entry import Entry, Line, ReferenceSlug, Text

Year = Annotated[int, Field(ge=1900, le=2100)]


class ReferenceEntry(Entry):
    """A source: what it is, where it stands, and how it was read (`seen`)."""

    title: Text
    authors: Line | None = None
    publisher: Line
    year: Year | None = None
    doi: Annotated[str, StringConstraints(pattern=r"^10\.\S+/\S+$")] | None = None
    pmid: Annotated[str, StringConstraints(pattern=r"^[0-9]{1,9}$")] | None = None
    url: Annotated[str, StringConstraints(pattern=r"^https://\S+$")] | None = None
    seen: Seen
    note: Text | None = None


class GuidelineEntry(Entry):
    """A body's published advice, with its scope: silence is not a stance."""

    name: Line
    body: Line
    jurisdiction: Jurisdiction
    year: Year
    updated: Year | None = None
    scope: Text
    status: GuidelineStatus
    reference: ReferenceSlug
    note: Text | None = None

    @model_validator(mode="after")
    def _is_updated_later(self) -> "GuidelineEntry":
        if self.updated is not None and self.updated < self.year:
            raise PydanticCustomError("updated", "Updated before it was published.")
        return self
