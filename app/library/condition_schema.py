"""The condition language as JSON Schema 2020-12, for editors."""

from collections.abc import Mapping, Sequence
from typing import Any

from app.library.profile_fields import (
    OUTCOME_WORDS,
    PROFILE_FIELDS,
    SINCE_DAYS_MAX,
    TREND_WORDS,
    NumberField,
    ProfileField,
    WordField,
)

CONDITION_REF = {"$ref": "#/$defs/condition"}
Schema = dict[str, Any]


def condition_schema(slugs: Mapping[str, Sequence[str]]) -> Schema:
    """Return the schema of a condition; `slugs` are the valid ones by kind."""
    parts = {"type": "array", "items": CONDITION_REF, "minItems": 1}
    finding = one_of_slugs(slugs["findings"])
    measures = {
        f"measures.{slug}": _numbers({"type": "number"}) for slug in slugs["measures"]
    }
    properties = {
        "all": parts,
        "any": parts,
        "not": CONDITION_REF,
        "always": {"const": True},
        "has": {"anyOf": [finding, _qualified(finding)]},
        "tried": _tried(one_of_slugs(slugs["treatments"])),
        "is": one_of_slugs(slugs["conditions"]),
        **{path: _field(field) for path, field in PROFILE_FIELDS.items()},
        **measures,
    }
    return {
        "type": "object",
        "description": "A condition: a mapping with exactly one key.",
        "minProperties": 1,
        "maxProperties": 1,
        "additionalProperties": False,
        "properties": properties,
    }


def one_of_slugs(slugs: Sequence[str]) -> Schema:
    """Return the schema of a slug out of these; without any, of text."""
    return {"enum": sorted(slugs)} if slugs else {"type": "string"}


def _qualified(finding: Schema) -> Schema:
    days = {"type": "number", "minimum": 0, "maximum": SINCE_DAYS_MAX}
    properties = {
        "finding": finding,
        "since_days": _numbers(days),
        "trend": _words(TREND_WORDS),
    }
    return _closed(properties, ["finding"])


def _tried(treatment: Schema) -> Schema:
    properties = {"treatment": treatment, "outcome": _words(OUTCOME_WORDS)}
    return _closed(properties, ["treatment", "outcome"])


def _closed(properties: Schema, required: list[str]) -> Schema:
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": properties,
        "required": required,
    }


def _field(field: ProfileField) -> Schema:
    match field:
        case WordField(words=words):
            return _words(words)
        case NumberField(minimum=minimum, maximum=maximum, whole=whole):
            kind = "integer" if whole else "number"
            return _numbers({"type": kind, "minimum": minimum, "maximum": maximum})


def _words(words: Sequence[str]) -> Schema:
    word = {"enum": list(words)}
    return {"anyOf": [word, {"type": "array", "items": word, "minItems": 1}]}


def _numbers(number: Schema) -> Schema:
    bounds = {"at_least": number, "at_most": number}
    span = {**_closed(bounds, []), "minProperties": 1}
    return {"anyOf": [number, {"type": "array", "items": number, "minItems": 1}, span]}
