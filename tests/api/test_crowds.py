"""Many at once: who sends slowly takes no place, and health is told in any crowd."""

import select
import socket
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from time import monotonic, sleep

import pytest
from sqlalchemy import Engine

from app.keys import KeyRole
from app.main import AT_ONCE
from tests.api.asking import RECOMMENDATIONS
from tests.api.keys import KEYS, NOW, Clock, bearer, store_key
from tests.api.publishing import publish_small
from tests.api.test_timeouts import head, stalling
from tests.databases import making_app
from tests.live import serving_live
from tests.processes import PATIENCE
from tests.raw_http import ask_raw

FILLED = {"small": publish_small}
ADVICE = head(RECOMMENDATIONS, 2) + b"{}"
HEALTH = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"


@pytest.fixture
def small(engine: Engine) -> Engine:
    """A database that holds the small library."""
    return engine


@contextmanager
def crowding(port: int, sent: bytes, *, size: int) -> Iterator[list[socket.socket]]:
    """Send this on so many connections, and read nothing."""
    with ExitStack() as stack:
        crowd = []
        for _ in range(size):
            one = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
            crowd.append(stack.enter_context(closing(one)))
            one.sendall(sent)
        yield crowd


def read_status(port: int, sent: bytes) -> int:
    return int(ask_raw(port, sent).split()[1])


def test_who_sends_slowly_takes_no_place_from_others(small: Engine) -> None:
    with (
        making_app(small) as app,
        serving_live(app) as port,
        crowding(port, head(RECOMMENDATIONS, 50), size=AT_ONCE),
    ):
        statuses = [read_status(port, one) for one in (ADVICE, HEALTH, ADVICE)]

    assert statuses == [200, 200, 200]


def test_a_crowd_that_needs_the_database_gets_its_turn(small: Engine) -> None:
    ready = b"GET /readyz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    with (
        making_app(small) as app,
        serving_live(app) as port,
        crowding(port, ready, size=AT_ONCE // 2) as crowd,
    ):
        answers = [one.recv(65_536) for one in crowd]

    assert {one.split()[1] for one in answers} == {b"200"}


def test_a_crowd_is_told_to_come_again_and_health_is_told(small: Engine) -> None:
    key = bearer(store_key(small, KeyRole.ADMIN))["authorization"]
    waiting = f"GET {KEYS} HTTP/1.1\r\nHost: localhost\r\nAuthorization: {key}\r\n\r\n"
    with making_app(small, clock=Clock(NOW)) as app, serving_live(app) as port:
        with (
            stalling(app),
            crowding(port, waiting.encode(), size=AT_ONCE + 1) as crowd,
        ):
            # Whichever was read last is one too many.
            [first, *_], _, _ = select.select(crowd, [], [], PATIENCE)
            refused = first.recv(65_536), ask_raw(port, ADVICE)
            health = read_status(port, HEALTH)

        due = monotonic() + PATIENCE
        while read_status(port, ADVICE) != 200:
            assert monotonic() < due
            sleep(0.02)

    for one in refused:
        assert one.startswith(b"HTTP/1.1 503 ")
        assert b"retry-after: 1\r\n" in one.lower()
    assert health == 200
