"""Engines and transactions on SQLite (the embedded default) and PostgreSQL."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from math import ceil
from pathlib import Path
from typing import Any

import sqlalchemy
from sqlalchemy import URL, Connection, Engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.pool import StaticPool
from sqlmodel import Session

SQLITE_PRAGMAS = ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON")
SQLITE_MS = 5000
SQLITE_READ_MS = 100
"""How long a read of a service waits for SQLite, where no writer is in its way.

It may be made where all others wait for it.
"""

BEGIN_OPTION = "sqlite_begin"
WAIT_OPTION = "sqlite_wait"
_AT_ONCE = "BEGIN IMMEDIATE"
WRITE_LOCK = 20_261_123
"""The advisory lock of writers on PostgreSQL, where no file lock stands for it."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a service asks of its database at most.

    `seconds` is how long anything waits for it: for a connection, for a lock, for the
    rows of a read. So many `connections` a process opens.
    """

    seconds: float
    connections: int

    @property
    def milliseconds(self) -> int:
        return ceil(self.seconds * 1000)


def build_engine(database_url: str | URL, *, limits: Limits | None = None) -> Engine:
    """Return an engine for SQLite or PostgreSQL, with foreign keys enforced.

    Without limits it is one of a command, which has time, and may make a new file.
    """
    url = make_url(database_url)
    pool: dict[str, Any] = {}
    if limits is not None:
        # Fewer than there are threads: those left over tell others that it is busy.
        pool = {"pool_size": limits.connections, "max_overflow": 0}
        pool["pool_timeout"] = limits.seconds
    if url.get_backend_name() == "sqlite":
        return _build_sqlite(url, limits, pool)
    return _build_postgresql(url, limits, pool)


def _build_sqlite(url: URL, limits: Limits | None, pool: dict[str, Any]) -> Engine:
    options: dict[str, Any] = {"connect_args": {"check_same_thread": False}}
    if url.database in (None, "", ":memory:"):
        # Else each thread would get a database of its own.
        engine = sqlalchemy.create_engine(url, **options, poolclass=StaticPool)
    else:
        engine = sqlalchemy.create_engine(url, **options, **pool)
    wait = SQLITE_MS if limits is None else SQLITE_READ_MS
    event.listen(engine, "connect", partial(_prepare_sqlite, wait))
    event.listen(engine, "begin", _begin_sqlite)
    if limits is not None:
        event.listen(engine, "do_connect", _open_only)
        engine.update_execution_options(**{WAIT_OPTION: limits.milliseconds})
    return engine


def build_beside(engine: Engine, *, limits: Limits) -> Engine:
    """Return an engine for reads on the event loop, on the same database.

    On SQLite they are made where all others wait for them: they have a connection of
    their own, as those who hold the others may be waiting. It goes with the engine.
    """
    if engine.dialect.name != "sqlite" or isinstance(engine.pool, StaticPool):
        return engine
    beside = build_engine(engine.url, limits=replace(limits, connections=1))
    event.listen(engine, "engine_disposed", lambda _: beside.dispose())
    return beside


def _prepare_sqlite(wait: int, connection: Any, _record: object) -> None:
    # The driver must not begin transactions by itself: it would begin them too late.
    connection.isolation_level = None
    # The time-out comes first: even to switch the journal may have to wait.
    for pragma in (f"busy_timeout={wait}", *SQLITE_PRAGMAS):
        connection.execute(f"PRAGMA {pragma}")


def _open_only(_dialect: object, _record: object, at: list[str], named: Any) -> None:
    """Open no file that is not there: one that was moved away can be put back."""
    if not at[0].startswith(("file:", ":memory:")):
        at[0] = f"{Path(at[0]).absolute().as_uri()}?mode=rw"
        named["uri"] = True


def _begin_sqlite(connection: Connection) -> None:
    options = connection.get_execution_options()
    how = options.get(BEGIN_OPTION, "BEGIN")
    wait = options.get(WAIT_OPTION)
    if how != _AT_ONCE or wait is None:
        raw = connection.connection.dbapi_connection
        # A snapshot has begun already, past SQLAlchemy.
        if raw is not None and not raw.in_transaction:
            connection.exec_driver_sql(how)
        return
    # To begin is all that a writer waits for.
    connection.exec_driver_sql(f"PRAGMA busy_timeout={wait}")
    try:
        connection.exec_driver_sql(how)
    finally:
        connection.exec_driver_sql(f"PRAGMA busy_timeout={SQLITE_READ_MS}")


def _build_postgresql(url: URL, limits: Limits | None, pool: dict[str, Any]) -> Engine:
    if limits is None:
        return sqlalchemy.create_engine(url, pool_pre_ping=True)
    engine = sqlalchemy.create_engine(
        url, pool_pre_ping=True, connect_args=_notice_silence(url, limits), **pool
    )
    event.listen(engine, "connect", partial(_limit_waits, limits))
    return engine


def _notice_silence(url: URL, limits: Limits) -> dict[str, int]:
    """Return what makes the driver give up a server that nothing comes from any more.

    What the URL says goes before it.
    """
    seconds = ceil(limits.seconds)
    wanted = {
        "connect_timeout": seconds,
        "keepalives_idle": seconds,
        "keepalives_interval": seconds,
        "keepalives_count": 2,
        "tcp_user_timeout": limits.milliseconds,
    }
    return {name: one for name, one in wanted.items() if name not in url.query}


_LIMITS = """
SELECT set_config(name, value, false) FROM (VALUES
    ('statement_timeout', %(wait)s),
    ('lock_timeout', %(wait)s),
    -- A writer that is cut off holds its lock until the server notices.
    ('tcp_keepalives_idle', '10'),
    ('tcp_keepalives_interval', '10'),
    ('tcp_keepalives_count', '3')
) AS setting (name, value)
"""


def _limit_waits(limits: Limits, connection: Any, _record: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_LIMITS, {"wait": f"{limits.milliseconds}ms"})
    connection.commit()


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
    return engine.execution_options(**{BEGIN_OPTION: _AT_ONCE})


# What a read is cut by is not for a write: that of a large library takes minutes.
_LOCK = text(
    "SELECT set_config('statement_timeout', '0', true), pg_advisory_xact_lock(:key)"
)


@contextmanager
def write_session(engine: Engine) -> Iterator[Session]:
    """Open a session that takes the one write lock at once and commits at the end."""
    with Session(locking(engine)) as session:
        connection = session.connection()
        if engine.dialect.name == "postgresql":
            raw = connection.connection.dbapi_connection
            if raw is not None:
                # After a read, SQLAlchemy would ask to write where that is not wanted.
                raw.read_only = None
            connection.execute(_LOCK, {"key": WRITE_LOCK})
        yield session
        session.commit()
