"""The databases that are served: made once of the shipped library, and kept.

They are kept in `.bench` under a digest of all that they are made of. An item is an
entry of any kind.
"""

import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import typer

from app.content.files import read_directory
from app.database import build_engine
from app.library.bundle import Bundle
from app.settings import ROOT
from bench.apps.tutorial_tables import fill
from bench.multiply import multiply
from tests.processes import WHATNEXT
from tests.publishing import publish

KEPT = ROOT / ".bench"
MADE_OF = (
    ("app", "*.py"),
    ("migrations", "*.py"),
    ("seed_data", "*.yaml"),
    ("bench", "databases.py"),
    ("bench", "multiply.py"),
    ("bench", "tutorial_tables.py"),
)
COPIES = {"shipped": 1, "1,000": 2, "10,000": 41}
"""How often the topic is in the library of each size; the last two are a bit larger."""


@dataclass(frozen=True)
class Place:
    """One library: the database of whatnext, and that of the tutorial-style peer."""

    size: str
    directory: Path

    @property
    def whatnext(self) -> Path:
        return self.directory / "whatnext.db"

    @property
    def tutorial(self) -> Path:
        return self.directory / "tutorial.db"

    @property
    def environment(self) -> dict[str, str]:
        """What servers are told of where their data is."""
        return {
            "DATABASE_URL": f"sqlite:///{self.whatnext}",
            "TUTORIAL_URL": f"sqlite:///{self.tutorial}",
            # All that is asked comes from one address.
            "RATE_LIMIT": "off",
        }


def make_place(size: str) -> Place:
    """Return the databases of a size; the largest takes minutes, the first time."""
    kept = KEPT / _digest()
    place = Place(size, kept / size.replace(",", ""))
    if not place.directory.exists():
        _forget_others(kept)
        typer.echo(f"Making the library of {size} items: once, and then it is kept.")
        new = place.directory.with_suffix(".new")
        shutil.rmtree(new, ignore_errors=True)
        new.mkdir(parents=True)
        _make(Place(size, new))
        new.rename(place.directory)
    return place


def _make(place: Place) -> None:
    bundle, _ = read_directory(ROOT / "seed_data")
    if COPIES[place.size] > 1:
        bundle = multiply(bundle, COPIES[place.size])
    environment = {**os.environ, **place.environment}
    subprocess.run(
        [WHATNEXT, "migrate"], env=environment, check=True, capture_output=True
    )
    _publish(bundle, place)
    fill(place.tutorial, place.whatnext)


def _publish(bundle: Bundle, place: Place) -> None:
    engine = build_engine(place.environment["DATABASE_URL"])
    publish(engine, bundle, at=datetime.now(UTC))
    # Closing the last connection writes everything into the one file.
    engine.dispose()


def _digest() -> str:
    digest = sha256()
    for path in _list_files():
        digest.update(f"{path.relative_to(ROOT).as_posix()}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _list_files() -> Iterator[Path]:
    for directory, pattern in MADE_OF:
        yield from sorted((ROOT / directory).rglob(pattern))


def _forget_others(kept: Path) -> None:
    for other in KEPT.glob("*"):
        if other != kept:
            shutil.rmtree(other)
