"""Content directories on disk: the small library as files, and mistakes in it."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from app.content.files import DIRECTORIES, LIBRARY_FILE, LIST_FILES
from app.fields import Kind
from tests.factories import BASE, Data


def write_directory(
    directory: Path, own: Mapping[Kind, Iterable[Data]] | None = None
) -> Path:
    """Write the small library with these entries added or put in place of its own.

    JSON with a key a line is YAML too.
    """
    entries = {
        kind: {data["slug"]: data for data in [*BASE.get(kind, []), *added]}
        for kind in Kind
        for added in [(own or {}).get(kind, [])]
    }
    [library] = entries[Kind.LIBRARY].values()
    write_file(directory, LIBRARY_FILE, _to_yaml(library))
    for name, kind in LIST_FILES.items():
        write_file(directory, name, _to_yaml(list(entries[kind].values())))
    for name, kind in DIRECTORIES.items():
        for slug, data in entries[kind].items():
            write_file(directory, f"{name}/{slug}.yaml", _to_yaml(data))
    return directory


def write_file(directory: Path, name: str, text: str) -> None:
    path = directory / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _to_yaml(data: object) -> str:
    return json.dumps(data, indent=2) + "\n"
