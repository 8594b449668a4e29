"""Schemas of what tools take and give, as short as they can be.

Every conversation pays for their length.
"""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

Schema = dict[str, Any]
"""A JSON Schema."""

_SILENT = ("title", "default")
_NAMED = ("properties", "$defs")
"""Keywords whose keys are names, and no keywords."""


def describe_input(model: type[BaseModel]) -> Schema:
    """Return the schema of what a tool takes."""
    schema = _cut(model.model_json_schema())
    schema.pop("description", None)
    return schema


def describe_output(model: type[BaseModel]) -> Schema:
    """Return the schema of what a tool gives."""
    schema = _cut(model.model_json_schema())
    for one in (schema, *schema.get("$defs", {}).values()):
        # Their names say it; that nothing else is there is of use to us alone.
        one.pop("description", None)
        one.pop("additionalProperties", None)
    return schema


def _cut(schema: Mapping[str, Any]) -> Schema:
    """Leave out names, defaults and null: what there is not is left out."""
    kept: Schema = {}
    for keyword, value in schema.items():
        if keyword in _SILENT:
            continue
        if keyword in _NAMED:
            kept[keyword] = {name: _cut(one) for name, one in value.items()}
        elif keyword == "anyOf":
            kept |= _choose([_cut(one) for one in value])
        elif isinstance(value, dict):
            kept[keyword] = _cut(value)
        else:
            kept[keyword] = value
    return kept


def _choose(choices: list[Schema]) -> Schema:
    present = [one for one in choices if one != {"type": "null"}]
    return present[0] if len(present) == 1 else {"anyOf": present}
