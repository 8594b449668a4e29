"""Writes a bundle as content files: reading them gives the same bundle back.

The files depend on the bundle alone, so that of two exports only what differs differs.
"""

from collections.abc import Mapping
from enum import StrEnum

from pydantic import JsonValue

from app.content.files import DIRECTORIES, LIBRARY_FILE, LIST_FILES
from app.content.schemas import schema_file
from app.content.yaml_writer import write_yaml
from app.fields import Kind
from app.library.bundle import Bundle
from app.library.conditions import Condition, dump_condition
from app.library.entry import Part
from app.library.profile import Reported


def export_files(bundle: Bundle) -> dict[str, str]:
    """Return the text of every content file by its name."""
    library = _head(Kind.LIBRARY) + write_yaml(_plain(bundle.library))
    return {LIBRARY_FILE: library, **_export_lists(bundle), **_export_items(bundle)}


def _export_lists(bundle: Bundle) -> dict[str, str]:
    """Return a file for each kind that stands in a list, unless there are none."""
    files = {}
    for name, kind in LIST_FILES.items():
        entries = bundle.of_kind(kind)
        if entries:
            listed = [_plain(entries[slug]) for slug in sorted(entries)]
            files[name] = _head(kind) + write_yaml(listed)
    return files


def _export_items(bundle: Bundle) -> dict[str, str]:
    return {
        f"{folder}/{slug}.yaml": _head(kind, "../") + write_yaml(_plain(entry))
        for folder, kind in DIRECTORIES.items()
        for slug, entry in sorted(bundle.of_kind(kind).items())
    }


def _head(kind: Kind, up: str = "") -> str:
    """Return the first line, by which editors find the schema."""
    return f"# yaml-language-server: $schema={up}{schema_file(kind)}\n"


def _plain(value: object) -> JsonValue:
    """Return what an author would write: short forms, and nothing that is so anyway."""
    match value:
        case Part():
            return _plain_part(value)
        case Mapping():
            return {str(key): _plain(value[key]) for key in sorted(value, key=_rank)}
        case tuple():
            return [_plain(one) for one in value]
        case bool() | int():
            return value
        case float():
            return int(value) if _is_whole(value) else value
        case _:
            return dump_condition(value) if isinstance(value, Condition) else str(value)


def _plain_part(part: Part) -> JsonValue:
    if isinstance(part, Reported) and part == Reported(finding=part.finding):
        return part.finding
    fields = type(part).model_fields
    defaults = {
        name: field.get_default(call_default_factory=True)
        for name, field in fields.items()
        if not field.is_required()
    }
    return {
        name: _plain(getattr(part, name))
        for name in fields
        if name not in defaults or getattr(part, name) != defaults[name]
    }


def _rank(key: str) -> tuple[int, str]:
    """Order the words of a closed list as it has them, and slugs by themselves."""
    return (list(type(key)).index(key) if isinstance(key, StrEnum) else 0, key)


def _is_whole(number: float) -> bool:
    """Say whether a field reads the same number without its `.0`."""
    return repr(float(int(number))) == repr(number)
