"""Nobody holds the service up: not who sends slowly, nor what takes long."""

import select
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from threading import Event

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import Engine

from app.api.trials import AT_ONCE, Trials
from app.keys import KeyRole
from app.main import BODY_MAX, TRIAL_MAX
from tests.api.asking import RECOMMENDATIONS, read_problem
from tests.api.keys import KEYS, NOW, Clock, bearer, store_key
from tests.api.printing import Printed
from tests.api.publishing import RELEASES
from tests.databases import Databases, making_app
from tests.live import serving_live
from tests.publishing import publish_factories
from tests.raw_http import ask_raw, read_to_end

TRIAL = f"{RELEASES}?dry_run=true"
JSON = {"content-type": "application/json"}


@pytest.fixture(scope="module")
def small_engine(databases: Databases) -> Iterator[Engine]:
    """A database with the small library of the factories."""
    with databases.opened(publish_factories) as engine:
        yield engine


def head(path: str, length: int, *more: str) -> bytes:
    """Return a request without its body."""
    lines = [
        f"POST {path} HTTP/1.1",
        "Host: localhost",
        "Content-Type: application/json",
        f"Content-Length: {length}",
        *more,
    ]
    return "\r\n".join([*lines, "", ""]).encode()


@pytest.mark.parametrize(
    ("path", "sent"),
    [
        pytest.param(RECOMMENDATIONS, b"", id="nothing of it comes"),
        pytest.param(RECOMMENDATIONS, b'{"profile"', id="a part of it comes"),
        pytest.param(TRIAL, b"{", id="a trial"),
    ],
)
def test_a_body_that_does_not_come_is_not_waited_for(
    small_engine: Engine, path: str, sent: bytes
) -> None:
    with (
        making_app(small_engine, body_seconds=0.1) as app,
        serving_live(app) as port,
    ):
        # It ends: the server closes, and waits for no more.
        answer = read_to_end(port, head(path, 50) + sent)

    assert answer.startswith(b"HTTP/1.1 408 ")
    assert b"connection: close" in answer.lower()
    assert b'"detail":"The body did not arrive in time."' in answer


def test_a_body_that_comes_in_drops_is_not_waited_for(small_engine: Engine) -> None:
    with (
        making_app(small_engine, body_seconds=0.1) as app,
        serving_live(app) as port,
        socket.create_connection(("127.0.0.1", port), timeout=30) as connection,
    ):
        connection.sendall(head(RECOMMENDATIONS, BODY_MAX))
        connection.settimeout(0.02)
        answer = b""
        for _ in range(1000):
            try:
                connection.sendall(b" ")
                answer += connection.recv(65_536)
            except TimeoutError:
                continue
            except ConnectionError:
                break
            if answer:
                break

    assert answer.startswith(b"HTTP/1.1 408 ")


def test_who_sends_slowly_holds_up_no_trial(small_engine: Engine) -> None:
    with making_app(small_engine) as app, serving_live(app) as port:
        slow = [socket.create_connection(("127.0.0.1", port)) for _ in range(9)]
        for one in slow:
            one.sendall(head(TRIAL, 50))
        answer = ask_raw(port, head(TRIAL, 2) + b"{}")
        for one in slow:
            one.close()

    assert answer.startswith(b"HTTP/1.1 422 ")


@contextmanager
def stalling(app: FastAPI) -> Iterator[None]:
    """Let every answer that asks what time it is take until the end of the block."""
    go_on = Event()
    clock = app.state.clock

    def wait() -> object:
        go_on.wait(30)
        return clock()

    app.state.clock = wait
    try:
        yield
    finally:
        app.state.clock = clock
        go_on.set()


def test_what_takes_too_long_is_answered_all_the_same(
    small_engine: Engine, printed: Printed
) -> None:
    key = store_key(small_engine, KeyRole.ADMIN, name="late")
    with making_app(small_engine, clock=Clock(NOW), request_seconds=0.1) as app:
        client = TestClient(app)
        with client, stalling(app):
            response = client.get("/v1/keys", headers=bearer(key))
            after = client.get("/healthz")

    problem = read_problem(response, 503)
    assert "too long" in problem["detail"]
    assert response.headers["retry-after"] == "5"
    assert response.headers["x-content-type-options"] == "nosniff"
    assert after.status_code == 200
    [late] = printed.read_events("late")
    assert late["route"] == "/v1/keys"
    assert printed.read_events("crash") == []


class SlowClock(Clock):
    """Lets whoever asks what time it is wait for longer than others may."""

    def __call__(self) -> datetime:
        time.sleep(0.3)
        return super().__call__()


def test_a_write_takes_the_time_that_it_needs(small_engine: Engine) -> None:
    with making_app(small_engine, clock=SlowClock(), request_seconds=0.1) as app:
        response = TestClient(app).post(TRIAL, json={"mode": "merge"})

    assert response.status_code != 503


def test_a_key_that_takes_long_to_make_is_told(small_engine: Engine) -> None:
    admin = bearer(store_key(small_engine, KeyRole.ADMIN, name="slow"))
    wanted = {"name": "made slowly", "role": "editor"}
    with making_app(small_engine, clock=SlowClock(), request_seconds=0.1) as app:
        response = TestClient(app).post(KEYS, json=wanted, headers=admin)

    assert response.status_code == 201


def test_too_many_trials_at_once_are_told_to_come_again(small_engine: Engine) -> None:
    with making_app(small_engine) as app:
        client = TestClient(app)
        trials: Trials = app.state.trials
        places = [trials.place() for _ in range(AT_ONCE)]
        for one in places:
            one.__enter__()
        busy = client.post(TRIAL, json={"mode": "merge"})
        asked = client.post(RECOMMENDATIONS, json={})
        for one in places:
            one.__exit__(None, None, None)
        after = client.post(TRIAL, json={"mode": "merge"})

    assert read_problem(busy, 503)["detail"].startswith("Other trials")
    assert busy.headers["retry-after"] == "10"
    assert asked.status_code == 200
    assert after.status_code < 500


@pytest.mark.parametrize(
    "fail",
    [
        pytest.param(lambda client: client.post(TRIAL, json={}), id="mistakes"),
        pytest.param(lambda client: client.post(TRIAL, content="{"), id="no JSON"),
        pytest.param(
            lambda client: client.delete("/v1/treatments/no?dry_run=true"), id="no item"
        ),
    ],
)
def test_a_trial_that_fails_gives_its_place_back(
    small_engine: Engine, fail: Callable[[TestClient], object]
) -> None:
    with making_app(small_engine) as app:
        client = TestClient(app, raise_server_exceptions=False)
        for _ in range(AT_ONCE + 1):
            fail(client)
        after = client.post(TRIAL, json={"mode": "merge"})

    assert after.status_code < 500


def test_only_with_a_good_key_may_a_trial_be_as_large_as_a_write(
    small_engine: Engine,
) -> None:
    key = store_key(small_engine, KeyRole.EDITOR, name="large")
    raw = b"{}".ljust(TRIAL_MAX + 1)
    with making_app(small_engine, clock=Clock(NOW)) as app:
        client = TestClient(app)
        ask = [
            client.post(TRIAL, content=raw, headers={**JSON, **headers})
            for headers in ({}, {"authorization": "Bearer wn_x"}, bearer(key))
        ]

    assert [one.status_code for one in ask] == [413, 413, 422]
    assert str(TRIAL_MAX) in ask[0].json()["detail"]


def test_trials_without_a_key_hold_only_so_much_together(small_engine: Engine) -> None:
    part = head(TRIAL, TRIAL_MAX) + b" " * (TRIAL_MAX - 100)
    with making_app(small_engine) as app, serving_live(app) as port:
        held = [socket.create_connection(("127.0.0.1", port)) for _ in range(9)]
        for one in held:
            one.sendall(part)
        # Whichever was read last is one too many.
        [refused, *_], _, _ = select.select(held, [], [], 15)
        answer = b""
        while not answer.endswith(b"}"):
            answer += refused.recv(65_536)
        for one in held:
            one.close()

    assert answer.startswith(b"HTTP/1.1 503 ")
    assert b"Other large bodies" in answer


@pytest.mark.parametrize("path", [RECOMMENDATIONS, TRIAL])
@pytest.mark.parametrize("coding", ["gzip", "br", "identity, gzip", "x"])
def test_a_body_in_a_coding_is_refused(
    small_client: TestClient, path: str, coding: str
) -> None:
    headers = {**JSON, "content-encoding": coding}

    response = small_client.post(path, content=b"{}", headers=headers)

    assert "Content-Encoding" in read_problem(response, 415)["detail"]
    assert response.headers["accept-encoding"] == "identity"


def test_no_coding_may_be_said(small_client: TestClient) -> None:
    headers = {**JSON, "content-encoding": "identity"}

    response = small_client.post(RECOMMENDATIONS, content=b"{}", headers=headers)

    assert response.status_code == 200
