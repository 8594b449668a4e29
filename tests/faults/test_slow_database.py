"""A database that keeps everybody waiting: who needs it is told, all others go on."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from http.client import HTTPConnection
from time import monotonic, sleep

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection, Engine, text

from app.database import write_session
from app.keys import KeyRole
from app.queries.snapshots import open_snapshot
from tests.api.keys import bearer, store_key
from tests.api.publishing import WALKING_PATH, publish_small
from tests.databases import Databases, making_app
from tests.factories import make_treatment
from tests.faults.asked import BUSY, KEPT, NOT_KEPT, read_refusal
from tests.live import serving_live
from tests.ports import HOST
from tests.processes import PATIENCE, Answer, ask

AT_ONCE = {
    "/v1/findings/fever",
    "/v1/treatments",
    "/v1/treatments/walking",
    "/v1/search",
}
"""What SQLite is asked for where all others wait for the answer."""

CROWD = 60
"""More than a process reads at once."""

_WAITING = text(
    "SELECT count(*) FROM pg_stat_activity "
    "WHERE datname = current_database() AND wait_event_type = 'Lock'"
)


@pytest.fixture
def small(databases: Databases) -> Iterator[Engine]:
    """A database that holds the small library."""
    with databases.opened(publish_small) as engine:
        yield engine


def test_a_writer_waits_for_another_no_longer_than_it_may(small: Engine) -> None:
    headers = {**bearer(store_key(small, KeyRole.PUBLISHER)), "if-match": '"release-1"'}
    walking = make_treatment(summary="New.")
    with making_app(small, database_seconds=0.2) as app:
        client = TestClient(app)

        with write_session(small):
            refused = client.put(WALKING_PATH, json=walking, headers=headers)
            reads = [client.get(path) for path in ("/readyz", KEPT, *NOT_KEPT)]

        assert read_refusal(refused) == BUSY
        assert {one.status_code for one in reads} == {200}
        written = client.put(WALKING_PATH, json=walking, headers=headers)
        assert written.status_code == 200


def test_who_finds_no_connection_is_told_and_nobody_else_waits(small: Engine) -> None:
    with making_app(small, database_seconds=0.2, database_connections=2) as app:
        client = TestClient(app, raise_server_exceptions=False)
        kept = client.get(KEPT)

        with ExitStack() as stack:
            for _ in range(2):
                stack.enter_context(open_snapshot(app.state.engine))
            refused = [client.get(path) for path in ("/readyz", *NOT_KEPT)]
            others = [client.get(path) for path in ("/healthz", KEPT)]

        found = {one.request.url.path for one in refused if one.is_success}
        # What is read on the event loop has a connection of its own.
        assert found == (AT_ONCE if small.dialect.name == "sqlite" else set())
        refused = [one for one in refused if not one.is_success]
        assert {read_refusal(one) for one in refused} == {BUSY}
        assert [one.status_code for one in others] == [200, 200]
        assert others[1].content == kept.content
        after = [client.get(path) for path in ("/readyz", *NOT_KEPT)]
        assert {one.status_code for one in after} == {200}


def test_a_crowd_at_a_locked_table_is_told_and_keeps_nobody_else(
    on_postgresql: Databases,
) -> None:
    with (
        on_postgresql.opened(publish_small) as engine,
        making_app(engine, database_seconds=1, database_connections=3) as app,
        serving_live(app) as port,
        ThreadPoolExecutor(CROWD) as pool,
    ):
        paths = [f"/v1/treatments/number-{number}" for number in range(CROWD)]
        kept = get(port, KEPT)

        with engine.begin() as other, engine.connect() as watcher:
            other.execute(text("LOCK TABLE treatment IN ACCESS EXCLUSIVE MODE"))
            crowd = [pool.submit(get, port, path) for path in paths]
            wait_for_waiting(watcher)
            others = [get(port, path) for path in ("/healthz", KEPT)]
            are_all_told = all(one.done() for one in crowd)
            refused = [one.result() for one in crowd]

        assert not are_all_told
        assert [one.status for one in others] == [200, 200]
        assert others[1].body == kept.body
        assert {read_refusal(one) for one in refused} == {BUSY}
        assert {get(port, path).status for path in NOT_KEPT} == {200}
        assert get(port, paths[0]).status == 404


def get(port: int, path: str) -> Answer:
    with closing(HTTPConnection(HOST, port, timeout=PATIENCE)) as connection:
        return ask(connection, path)


def wait_for_waiting(watcher: Connection) -> None:
    """Wait until all that may ask the database wait for the lock."""
    deadline = monotonic() + PATIENCE
    while watcher.execute(_WAITING).scalar_one() < 2:
        assert monotonic() < deadline
        watcher.rollback()
        sleep(0.01)
