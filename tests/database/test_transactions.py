"""A reader sees one state, a writer the newest; what fails leaves nothing."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier

import pytest
from sqlalchemy import Engine, text
from sqlmodel import Session

from app.database import build_engine, read_session, write_session
from app.fields import Significance
from app.queries.releases import find_release
from app.tables import Release

WRITERS, ROUNDS = 4, 5


def add_release(session: Session) -> None:
    """Add the release that follows the present one."""
    present = find_release(session)
    number = present.number + 1 if present else 1
    session.add(
        Release(
            number=number,
            created_at=datetime(2026, 11, 22, tzinfo=UTC),
            note="",
            significance=Significance.CLINICAL,
            checksum=str(number),
        )
    )


def newest(session: Session) -> int:
    session.expire_all()
    release = find_release(session)
    return release.number if release else 0


def test_a_reader_sees_one_state_while_a_writer_commits(engine: Engine) -> None:
    with read_session(engine) as reader:
        before = newest(reader)
        with write_session(engine) as writer:
            add_release(writer)
        meanwhile = newest(reader)

    assert (before, meanwhile) == (0, 0)


def test_the_next_reader_sees_what_was_committed(engine: Engine) -> None:
    with write_session(engine) as writer:
        add_release(writer)

    with read_session(engine) as reader:
        assert newest(reader) == 1


def test_nobody_sees_what_is_not_committed_yet(engine: Engine) -> None:
    with write_session(engine) as writer:
        add_release(writer)
        writer.flush()
        with read_session(engine) as reader:
            assert newest(reader) == 0


def test_a_writer_that_fails_leaves_nothing(engine: Engine) -> None:
    def write_and_fail() -> None:
        with write_session(engine) as writer:
            add_release(writer)
            writer.flush()
            raise LookupError

    with pytest.raises(LookupError):
        write_and_fail()

    with read_session(engine) as reader:
        assert newest(reader) == 0


def test_a_reader_commits_nothing(engine: Engine) -> None:
    with read_session(engine) as reader:
        add_release(reader)

    with read_session(engine) as reader:
        assert newest(reader) == 0


def test_writers_at_once_lose_nothing(engine: Engine) -> None:
    start = Barrier(WRITERS)

    def write() -> None:
        start.wait()
        for _ in range(ROUNDS):
            with write_session(engine) as writer:
                add_release(writer)

    with ThreadPoolExecutor(WRITERS) as pool:
        for future in [pool.submit(write) for _ in range(WRITERS)]:
            future.result()

    with read_session(engine) as reader:
        assert newest(reader) == WRITERS * ROUNDS


def test_a_database_in_memory_is_the_same_for_every_thread() -> None:
    engine = build_engine("sqlite://")
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE word (word TEXT)"))
        connection.execute(text("INSERT INTO word VALUES ('here')"))

    def read() -> str:
        with engine.begin() as connection:
            return str(connection.execute(text("SELECT word FROM word")).scalar_one())

    with ThreadPoolExecutor(1) as pool:
        word = pool.submit(read).result()
    engine.dispose()

    assert word == "here"
