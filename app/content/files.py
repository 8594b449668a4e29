"""Reads a content directory into a bundle, or says every mistake in it at once."""

import json
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from pydantic import JsonValue, ValidationError

from app.content.following import Follow, each, ignore
from app.content.places import Place, Places
from app.content.yaml_reader import read_yaml
from app.errors import ContentError, ContentProblem, Fault
from app.fields import Kind
from app.library.bundle import ENTRY_TYPES, Bundle, Identity
from app.library.canonical import canonical_json
from app.library.entry import Entry
from app.library.faults import read_faults
from app.library.nearest import name_choices

LIST_FILES = {
    "references.yaml": Kind.REFERENCES,
    "guidelines.yaml": Kind.GUIDELINES,
    "conditions.yaml": Kind.CONDITIONS,
    "findings.yaml": Kind.FINDINGS,
    "measures.yaml": Kind.MEASURES,
    "screens.yaml": Kind.SCREENS,
}
DIRECTORIES = {
    "treatments": Kind.TREATMENTS,
    "failure_causes": Kind.FAILURE_CAUSES,
    "warning_signs": Kind.WARNING_SIGNS,
    "topics": Kind.TOPICS,
    "cases": Kind.CASES,
}
LIBRARY_FILE = "library.yaml"
EXPECTED = (LIBRARY_FILE, *LIST_FILES, *DIRECTORIES)
_TOP_FILES = {LIBRARY_FILE: Kind.LIBRARY, **LIST_FILES}


@dataclass
class Reading:
    """What could be read.

    `declared` are the items that stand there but are broken, `closed` the kinds of
    which nothing could be read at all.
    """

    entries: dict[Kind, dict[str, Entry]] = field(
        default_factory=lambda: {kind: {} for kind in Kind}
    )
    places: dict[Identity, Place] = field(default_factory=dict)
    problems: list[ContentProblem] = field(default_factory=list)
    declared: set[Identity] = field(default_factory=set)
    closed: set[Kind] = field(default_factory=set)

    @property
    def bundle(self) -> Bundle:
        """Return what could be read as a library. Raises `ContentError` without one."""
        if not self.entries[Kind.LIBRARY]:
            raise ContentError(self.problems)
        return Bundle.of(self.entries)


def read_directory(directory: Path) -> tuple[Bundle, Places]:
    """Read all content files. Raises `ContentError` with every problem found."""
    reading = read_files(directory)
    if reading.problems:
        raise ContentError(reading.problems)
    return reading.bundle, Places(reading.places)


def read_files(directory: Path, follow: Follow = ignore) -> Reading:
    """Read what can be read. Raises `ContentError` if there is no such directory."""
    require_directory(directory)
    files, problems = list_files(directory)
    reading = Reading(problems=problems)
    for name, kind in each(files.items(), "file", follow):
        read = _read_list if name in LIST_FILES else _read_file
        read(directory / name, name, kind, reading)
    if not reading.entries[Kind.LIBRARY]:
        _complain(reading, LIBRARY_FILE, "The library has no readable library.yaml.")
    return reading


def list_files(directory: Path) -> tuple[dict[str, Kind], list[ContentProblem]]:
    """Return the content files by name in order, and what does not belong there.

    What begins with a dot is nobody's business.
    """
    files: dict[str, Kind] = {}
    problems: list[ContentProblem] = []
    for path in _visible(directory):
        if path.name in _TOP_FILES:
            files[path.name] = _TOP_FILES[path.name]
        elif path.name in DIRECTORIES and path.is_dir():
            for inner in _visible(path):
                name = f"{path.name}/{inner.name}"
                if inner.suffix == ".yaml" and inner.is_file():
                    files[name] = DIRECTORIES[path.name]
                else:
                    detail = "Not a .yaml file."
                    problems.append(ContentProblem(name, 0, "", detail))
        else:
            detail = f"Unexpected. {name_choices(path.name, EXPECTED)}"
            problems.append(ContentProblem(path.name, 0, "", detail))
    return files, problems


def digest_files(directory: Path) -> str:
    """Return the digest of a content directory. Raises `ContentError` without one."""
    require_directory(directory)
    files, problems = list_files(directory)
    names = [*files, *(one.file for one in problems)]
    digest = sha256(canonical_json(names).encode())
    for name in files:
        digest.update(sha256((directory / name).read_bytes()).digest())
    return digest.hexdigest()


def require_directory(directory: Path) -> None:
    """Raise `ContentError` if there is no such directory."""
    if not directory.is_dir():
        missing = ContentProblem(directory.name, 0, "", "There is no such directory.")
        raise ContentError([missing])


def _visible(directory: Path) -> list[Path]:
    return sorted(path for path in directory.iterdir() if path.name[0] != ".")


def _complain(reading: Reading, file: str, detail: str) -> None:
    reading.problems.append(ContentProblem(file, 0, "", detail))


def _read_file(path: Path, name: str, kind: Kind, reading: Reading) -> None:
    place = _open(path, name, reading)
    if place is None:
        reading.declared.add((kind, path.stem))
        return
    entry = _read_entry(place.document.data, kind, place, reading)
    if entry is None:
        reading.declared.add((kind, path.stem))
    if entry and kind is not Kind.LIBRARY and entry.slug != path.stem:
        reading.declared.add((kind, path.stem))
        wrong = Fault("/slug", f"Must be the name of the file: {path.stem}.")
        reading.problems.append(place.problem(wrong))


def _read_list(path: Path, name: str, kind: Kind, reading: Reading) -> None:
    place = _open(path, name, reading)
    if place is None:
        reading.closed.add(kind)
        return
    if not isinstance(place.document.data, list):
        reading.closed.add(kind)
        _complain(reading, name, "Needs a list of entries.")
        return
    for index, data in enumerate(place.document.data):
        _read_entry(data, kind, Place(name, place.document, f"/{index}"), reading)


def _open(path: Path, name: str, reading: Reading) -> Place | None:
    try:
        place = Place(name, read_yaml(path.read_text(encoding="utf-8")))
    except (UnicodeDecodeError, OSError):
        _complain(reading, name, "Not a readable file of UTF-8 text.")
        return None
    faults = place.document.faults
    reading.problems += [place.problem(fault) for fault in faults]
    return None if faults else place


def _read_entry(
    data: JsonValue, kind: Kind, place: Place, reading: Reading
) -> Entry | None:
    try:
        entry = parse_entry(kind, data)
    except ValidationError as error:
        faults = read_faults(error.errors(), ENTRY_TYPES[kind], hide_sent=False)
        reading.problems += [place.problem(fault) for fault in faults]
        if isinstance(data, dict) and isinstance(data.get("slug"), str):
            reading.declared.add((kind, str(data["slug"])))
        return None
    if entry.slug in reading.entries[kind]:
        first = reading.places[kind, entry.slug].file
        twice = Fault("/slug", f"This {kind.singular} stands in {first} already.")
        reading.problems.append(place.problem(twice))
        return None
    reading.entries[kind][entry.slug] = entry
    reading.places[kind, entry.slug] = place
    return entry


def parse_entry(kind: Kind, data: JsonValue) -> Entry:
    """Read plain data as an entry, strictly. Raises `ValidationError`."""
    return ENTRY_TYPES[kind].model_validate_json(json.dumps(data), strict=True)
