"""A service that is told to end lets nobody in, and answers what has begun."""

import json
import signal
import socket
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from http.client import HTTPResponse
from pathlib import Path
from typing import Any

import pytest

from app.keys import KeyRole
from tests.api.asking import RECOMMENDATIONS
from tests.api.keys import bearer, store_key
from tests.api.publishing import RELEASES, publish_small
from tests.databases import Databases, show_url
from tests.factories import make_treatment
from tests.ports import HOST
from tests.processes import PATIENCE, Served, serving

MERGE = {"mode": "merge", "entries": {"treatments": [make_treatment("yoga")]}}
CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"


class Begun:
    """A request that the service has begun to read: it waits for the body."""

    def __init__(
        self, port: int, path: str, body: object, headers: Mapping[str, str]
    ) -> None:
        self._socket = socket.create_connection((HOST, port), timeout=PATIENCE)
        self._body = json.dumps(body).encode()
        named = {
            "host": HOST,
            "content-type": "application/json",
            "content-length": str(len(self._body)),
            "expect": "100-continue",
            **headers,
        }
        lines = [f"POST {path} HTTP/1.1", *(f"{k}: {v}" for k, v in named.items())]
        self._socket.sendall("\r\n".join([*lines, "", ""]).encode())
        assert self._socket.recv(len(CONTINUE), socket.MSG_WAITALL) == CONTINUE

    def close(self) -> None:
        self._socket.close()

    def finish(self) -> tuple[int, Any]:
        """Send the body; return the status, and what is answered."""
        self._socket.sendall(self._body)
        with closing(HTTPResponse(self._socket)) as response:
            response.begin()
            return response.status, json.loads(response.read())


def wait_until_closed(served: Served) -> None:
    """Wait until nobody is let in any more."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            socket.create_connection((HOST, served.port), timeout=PATIENCE).close()
        except ConnectionRefusedError:
            return
        time.sleep(0.02)
    pytest.fail("It still lets others in.")


@contextmanager
def beginning(
    databases: Databases, tmp_path: Path, *options: str
) -> Iterator[tuple[Served, Begun, Begun]]:
    """A service that has begun to read two requests: a question, and a publish."""
    with databases.opened(publish_small) as engine:
        key = bearer(store_key(engine, KeyRole.PUBLISHER))
        tag = {**key, "if-match": '"release-1"'}
        with (
            serving(show_url(engine), tmp_path, "--prepared", *options) as served,
            closing(Begun(served.port, RECOMMENDATIONS, {}, {})) as question,
            closing(Begun(served.port, RELEASES, MERGE, tag)) as publish,
        ):
            yield served, question, publish


def check_drained(served: Served, question: Begun, publish: Begun) -> None:
    served.process.send_signal(signal.SIGTERM)
    wait_until_closed(served)

    asked, advice = question.finish()
    made, release = publish.finish()

    assert (asked, advice["release"]) == (200, 1)
    assert (made, release["release"]) == (201, 2)
    assert served.process.wait(PATIENCE) == 0


def test_a_service_leaves_one_file_when_it_ends(
    on_sqlite: Databases, tmp_path: Path
) -> None:
    with on_sqlite.opened(publish_small) as engine:
        engine.dispose()
        path = Path(str(engine.url.database))
        with serving(show_url(engine), tmp_path, "--prepared") as served:
            served.ask("/v1/treatments")
            served.ask(RECOMMENDATIONS, method="POST", body={})
            assert served.end() == 0

        assert list(path.parent.glob(f"{path.name}*")) == [path]


def test_what_has_begun_is_answered_and_nobody_else_let_in(
    on_sqlite: Databases, tmp_path: Path
) -> None:
    with beginning(on_sqlite, tmp_path) as begun:
        check_drained(*begun)


def test_what_several_processes_have_begun_is_answered(
    on_postgresql: Databases, tmp_path: Path
) -> None:
    with beginning(on_postgresql, tmp_path, "--workers", "2") as begun:
        check_drained(*begun)


def test_who_never_ends_is_not_waited_for(on_sqlite: Databases, tmp_path: Path) -> None:
    patient = {"BODY_SECONDS": "3600", "REQUEST_SECONDS": "3600"}
    with (
        on_sqlite.opened(publish_small) as engine,
        serving(
            show_url(engine), tmp_path, "--prepared", DRAIN_SECONDS="1", **patient
        ) as served,
        closing(Begun(served.port, RECOMMENDATIONS, {}, {})),
    ):
        assert served.end() == 0


def test_processes_end_with_the_one_that_started_them(
    on_sqlite: Databases, tmp_path: Path
) -> None:
    with beginning(on_sqlite, tmp_path, "--workers", "2") as (
        served,
        question,
        publish,
    ):
        workers = served.list_workers()
        assert served.end(signal.SIGKILL) == -signal.SIGKILL
        wait_until_closed(served)

        asked, advice = question.finish()
        made, release = publish.finish()

        assert (asked, advice["release"]) == (200, 1)
        assert (made, release["release"]) == (201, 2)
        assert len(workers) == 2
        wait_until_ended(workers)


def wait_until_ended(processes: list[int]) -> None:
    """Wait until they run no more; nobody may have taken note of their end yet."""
    due = time.monotonic() + PATIENCE
    while any(map(is_running, processes)):
        assert time.monotonic() < due
        time.sleep(0.02)


def is_running(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(") ")[2][0]
    except FileNotFoundError:
        return False
    return state != "Z"
