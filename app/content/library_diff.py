"""The difference of two libraries, as it goes over the wire."""

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from app.content.advice_change import AdviceChange, UncomparedCase
from app.content.field_changes import Edit
from app.errors import Fault
from app.fields import Kind, Significance


class _Wire(BaseModel):
    model_config = ConfigDict(frozen=True)


class FieldChange(_Wire):
    """One place of an item that differs, with both values: null where there is none."""

    pointer: str = Field(
        description="RFC 6901, in the document after; in the one before if it is gone.",
        examples=["/rules/0/when"],
    )
    place: str = Field(
        description="The same in names; of a rule it begins with the public id.",
        examples=["warning-signs/cauda-equina/rules/saddle/when"],
    )
    edit: Edit
    before: JsonValue
    after: JsonValue
    significance: Significance


class DiffItem(_Wire):
    """An item that is in one of the libraries only."""

    kind: Kind
    slug: str
    name: str
    significance: Significance


class ChangedItem(DiffItem):
    """An item of both libraries that is not the same, place by place."""

    fields: list[FieldChange]


class BrokenCase(_Wire):
    """A case of the library before that no longer holds, and what of it does not."""

    case: str
    name: str
    topic: str
    because: list[Fault]


class LibraryDiff(_Wire):
    """What publishing a library changes: items, advice, and what cases promised."""

    against: int | None = Field(
        description="The release that it is compared with; null is an empty library."
    )
    significance: Significance | None = Field(
        description="What is suggested; null if nothing differs."
    )
    because: list[str] = Field(
        description="The places, items and cases that the suggestion comes from."
    )
    added: list[DiffItem]
    changed: list[ChangedItem]
    removed: list[DiffItem]
    advice: list[AdviceChange] = Field(
        description="The cases that both libraries answer, and not alike."
    )
    uncompared: list[UncomparedCase]
    broken_cases: list[BrokenCase] = Field(
        description="Of the cases that were changed or removed, what no longer holds."
    )

    @property
    def is_empty(self) -> bool:
        return not (self.added or self.changed or self.removed)
