"""Kills a process that publishes at a chosen moment, by watching it hold the lock.

Nothing in the product helps with this: that a process holds the write lock is seen from
outside, and how long it does so is measured once on a process that is left alone.
"""

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from random import Random
from subprocess import Popen

import sqlalchemy as sa
from sqlalchemy import Engine
from sqlmodel import SQLModel

from app.database import WRITE_LOCK, read_session

PATIENCE = 60
"""How many seconds a process may take."""

State = dict[str, list[str]]


class Phase(StrEnum):
    """Of what a part of the way through is the moment of death."""

    WHOLE = "whole"
    WRITING = "writing"
    COMMIT = "commit"


# Most of the time goes into imports and checks, where nothing can break.
_PHASES = (Phase.WRITING, Phase.COMMIT, Phase.WHOLE, Phase.COMMIT, Phase.WRITING)
_FILE_COMMIT = 0.002
"""How many seconds SQLite may take to append a release to its log file."""

_COMMIT = (0.9, 1.1)
"""Where in the time of the lock PostgreSQL commits."""


@dataclass(frozen=True)
class Moment:
    """A moment to die at: the same number always gives the same one."""

    number: int

    @property
    def phase(self) -> Phase:
        return _PHASES[self.number % len(_PHASES)]

    @property
    def fraction(self) -> float:
        return Random(self.number).random()  # noqa: S311 - to be drawn alike again

    def __str__(self) -> str:
        return f"{self.number}: {self.fraction:.3f} of {self.phase}"


@dataclass(frozen=True)
class Attempt:
    """A process that publishes, since when, and what is known of it from outside.

    It is over when it has published or died, and is known to have published when it
    said so.
    """

    process: "Popen[bytes]"
    began: float
    is_over: Callable[[], bool]
    has_published: Callable[[], bool]


@dataclass(frozen=True)
class Course:
    """How long an undisturbed process takes, and for how long it holds each lock.

    The last lock is the one that a release is written under. Seconds.
    """

    whole: float
    holds: tuple[float, ...]


def observe(engine: Engine, attempt: Attempt) -> Course:
    """Let a process do its work, and watch it; kill it when that is done."""
    holds = []
    with ending(attempt), _lock_probe(engine) as is_held:
        while not attempt.is_over():
            assert time.perf_counter() < attempt.began + PATIENCE, "It takes too long."
            if is_held():
                since = time.perf_counter()
                _wait(lambda: attempt.is_over() or not is_held())
                holds.append(time.perf_counter() - since)
        return Course(time.perf_counter() - attempt.began, tuple(holds))


def kill(engine: Engine, attempt: Attempt, moment: Moment, course: Course) -> None:
    """Kill a process at a moment of a course like this one, and wait for its death."""
    with ending(attempt):
        due = _await_phase(engine, attempt, moment, course)
        _wait(lambda: time.perf_counter() >= due)


def _await_phase(
    engine: Engine, attempt: Attempt, moment: Moment, course: Course
) -> float:
    """Wait until a phase begins; return when in it to kill."""
    if moment.phase is Phase.WHOLE:
        return attempt.began + moment.fraction * course.whole
    if moment.phase is Phase.COMMIT and engine.dialect.name == "sqlite":
        log = Path(f"{engine.url.database}-wal")
        before = _read_size_and_time(log)
        _wait(lambda: attempt.is_over() or _read_size_and_time(log) != before)
        return time.perf_counter() + moment.fraction * _FILE_COMMIT
    first, last = _COMMIT if moment.phase is Phase.COMMIT else (0.0, 1.0)
    _await_lock(engine, attempt, number=len(course.holds))
    fraction = first + moment.fraction * (last - first)
    return time.perf_counter() + fraction * course.holds[-1]


def _read_size_and_time(path: Path) -> tuple[int, int]:
    status = path.stat()
    return status.st_size, status.st_mtime_ns


@contextmanager
def ending(attempt: Attempt) -> Iterator[None]:
    """Kill the process at the end of the block, whatever happens in it."""
    try:
        yield
    finally:
        attempt.process.kill()
        attempt.process.wait(PATIENCE)


def _await_lock(engine: Engine, attempt: Attempt, *, number: int) -> None:
    """Wait until the process holds a lock for the nth time, or has ended."""
    with _lock_probe(engine) as is_held:
        for remaining in range(number, 0, -1):
            _wait(lambda: attempt.is_over() or is_held())
            if remaining > 1:
                _wait(lambda: attempt.is_over() or not is_held())


def _wait(is_due: Callable[[], bool]) -> None:
    deadline = time.perf_counter() + PATIENCE
    while not is_due():
        assert time.perf_counter() < deadline, "Nothing came of it."
        time.sleep(0)


@contextmanager
def _lock_probe(engine: Engine) -> Iterator[Callable[[], bool]]:
    """Yield what says whether somebody else holds the write lock."""
    if engine.dialect.name == "sqlite":
        database = str(engine.url.database)
        with closing(sqlite3.connect(database, isolation_level=None)) as connection:
            connection.execute("PRAGMA busy_timeout=0")
            yield lambda: _is_file_locked(connection)
        return
    statement = sa.text(
        "SELECT count(*) FROM pg_locks "
        "WHERE locktype = 'advisory' AND objid = :key AND granted"
    )
    with engine.connect() as connection:
        probe = connection.execution_options(isolation_level="AUTOCOMMIT")
        yield lambda: bool(probe.scalar(statement, {"key": WRITE_LOCK}))


def _is_file_locked(connection: sqlite3.Connection) -> bool:
    try:
        connection.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError:
        return True
    connection.execute("ROLLBACK")
    return False


_TIMES = ("created_at", "made_at")


def read_state(engine: Engine) -> State:
    """Return every row of the log and of the tables, but no time of day."""
    tables = [one for one in SQLModel.metadata.sorted_tables if one.name != "apikey"]
    with read_session(engine) as session:
        return {
            table.name: sorted(map(str, session.connection().execute(rows)))
            for table in tables
            for rows in [
                sa.select(
                    *(
                        one
                        for one in table.columns
                        if one.name not in ("created_at", "made_at")
                    )
                )
            ]
        }
