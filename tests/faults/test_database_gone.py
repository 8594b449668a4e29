"""The database goes away under a service, and comes back: nobody starts it again."""

import shutil
import signal
import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine

from app.keys import Key, KeyRole
from tests.api.asking import RECOMMENDATIONS
from tests.api.keys import bearer, store_key
from tests.api.publishing import WALKING_PATH, publish_small
from tests.databases import Databases, PostgresDatabases, making_app, show_url
from tests.factories import make_treatment
from tests.faults.asked import AWAY, BUSY, KEPT, LATE, NOT_KEPT, read_refusal
from tests.postgres import PostgresServer, serving_postgres
from tests.processes import Answer, Served, serving

SECRET = "correct-horse"
"""The password in the URL of the database, for which the server does not ask."""


class Torn(NamedTuple):
    """A service, and the server of its database, which can be stopped."""

    served: Served
    server: PostgresServer
    key: Key

    def write(self, summary: str, query: str = "") -> Answer:
        present = self.served.ask("/v1/meta").headers.get("library-release", "1")
        tag = {**bearer(self.key), "if-match": f'"release-{present}"'}
        walking = make_treatment(summary=summary)
        path = WALKING_PATH + query
        return self.served.ask(path, method="PUT", body=walking, headers=tag)


@pytest.fixture(scope="module")
def torn(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Torn]:
    """A process that serves a database on a server of its own."""
    with (
        serving_postgres() as server,
        Databases(PostgresDatabases(server)).opened(publish_small) as engine,
    ):
        key = store_key(engine, KeyRole.PUBLISHER)
        url = show_url(engine).replace("postgres@", f"postgres:{SECRET}@")
        directory = tmp_path_factory.mktemp("torn")
        with serving(url, directory, "--prepared") as served:
            yield Torn(served, server, key)


@pytest.fixture
def silent(tmp_path: Path) -> Iterator[Torn]:
    """A process that waits no longer than it must, and a server of its own."""
    limits = {"DATABASE_SECONDS": "3", "REQUEST_SECONDS": "6"}
    with (
        serving_postgres() as server,
        Databases(PostgresDatabases(server)).opened(publish_small) as engine,
        serving(show_url(engine), tmp_path, "--prepared", **limits) as served,
    ):
        yield Torn(served, server, store_key(engine, KeyRole.PUBLISHER))


@pytest.mark.parametrize(
    "end",
    [
        pytest.param(PostgresServer.stop, id="stopped"),
        pytest.param(PostgresServer.kill, id="killed"),
    ],
)
def test_a_service_outlives_its_server(
    torn: Torn, end: Callable[[PostgresServer], None]
) -> None:
    kept = torn.served.ask(KEPT)

    end(torn.server)
    try:
        meanwhile = torn.served.ask(KEPT)
        health = torn.served.ask("/healthz")
        refused = [
            *(torn.served.ask(path) for path in ("/readyz", *NOT_KEPT)),
            torn.served.ask(RECOMMENDATIONS, method="POST", body={}),
            torn.write("While it is away."),
            torn.write("While it is away.", "?dry_run=true"),
        ]
    finally:
        torn.server.start()

    assert (meanwhile.status, meanwhile.body) == (200, kept.body)
    assert meanwhile.headers["etag"] == kept.headers["etag"]
    assert health.status == 200
    assert {read_refusal(one) for one in refused} == {AWAY}
    after = [torn.served.ask(path) for path in ("/readyz", KEPT, *NOT_KEPT)]
    assert {one.status for one in after} == {200}
    written = torn.write(f"After {end.__name__}.")
    assert written.status == 200
    said = torn.served.said + str([one.body for one in refused])
    words = (SECRET, str(torn.server.port), "connection to server", "SELECT")
    assert [one for one in words if one in said] == []


def test_a_server_that_says_nothing_is_not_waited_for(silent: Torn) -> None:
    kept = silent.served.ask(KEPT)
    searches = [f"/v1/search?q=walking&offset={one}" for one in range(16)]
    with ThreadPoolExecutor(len(searches)) as at_once:
        # Each gets a connection that is open: a new one would not come to be.
        assert {one.status for one in at_once.map(silent.served.ask, searches)} == {200}
        unkept = ("/v1/search?q=fever", *NOT_KEPT, *NOT_KEPT)

        with silent.server.frozen():
            meanwhile = silent.served.ask(KEPT)
            health = silent.served.ask("/healthz")
            refused = list(at_once.map(silent.served.ask, ("/readyz", *unkept)))
            refused.append(silent.served.ask(RECOMMENDATIONS, method="POST", body={}))

    assert (meanwhile.status, meanwhile.body) == (200, kept.body)
    assert health.status == 200
    assert {read_refusal(one) for one in refused} <= {AWAY, BUSY, LATE}
    after = [silent.served.ask(path) for path in ("/readyz", KEPT, *NOT_KEPT)]
    assert {one.status for one in after} == {200}
    assert silent.write("After the silence.").status == 200
    assert '"event": "crash"' not in silent.served.said


def test_who_ends_a_service_does_not_wait_for_a_silent_server(silent: Torn) -> None:
    searches = [f"/v1/search?q=walking&offset={one}" for one in range(16)]
    with ThreadPoolExecutor(len(searches)) as at_once:
        list(at_once.map(silent.served.ask, searches))

        with silent.server.frozen():
            # Their threads hear nothing, and so they do not end.
            list(at_once.map(silent.served.ask, NOT_KEPT))
            ended = silent.served.end(signal.SIGINT)

    assert ended == 1


@pytest.fixture
def file_engine(on_sqlite: Databases) -> Iterator[Engine]:
    """A file that holds the small library, and that nobody has open."""
    with on_sqlite.opened(publish_small) as engine:
        engine.dispose()
        yield engine


def ask_all(client: TestClient) -> set[str | int]:
    """Return what is said to whatever needs the database, or with which status."""
    answers = [client.get(path) for path in ("/readyz", *NOT_KEPT)]
    answers.append(client.post(RECOMMENDATIONS, json={}))
    return {one.status_code if one.is_success else read_refusal(one) for one in answers}


def test_a_file_that_is_not_there_is_not_made(file_engine: Engine) -> None:
    path = Path(str(file_engine.url.database))
    aside = path.with_suffix(".aside")
    with making_app(file_engine) as app:
        client = TestClient(app)
        shutil.move(path, aside)

        gone = ask_all(client)
        health = client.get("/healthz")

        assert gone == {AWAY}
        assert health.status_code == 200
        assert not path.exists()
        shutil.move(aside, path)
        assert ask_all(client) == {200}


def test_a_file_that_is_moved_away_is_read_on(file_engine: Engine) -> None:
    path = Path(str(file_engine.url.database))
    aside = path.with_suffix(".aside")
    with making_app(file_engine) as app:
        client = TestClient(app)
        before = ask_all(client)
        shutil.move(path, aside)

        gone = ask_all(client)

        shutil.move(aside, path)
        assert (before, gone, ask_all(client)) == ({200}, {200}, {200})


def test_a_file_that_somebody_has_for_himself_is_waited_for(
    file_engine: Engine,
) -> None:
    with making_app(file_engine) as app:
        client = TestClient(app)
        kept = client.get(KEPT)
        app.state.engine.dispose()

        with closing(sqlite3.connect(str(file_engine.url.database))) as other:
            other.execute("PRAGMA locking_mode=EXCLUSIVE")
            other.execute("BEGIN IMMEDIATE")
            other.execute("COMMIT")
            locked = ask_all(client)
            meanwhile, health = client.get(KEPT), client.get("/healthz")

        assert locked == {BUSY}
        assert (meanwhile.status_code, meanwhile.content) == (200, kept.content)
        assert health.status_code == 200
        assert ask_all(client) == {200}
