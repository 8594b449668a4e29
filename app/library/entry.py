"""What every entry of a library is made of: texts, days, and slugs that refer."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    StringConstraints,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError

from app.fields import Kind, Slug
from app.library import conditions
from app.library.condition_syntax import ConditionField


def _refuse_nul(text: str) -> str:
    # PostgreSQL has no text with it.
    if "\x00" in text:
        raise PydanticCustomError("nul", "The character U+0000 is not allowed.")
    return text


Text = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=4000),
    AfterValidator(_refuse_nul),
]
Line = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=300),
    AfterValidator(_refuse_nul),
]


@dataclass(frozen=True, slots=True)
class RefersTo:
    """Marks a slug as the identity of an item of this kind."""

    kind: Kind

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {**handler(schema), "x-refers-to": self.kind.value}


def _read_day(value: object) -> date:
    # Pydantic would read the number 0 as 1970-01-01.
    try:
        return value if isinstance(value, date) else date.fromisoformat(str(value))
    except ValueError as error:
        raise PydanticCustomError("day", "Needs a date such as 2026-11-22.") from error


Day = Annotated[date, BeforeValidator(_read_day)]

ReferenceSlug = Annotated[Slug, RefersTo(Kind.REFERENCES)]
GuidelineSlug = Annotated[Slug, RefersTo(Kind.GUIDELINES)]
FindingSlug = Annotated[Slug, RefersTo(Kind.FINDINGS)]
TreatmentSlug = Annotated[Slug, RefersTo(Kind.TREATMENTS)]
FailureCauseSlug = Annotated[Slug, RefersTo(Kind.FAILURE_CAUSES)]
WarningSignSlug = Annotated[Slug, RefersTo(Kind.WARNING_SIGNS)]
TopicSlug = Annotated[Slug, RefersTo(Kind.TOPICS)]

Sources = Annotated[tuple[ReferenceSlug, ...], Field(min_length=1)]


class Part(BaseModel):
    """A part of an entry: closed, frozen, read strictly."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Entry(Part):
    """One item of the library as it is written and published."""

    slug: Slug


def name_of(fields: Mapping[str, object]) -> str:
    """Return what a person would call an entry: lists are sorted by it."""
    for field in ("name", "title", "label", "question", "description"):
        value = fields.get(field)
        if isinstance(value, str):
            return value[:300]
    return str(fields["slug"])


class Rule(Part):
    """A condition that decides something, with the reason shown to people."""

    slug: Slug
    when: ConditionField
    unless: ConditionField | None = None
    because: Text
    sources: Sources


class Caution(Rule):
    """A rule that adds a warning; `ask_first` also holds the option back."""

    ask_first: bool = False


class Clue(Rule):
    """A rule that speaks for or against a failure cause."""

    strong: bool = False


def mentions(part: Part) -> Iterator[tuple[str, Kind, str]]:
    """Yield (pointer, kind, slug) of every item that an entry names."""
    for name, annotation in _naming_fields(type(part)):
        yield from _mentions(getattr(part, name), annotation, f"/{name}")


@cache
def _naming_fields(part: type[Part]) -> tuple[tuple[str, Any], ...]:
    """Return the fields that can name an item, with what they hold."""
    fields = []
    for name, field in part.model_fields.items():
        marks = [mark for mark in field.metadata if isinstance(mark, RefersTo)]
        annotation = Annotated[field.annotation, *marks] if marks else field.annotation
        if _can_name(annotation):
            fields.append((name, annotation))
    return tuple(fields)


def _can_name(annotation: Any) -> bool:
    if _marks(annotation) or annotation in get_args(conditions.Condition):
        return True
    if isinstance(annotation, type) and issubclass(annotation, Part):
        return bool(_naming_fields(annotation))
    # What is beside a type in `Annotated` says nothing of other items.
    arguments = get_args(annotation)
    types = arguments[:1] if get_origin(annotation) is Annotated else arguments
    return any(_can_name(one) for one in types)


def _mentions(
    value: object, annotation: Any, pointer: str
) -> Iterator[tuple[str, Kind, str]]:
    if isinstance(value, str):
        yield from ((pointer, mark.kind, value) for mark in _marks(annotation))
        return
    for step, one, inner_annotation in _inner(value, annotation):
        yield from _mentions(one, inner_annotation, pointer + step)
    named: Iterator[tuple[str, Kind, str]] = iter(())
    if isinstance(value, Part):
        named = mentions(value)
    elif isinstance(value, conditions.Condition):
        named = conditions.mentions(value)
    yield from ((pointer + inner, kind, slug) for inner, kind, slug in named)


def _inner(value: object, annotation: Any) -> Iterator[tuple[str, object, Any]]:
    types = get_args(plain_type(annotation))
    if isinstance(value, tuple):
        for index, one in enumerate(value):
            yield f"/{index}", one, types[0]
    elif isinstance(value, Mapping):
        for key, one in value.items():
            yield f"/{key}", key, types[0]
            yield f"/{key}", one, types[1]


def _marks(annotation: Any) -> list[RefersTo]:
    if get_origin(annotation) in (Union, UnionType):
        return [mark for one in get_args(annotation) for mark in _marks(one)]
    metadata = getattr(annotation, "__metadata__", ())
    return [mark for mark in metadata if isinstance(mark, RefersTo)]


def plain_type(annotation: Any) -> Any:
    """Return the container type under `Annotated` and `| None`."""
    while get_origin(annotation) in (Annotated, Union, UnionType):
        annotation = get_args(annotation)[0]
    return annotation
