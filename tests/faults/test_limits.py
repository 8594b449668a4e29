"""A service waits for its database for so long; a write takes its time."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from app.database import Limits, build_engine, read_session, write_session
from app.database_failures import Failure, find_failure
from tests.databases import Databases, show_url

ENOUGH = text("SELECT pg_sleep(0.4)")
SHOWN = text(
    "SELECT current_setting('statement_timeout'), current_setting('lock_timeout')"
)


@contextmanager
def opened_limited(databases: Databases) -> Iterator[Engine]:
    with databases.opened() as engine:
        limits = Limits(seconds=0.2, connections=2)
        limited = build_engine(show_url(engine), limits=limits)
        yield limited
        limited.dispose()


@pytest.fixture
def limited(databases: Databases) -> Iterator[Engine]:
    """The engine of a service that has little time, and two connections."""
    with opened_limited(databases) as engine:
        yield engine


@pytest.fixture
def limited_server(on_postgresql: Databases) -> Iterator[Engine]:
    """The same on PostgreSQL, which can be told to sleep."""
    with opened_limited(on_postgresql) as engine:
        yield engine


def test_a_read_that_takes_too_long_is_cut(limited_server: Engine) -> None:
    with pytest.raises(DBAPIError) as caught, read_session(limited_server) as session:
        session.connection().execute(ENOUGH)

    assert find_failure(caught.value) is Failure.BUSY


def test_a_write_is_not_cut_and_the_next_read_is(limited_server: Engine) -> None:
    with write_session(limited_server) as session:
        session.connection().execute(ENOUGH)
        meanwhile = session.connection().execute(SHOWN).one()

    with read_session(limited_server) as session:
        after = session.connection().execute(SHOWN).one()
    assert tuple(meanwhile) == ("0", "200ms")
    assert tuple(after) == ("200ms", "200ms")


def test_a_writer_that_waits_too_long_for_another_is_told(limited: Engine) -> None:
    def wait() -> None:
        with write_session(limited):
            pytest.fail("There are two writers.")

    with write_session(limited), pytest.raises(DBAPIError) as caught:
        wait()

    assert find_failure(caught.value) is Failure.BUSY
    with write_session(limited):
        """Now it is free."""


def test_who_finds_no_connection_is_told(limited: Engine) -> None:
    with (
        limited.connect(),
        limited.connect(),
        pytest.raises(PoolTimeoutError) as caught,
        limited.connect(),
    ):
        """Never reached."""

    assert find_failure(caught.value) is Failure.BUSY


def test_a_command_has_time(databases: Databases) -> None:
    with databases.opened() as engine, write_session(engine):
        waits = {"sqlite": "PRAGMA busy_timeout", "postgresql": "SHOW lock_timeout"}
        with engine.connect() as connection:
            shown = text(waits[engine.dialect.name])
            found = connection.execute(shown).scalar_one()

    assert str(found) in ("5000", "0")
