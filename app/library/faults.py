"""Turns validation errors into faults that name the place and the valid choices."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from inspect import isclass
from itertools import islice
from typing import Any, get_args

from pydantic import BaseModel

from app.errors import Fault, Step, to_pointer
from app.fields import SLUG_PATTERN
from app.library.entry import plain_type
from app.library.nearest import name_choices

KEY_MARK = "[key]"

FAULTS_MAX = 1_000
"""After so many mistakes no more are looked for: to name each takes time."""


def read_faults(
    errors: Iterable[Mapping[str, Any]], model: type[BaseModel], *, hide_sent: bool
) -> list[Fault]:
    """Say each error of `ValidationError.errors()` as a fault.

    With `hide_sent` no key that was sent is repeated: the pointer ends at the
    nearest parent that the model itself knows. No more than `FAULTS_MAX` are said.
    """
    listed = list(islice(errors, FAULTS_MAX))
    return [
        fault
        for error in listed
        if not _only_follows(error, listed)
        for fault in _read_error(error, model, hide=hide_sent)
    ]


def _only_follows(error: Mapping[str, Any], errors: list[Mapping[str, Any]]) -> bool:
    """Say whether a list is only too short because its items have mistakes."""
    steps = error["loc"]
    return error["type"] == "too_short" and any(
        len(one["loc"]) > len(steps) and one["loc"][: len(steps)] == steps
        for one in errors
    )


def _read_error(
    error: Mapping[str, Any], model: type[BaseModel], *, hide: bool
) -> list[Fault]:
    steps = [step for step in error["loc"] if step != KEY_MARK]
    pointer = to_pointer(_known(steps, model) if hide else steps)
    if error["type"] == "condition":
        inner: list[Fault] = error["ctx"]["faults"]
        return [Fault(pointer + fault.pointer, fault.detail) for fault in inner]
    if error["type"] == "extra_forbidden":
        keys = _keys_of(_type_at(steps[:-1], model))
        return [Fault(pointer, f"Unknown key. {name_choices(steps[-1], keys)}")]
    if error["type"] == "enum":
        words = _words_of(_type_at(steps, model))
        detail = f"Not a valid word. {name_choices(error['input'], words)}"
        return [Fault(pointer, detail)]
    return [Fault(pointer, _say(error))]


_SAID: Mapping[str, str] = {
    "missing": "It is missing.",
    "model_type": "Needs a mapping.",
    "model_attributes_type": "Needs a mapping.",
    "dict_type": "Needs a mapping.",
    "tuple_type": "Needs a list.",
    "too_long": "Takes at most {max_length} entries.",
    "too_short": "Needs at least {min_length}.",
    "string_type": "Needs text.",
    "string_too_short": "Must not be empty.",
    "string_too_long": "Takes at most {max_length} characters.",
    "string_pattern_mismatch": "Does not have the form {pattern}.",
    "slug": "Needs a slug such as facet-joint-injection.",
}
"""What pydantic says in terms of Python, in terms of the document."""


def _say(error: Mapping[str, Any]) -> str:
    said = error["type"]
    if error.get("ctx", {}).get("pattern") == SLUG_PATTERN:
        said = "slug"
    if said in _SAID:
        return _SAID[said].format(**error.get("ctx", {}))
    message: str = error["msg"]
    return message if message.endswith((".", "?")) else f"{message}."


def _known(steps: list[Step], model: type[BaseModel]) -> list[Step]:
    """Return the leading steps that do not depend on keys that were sent."""
    known: list[Step] = []
    for index, step in enumerate(steps):
        if isinstance(step, str) and step not in _keys_of(_type_at(known, model)):
            return steps[:index]
        known.append(step)
    return known


def _type_at(steps: list[Step], model: type[BaseModel]) -> Any:
    annotation: Any = model
    for step in steps:
        annotation = plain_type(annotation)
        if isclass(annotation) and issubclass(annotation, BaseModel):
            field = annotation.model_fields.get(str(step))
            annotation = field.annotation if field else None
        else:
            inner = [one for one in get_args(annotation) if one is not Ellipsis]
            annotation = inner[-1] if inner else None
    return plain_type(annotation)


def _keys_of(annotation: Any) -> list[str]:
    if isclass(annotation) and issubclass(annotation, BaseModel):
        return list(annotation.model_fields)
    return []


def _words_of(annotation: Any) -> list[str]:
    if isclass(annotation) and issubclass(annotation, StrEnum):
        return [word.value for word in annotation]
    return []
