"""Databases for tests: copies of what is made once, on SQLite and on PostgreSQL."""

import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any, Protocol, TypeVar

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine

from app.api.dependencies import Clock, read_clock
from app.database import build_engine
from app.main import Service, create_app
from app.settings import ROOT, Settings
from tests.postgres import PostgresServer

T = TypeVar("T")
Fill = Callable[[Engine], object]
"""Puts into a database with tables what a test needs to be there."""


_NUMBERS = count()
"""Names of databases differ, whoever makes them on one server."""


class Maker(Protocol):
    """Where databases are made, by their names."""

    def make(self, name: str, template: str | None) -> str:
        """Make an empty database, or a copy of another; return its URL."""

    def remove(self, name: str) -> None:
        """Remove a database, whoever is still connected."""


@dataclass(frozen=True)
class SqliteFiles:
    """Files of a directory."""

    directory: Path

    def make(self, name: str, template: str | None) -> str:
        path = self.directory / f"{name}.db"
        if template:
            # All of it is in the file: its last connection was closed.
            shutil.copyfile(self.directory / f"{template}.db", path)
        return f"sqlite:///{path}"

    def remove(self, name: str) -> None:
        for path in self.directory.glob(f"{name}.db*"):
            path.unlink()


@dataclass(frozen=True)
class PostgresDatabases:
    """Databases of a server."""

    server: PostgresServer

    def make(self, name: str, template: str | None) -> str:
        source = f"TEMPLATE {template} STRATEGY file_copy" if template else ""
        self.server.execute(f"CREATE DATABASE {name} {source}")
        return self.server.url(name)

    def remove(self, name: str) -> None:
        self.server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@dataclass
class Databases:
    """Opens databases of one kind; what fills one is done once, and then copied.

    This is one of so many `kinds` that tests run on, by its number.
    """

    maker: Maker
    number: int = 0
    kinds: int = 1
    _templates: dict[Fill, str] = field(default_factory=dict)

    @contextmanager
    def opened(self, fill: Fill | None = None) -> Iterator[Engine]:
        """Open a database with tables, and with what `fill` puts in."""
        with self._opened(self._find_template(fill)) as engine:
            yield engine

    @contextmanager
    def opened_empty(self) -> Iterator[Engine]:
        """Open a database without tables."""
        with self._opened(None) as engine:
            yield engine

    @contextmanager
    def _opened(self, template: str | None) -> Iterator[Engine]:
        name = self._name()
        engine = build_engine(self.maker.make(name, template))
        try:
            yield engine
        finally:
            engine.dispose()
            self.maker.remove(name)

    def _find_template(self, fill: Fill | None) -> str:
        do = fill or migrate
        if do not in self._templates:
            below = self._find_template(None) if fill else None
            name = self._name()
            engine = build_engine(self.maker.make(name, below))
            do(engine)
            engine.dispose()
            self._templates[do] = name
        return self._templates[do]

    def share(self, items: Iterable[T]) -> list[T]:
        """Return the part of what is long that is tried on this kind of database."""
        return list(items)[self.number :: self.kinds]

    def _name(self) -> str:
        return f"test_{next(_NUMBERS)}"


def migrate(engine: Engine, revision: str = "head") -> None:
    """Bring a database to a revision of the schema."""
    config = Config(toml_file=ROOT / "pyproject.toml")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


@contextmanager
def making_app(
    engine: Engine, *, clock: Clock = read_clock, **settings: Any
) -> Iterator[Service]:
    """Make the application on a database, with these settings."""
    app = create_app(Settings(database_url=show_url(engine), **settings), clock=clock)
    try:
        yield app
    finally:
        app.state.engine.dispose()


def show_url(engine: Engine) -> str:
    """Return the URL of a database, as DATABASE_URL takes it."""
    return engine.url.render_as_string(hide_password=False)
