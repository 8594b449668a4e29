"""Free text that is sent: whole characters, but for the one that PostgreSQL lacks."""

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError


def _check(text: str) -> str:
    if "\x00" in text:
        raise PydanticCustomError("nul", "Must not have the character U+0000.")
    try:
        text.encode()
    except UnicodeEncodeError as error:
        detail = "Must not have half of a character."
        raise PydanticCustomError("half", detail) from error
    return text


WHOLE = (
    AfterValidator(_check),
    Field(json_schema_extra={"pattern": "^[^\\u0000]*$"}),
)
"""Stands behind what else is asked of a text, in its annotation."""
