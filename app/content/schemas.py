"""Writes JSON Schemas of the content files, with the slugs that there are."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import JsonValue

from app.content.files import (
    DIRECTORIES,
    LIBRARY_FILE,
    LIST_FILES,
    require_directory,
)
from app.content.yaml_reader import read_yaml
from app.fields import Kind
from app.library.bundle import ENTRY_TYPES
from app.library.condition_schema import CONDITION_REF, condition_schema, one_of_slugs
from app.library.profile_schema import DIALECT

FOLDER = ".schemas"
Slugs = Mapping[str, Sequence[str]]


def write_schemas(directory: Path) -> list[Path]:
    """Write a schema for each kind of file into `.schemas`, and return the paths.

    The slugs are read leniently: an editor needs schemas most while content is broken.
    Raises `ContentError` if there is no such directory.
    """
    require_directory(directory)
    slugs = _read_slugs(directory)
    (directory / FOLDER).mkdir(exist_ok=True)
    written = []
    for kind in Kind:
        schema = _entry_schema(kind, slugs)
        if kind in LIST_FILES.values():
            schema = _list_of(schema)
        path = directory / schema_file(kind)
        path.write_text(json.dumps(schema, indent=1, sort_keys=True) + "\n")
        written.append(path)
    return written


def schema_file(kind: Kind) -> str:
    """Return the name of a kind's schema in a content directory."""
    return f"{FOLDER}/{kind.value}.schema.json"


def _entry_schema(kind: Kind, slugs: Slugs) -> dict[str, Any]:
    schema: dict[str, Any] = _put_in(ENTRY_TYPES[kind].model_json_schema(), slugs)
    schema.setdefault("$defs", {})["condition"] = condition_schema(slugs)
    return {"$schema": DIALECT, **schema}


def _list_of(schema: dict[str, Any]) -> dict[str, Any]:
    inner = {key: schema[key] for key in schema if key not in ("$defs", "$schema")}
    return {
        "$schema": DIALECT,
        "$defs": schema["$defs"],
        "type": "array",
        "items": inner,
    }


def _put_in(schema: Any, slugs: Slugs) -> Any:
    """Put conditions and slugs in place of the marks that the entries leave."""
    if isinstance(schema, list):
        return [_put_in(one, slugs) for one in schema]
    if not isinstance(schema, dict):
        return schema
    if "x-condition" in schema:
        return CONDITION_REF
    if "x-refers-to" in schema:
        return one_of_slugs(slugs[schema["x-refers-to"]])
    return {key: _put_in(value, slugs) for key, value in schema.items()}


def _read_slugs(directory: Path) -> Slugs:
    found: dict[str, list[str]] = {kind.value: [] for kind in Kind}
    for name, kind in LIST_FILES.items():
        found[kind.value] += _slugs_in(directory / name)
    for name, kind in DIRECTORIES.items():
        paths = (directory / name).glob("*.yaml")
        found[kind.value] += sorted(path.stem for path in paths)
    found[Kind.LIBRARY.value] += _slugs_in(directory / LIBRARY_FILE)
    return found


def _slugs_in(path: Path) -> list[str]:
    if not path.is_file():
        return []
    data = read_yaml(path.read_text(encoding="utf-8", errors="replace")).data
    entries: list[JsonValue] = data if isinstance(data, list) else [data]
    return [
        str(one["slug"]) for one in entries if isinstance(one, dict) and "slug" in one
    ]
