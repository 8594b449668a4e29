"""Engines and transactions on SQLite (the embedded default) and PostgreSQL."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy
from sqlalchemy import Connection, Engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.pool import StaticPool
from sqlmodel import Session

# The time-out comes first: even to switch the journal may have to wait.
SQLITE_PRAGMAS = (
    "busy_timeout=5000",
    "journal_mode=WAL",
    "synchronous=NORMAL",
    "foreign_keys=ON",
)
BEGIN_OPTION = "sqlite_begin"
WRITE_LOCK = 20_261_123
"""The advisory lock of writers on PostgreSQL, where no file lock stands for it."""


def build_engine(database_url: str) -> Engine:
    """Return an engine for SQLite or PostgreSQL, with foreign keys enforced."""
    url = make_url(database_url)
    if url.get_backend_name() != "sqlite":
        return sqlalchemy.create_engine(url, pool_pre_ping=True)
    options: dict[str, Any] = {"connect_args": {"check_same_thread": False}}
    if url.database in (None, "", ":memory:"):
        # Else each thread would get a database of its own.
        options["poolclass"] = StaticPool
    engine = sqlalchemy.create_engine(url, **options)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    # The driver must not begin transactions by itself: it would begin them too late.
    connection.isolation_level = None
    for pragma in SQLITE_PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    options = connection.get_execution_options()
    connection.exec_driver_sql(options.get(BEGIN_OPTION, "BEGIN"))


def reading(engine: Engine) -> Engine:
    """Return the engine with transactions that read one snapshot and write nothing."""
    if engine.dialect.name == "sqlite":
        return engine
    return engine.execution_options(
        isolation_level="REPEATABLE READ", postgresql_readonly=True
    )


@contextmanager
def read_session(engine: Engine) -> Iterator[Session]:
    """Open a session that reads one snapshot and writes nothing."""
    with Session(reading(engine)) as session:
        yield session


def locking(engine: Engine) -> Engine:
    """Return the engine with transactions that take SQLite's write lock at once."""
    return engine.execution_options(**{BEGIN_OPTION: "BEGIN IMMEDIATE"})


@contextmanager
def write_session(engine: Engine) -> Iterator[Session]:
    """Open a session that takes the one write lock at once and commits at the end."""
    with Session(locking(engine)) as session:
        connection = session.connection()
        if engine.dialect.name == "postgresql":
            lock = text("SELECT pg_advisory_xact_lock(:key)")
            connection.execute(lock, {"key": WRITE_LOCK})
        yield session
        session.commit()
