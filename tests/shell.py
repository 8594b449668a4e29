"""The shell in tests: the command, and where it works."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine
from typer.testing import CliRunner, Result

from app.cli.root import app
from app.database import read_session
from app.fields import Kind
from app.queries.releases import find_release
from tests.databases import show_url
from tests.directories import write_directory
from tests.factories import (
    COMPLETE,
    Data,
    complete,
    make_bundle,
    make_case,
    make_treatment,
)
from tests.publishing import publish

Own = Mapping[Kind, Iterable[Data]]
YOGA: Own = {Kind.TREATMENTS: [make_treatment("yoga")]}
WRONG: Own = {
    Kind.CASES: [make_case(expect={"level": "emergency", "could_be": "emergency"})]
}
STRAY = ("NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE", "WHATNEXT_API_KEY")


@dataclass(frozen=True)
class Place:
    """Where commands work: a directory with content in it, and a database."""

    directory: Path
    engine: Engine

    @property
    def content(self) -> Path:
        return self.directory / "content"

    @property
    def out(self) -> Path:
        return self.directory / "out"

    @property
    def release(self) -> tuple[int, str] | None:
        """The number and the note of the present release."""
        with read_session(self.engine) as session:
            found = find_release(session)
            return (found.number, found.note) if found else None

    def write(self, own: Own) -> None:
        """Make the content the small library with these entries."""
        write_directory(self.content, complete(own))

    def publish(self, own: Own) -> None:
        """Publish the small library with these entries, past the command."""
        bundle = make_bundle(complete(own))
        publish(self.engine, bundle, at=datetime.now(UTC))


def settle(directory: Path, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Place:
    """Let commands work in a directory: the small library, and this database."""
    place = Place(directory, engine)
    write_directory(place.content, COMPLETE)
    monkeypatch.chdir(directory)
    monkeypatch.setenv("SEED_DATA", str(place.content))
    monkeypatch.setenv("DATABASE_URL", show_url(engine))
    for name in STRAY:
        monkeypatch.delenv(name, raising=False)
    return place


def run(*arguments: str, env: Mapping[str, str] | None = None) -> Result:
    """Run the command, with these variables beside those that are set."""
    return CliRunner().invoke(app, arguments, env=env)


def read_files(directory: Path) -> dict[str, bytes]:
    """Return every file of a directory by name."""
    return {
        path.relative_to(directory).as_posix(): path.read_bytes()
        for path in directory.rglob("*")
        if path.is_file()
    }
