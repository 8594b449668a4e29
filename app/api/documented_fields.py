"""What the OpenAPI document says of `fields`: which words there are, and what comes."""

from collections.abc import Iterable
from dataclasses import fields as dataclass_fields
from typing import Any

from app.api.forms import MEDIA_TYPES, Form
from app.api.texts import ALWAYS_SAID
from app.fields import Kind
from app.render.shapes import OUT_TYPES, field_names
from app.render.text_json import TextAnswer

Json = dict[str, Any]

_REFERENCE = "#/components/schemas/"
_JSON, _PARTS = MEDIA_TYPES[Form.JSON], MEDIA_TYPES[Form.PARTS]


def describe_fields(operation: Json, schemas: Json) -> None:
    """Name the words of `fields`, and let an item have as few as it chooses.

    The document cannot say that all of them are there without `fields`.
    """
    asked = [one for one in operation.get("parameters", []) if one["name"] == "fields"]
    for parameter in asked:
        content = operation["responses"]["200"]["content"]
        is_told = _PARTS in content
        kind = _find_kind(content[_JSON]["schema"], schemas)
        words = [*field_names(kind), *(_list_parts() if is_told else ())]
        _describe(parameter["schema"], list(dict.fromkeys(words)))
        for media_type in (_JSON, _PARTS) if is_told else (_JSON,):
            media = content[media_type]
            # Operations share what they have alike.
            content[media_type] = {**media, "schema": _loosen(media, schemas)}


def _find_kind(schema: Json, schemas: Json) -> Kind:
    """Return the kind of the item that an answer is, or a list of which it is."""
    name = _name(schema)
    if name.startswith("Page_"):
        name = _name(schemas[name]["properties"]["items"]["items"])
    name = name.removesuffix("Listed").removesuffix("Out")
    [kind] = [one for one, out in OUT_TYPES.items() if out.__name__ == f"{name}Out"]
    return kind


def _list_parts() -> Iterable[str]:
    return (field.name for field in dataclass_fields(TextAnswer))


def _describe(schema: Json, words: list[str]) -> None:
    one = f" *({'|'.join(sorted(words))}) *"
    text, _ = schema["anyOf"]
    text["pattern"] = f"^{one}(,{one})*$"
    telling = [word for word in words if word not in ("slug", "links")]
    schema["examples"] = [",".join(telling[:2])]


def _loosen(media: Json, schemas: Json) -> Json:
    """Return a schema of a whole answer, or of a part of it."""
    schema: Json = media["schema"]
    name = _name(schema)
    if name.startswith("Page_"):
        return schema
    is_text = name == TextAnswer.__name__
    part = f"{name}Part" if is_text else f"{name.removesuffix('Out')}Listed"
    must = [*ALWAYS_SAID] if is_text else ["slug"]
    schemas.setdefault(part, {**schemas[name], "title": part, "required": must})
    return {"anyOf": [schema, {"$ref": f"{_REFERENCE}{part}"}]}


def _name(schema: Json) -> str:
    name: str = schema["$ref"].rpartition("/")[2]
    return name
