"""The short way to the database for what is read most: compiled once, no objects made.

Statements stay SQLAlchemy's expressions; only what they come to is kept as text.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, Engine
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError

from app.database import reading

_DIALECTS = {
    "sqlite": sqlite.dialect(paramstyle="named"),
    "postgresql": postgresql.dialect(paramstyle="pyformat"),  # type: ignore[no-untyped-call]
}


class Snapshot:
    """One state of the database, of which rows are read as the driver has them.

    `count` is how many statements were run.
    """

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.count = 0
        self._cursor = connection.connection.cursor()
        self._failure: type[Exception] = connection.dialect.loaded_dbapi.Error

    def begin(self) -> None:
        """Have all that is read from now on be of one state, whatever others write."""
        if self.connection.dialect.name == "sqlite":
            # The driver of PostgreSQL begins by itself; SQLAlchemy would take longer.
            self._cursor.execute("BEGIN")

    def fetch(
        self, statement: sa.SelectBase, values: Mapping[str, Any]
    ) -> Sequence[Sequence[Any]]:
        """Return the rows of a statement whose parameters have these values."""
        text, constants = compile_text(statement, self.connection.dialect.name)
        self.count += 1
        try:
            self._cursor.execute(text, {**constants, **values})
            rows: Sequence[Sequence[Any]] = self._cursor.fetchall()
        except self._failure as error:
            raise DBAPIError(None, None, error) from error
        return rows


@lru_cache(maxsize=1024)
def compile_text(
    statement: sa.SelectBase, dialect: str
) -> tuple[str, Mapping[str, Any]]:
    compiled = statement.compile(dialect=_DIALECTS[dialect])
    return str(compiled), compiled.params


@contextmanager
def open_snapshot(engine: Engine) -> Iterator[Snapshot]:
    """Open a connection whose reads all see the same."""
    with reading(engine).connect() as connection:
        snapshot = Snapshot(connection)
        snapshot.begin()
        yield snapshot
