"""Schemas that nothing in the OpenAPI document refers to are left out of it."""

import json
import re
from typing import Any

Json = dict[str, Any]

_USED = re.compile(r'"#/components/schemas/([^"/]+)"')
_SENT = "-Input"


def drop_unused_schemas(document: Json) -> Json:
    """Return the document with only the schemas that an answer or a request has.

    FastAPI tells what is sent from what comes back; where that is gone, so is the word.
    """
    components = document["components"]
    schemas = components["schemas"]
    rest = {**document, "components": {**components, "schemas": {}}}
    used: set[str] = set()
    found = _names_in(rest)
    while found:
        used |= found
        found = {one for name in found for one in _names_in(schemas[name])} - used
    kept = {name: schema for name, schema in schemas.items() if name in used}
    text = json.dumps({**document, "components": {**components, "schemas": kept}})
    for name in used:
        plain = name.removesuffix(_SENT)
        if plain != name and not {plain, f"{plain}-Output"} & used:
            text = text.replace(f'"{name}"', f'"{plain}"')
            text = text.replace(f'/{name}"', f'/{plain}"')
    named: Json = json.loads(text)
    return named


def _names_in(part: object) -> set[str]:
    return set(_USED.findall(json.dumps(part)))
