"""What tools take and give: closed shapes, read from JSON and written as JSON."""

import json
from collections.abc import Callable, Sequence
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, JsonValue
from pydantic_core import PydanticCustomError

from app.library.profile import PatientProfile
from app.mcp.json_reader import RepeatedKeyError, read_json

TEXT_MAX = 4_500
"""The longest answer that nobody asked to be longer: 1,500 tokens or less."""


class Given(BaseModel):
    """What a tool takes."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Out(BaseModel):
    """What a tool gives; what is as by default is left out."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    def as_data(self) -> dict[str, Any]:
        return self.model_dump(mode="json", exclude_defaults=True)

    def as_text(self) -> str:
        """Return it as compact JSON, its fields in their order."""
        return json.dumps(self.as_data(), ensure_ascii=False, separators=(",", ":"))


OutT = TypeVar("OutT", bound=Out)


def fit(out: OutT, shorten: Callable[[OutT], OutT | None]) -> OutT:
    """Return an answer shortened step by step until it fits, or can be no shorter."""
    while len(out.as_text()) > TEXT_MAX:
        shorter = shorten(out)
        if shorter is None:
            return out
        out = shorter
    return out


def drop_last(out: OutT, floors: Sequence[tuple[str, int]]) -> OutT | None:
    """Return an answer without the last entry of the first list above its floor."""
    for name, floor in floors:
        entries = getattr(out, name)
        if len(entries) > floor:
            return out.model_copy(update={name: entries[:-1]})
    return None


def read_text(value: object) -> object:
    """Read JSON in a text: some clients send every object and every list so."""
    if not isinstance(value, str):
        return value
    try:
        return read_json(value)
    except RepeatedKeyError as error:
        raise PydanticCustomError(
            "repeated_key", "{error}", {"error": str(error)}
        ) from error
    except (ValueError, RecursionError):
        return value


# The API checks a profile, and says what is wrong with it; here it only passes.
Profile = Annotated[
    dict[str, JsonValue],
    BeforeValidator(read_text, json_schema_input_type=PatientProfile),
]
SameProfile = Annotated[
    dict[str, JsonValue],
    BeforeValidator(read_text, json_schema_input_type=dict[str, object]),
    Field(description="As recommend_next_steps takes it."),
]
Slugs = Annotated[tuple[str, ...], BeforeValidator(read_text)]
