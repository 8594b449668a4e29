"""No room left while a release is written: nothing is half done, and reads go on."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from pwd import getpwnam
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine, event, text

from app.fields import Kind
from app.keys import KeyRole
from tests.api.keys import bearer, store_key
from tests.api.publishing import RELEASES, Writer, publish_small
from tests.content.crashing import read_state
from tests.content.damage import diagnose
from tests.databases import Databases, making_app, show_url
from tests.factories import Data, make_treatment
from tests.faults.asked import AWAY, FULL, KEPT, NOT_KEPT, read_refusal
from tests.postgres import PostgresServer
from tests.processes import serving

MANY: list[Data] = [make_treatment(f"number-{number}") for number in range(30)]
WAL_SEGMENT = 16 * 1024 * 1024
"""PostgreSQL stops altogether where it cannot write its own log."""


@contextmanager
def limiting(process: int, *, largest: int, owner: str | None = None) -> Iterator[None]:
    """Let a process write no file beyond a size: the system refuses it."""
    # Not from here: even root may not do so to a process of somebody else.
    group = getpwnam(owner).pw_gid if owner else None
    limit = partial(subprocess.run, check=True, user=owner, group=group)
    limit(["prlimit", f"--pid={process}", f"--fsize={largest}:"])
    try:
        yield
    finally:
        limit(["prlimit", f"--pid={process}", "--fsize=unlimited:"])


@pytest.fixture
def file_engine(on_sqlite: Databases) -> Iterator[Engine]:
    """A file that holds the small library."""
    with on_sqlite.opened(publish_small) as engine:
        yield engine


def test_a_full_file_takes_nothing_and_tells_what_it_has(file_engine: Engine) -> None:
    before = read_state(file_engine)
    with file_engine.connect() as connection:
        pages = connection.execute(text("PRAGMA page_count")).scalar_one()

    def fill(connection: Any, _record: object) -> None:
        connection.execute(f"PRAGMA max_page_count={pages}")

    with making_app(file_engine) as app:
        writer = make_writer(app, file_engine)
        event.listen(app.state.engine, "connect", fill)

        refused = writer.merge({Kind.TREATMENTS: MANY}, against=1)

        assert read_refusal(refused) == FULL
        check_nothing_happened(writer.client, file_engine, before)
        event.remove(app.state.engine, "connect", fill)
        app.state.engine.dispose()
        assert writer.merge({Kind.TREATMENTS: MANY}, against=1).status_code == 201
    assert diagnose(file_engine).is_healthy


def test_a_process_that_may_write_no_more_takes_nothing(
    file_engine: Engine, tmp_path: Path
) -> None:
    key = store_key(file_engine, KeyRole.PUBLISHER)
    before = read_state(file_engine)
    body = {"mode": "merge", "entries": {"treatments": MANY}}
    sent: dict[str, Any] = {"method": "POST", "body": body}
    sent["headers"] = {**bearer(key), "if-match": '"release-1"'}
    with serving(show_url(file_engine), tmp_path, "--prepared") as served:
        # The first write is that of the key's use.
        assert served.ask(RELEASES, **{**sent, "body": {}}).status == 422
        log = Path(f"{file_engine.url.database}-wal")

        with limiting(served.process.pid, largest=log.stat().st_size + 4096):
            refused = served.ask(RELEASES, **sent)
            reads = [served.ask(path) for path in ("/readyz", KEPT, *NOT_KEPT)]

        assert read_refusal(refused) == AWAY
        assert {one.status for one in reads} == {200}
        assert read_state(file_engine) == before
        assert served.ask(RELEASES, **sent).status == 201
    assert diagnose(file_engine).is_healthy


def test_a_server_that_may_write_no_more_takes_nothing(
    on_postgresql: Databases, postgres: PostgresServer
) -> None:
    with on_postgresql.opened(publish_small) as engine:
        fill_table(engine)
        before = read_state(engine)
        with making_app(engine, database_connections=2) as app:
            writer = make_writer(app, engine)
            [process] = {find_process(app.state.engine) for _ in range(2)}

            with limiting(process, largest=WAL_SEGMENT, owner=postgres.owner):
                refused = writer.merge({Kind.TREATMENTS: MANY}, against=1)

            assert read_refusal(refused) in (AWAY, FULL)
            check_nothing_happened(writer.client, engine, before)
            assert writer.merge({Kind.TREATMENTS: MANY}, against=1).status_code == 201


def make_writer(app: Any, engine: Engine) -> Writer:
    client = TestClient(app, raise_server_exceptions=False)
    return Writer(client, store_key(engine, KeyRole.PUBLISHER))


def check_nothing_happened(client: TestClient, engine: Engine, before: Any) -> None:
    reads = [client.get(path) for path in ("/readyz", KEPT, *NOT_KEPT)]
    assert {one.status_code for one in reads} == {200}
    assert {one.headers.get("library-release", "1") for one in reads} == {"1"}
    assert read_state(engine) == before


def fill_table(engine: Engine) -> None:
    """Let the table of words have no room before the end of a file that is full."""
    rows = text(
        "INSERT INTO searchword (word, tier, item, line, length) "
        "SELECT repeat('x', 60) || number, 9, 'none', 0, 1 "
        "FROM generate_series(1, 30000) AS number"
    )
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE searchword SET (fillfactor = 10)"))
        connection.execute(rows)
        size = text("SELECT pg_relation_size('searchword')")
        assert connection.execute(size).scalar_one() > WAL_SEGMENT


def find_process(engine: Engine) -> int:
    with engine.connect() as connection:
        found: int = connection.execute(text("SELECT pg_backend_pid()")).scalar_one()
        return found
