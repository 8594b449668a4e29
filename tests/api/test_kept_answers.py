"""What is kept of answers: made once, bounded, and the oldest forgotten first."""

import asyncio
from dataclasses import dataclass, field
from typing import Any

import httpx2
from sqlalchemy import Engine

from app.api.finished import OF_RELEASE, FinishedAnswers
from app.api.metrics import Metrics
from app.api.release_watch import ReleaseWatch
from app.api.request_log import RequestLog
from tests.api.publishing import publish_small


@dataclass
class Counted:
    """An application that says what it was asked, and how often it was asked it."""

    asked: list[tuple[str, str]] = field(default_factory=list)
    size: int = 2_000
    lasts: bool = True

    async def __call__(self, scope: Any, _receive: Any, send: Any) -> None:
        place = scope["path"], scope["query_string"].decode()
        self.asked.append(place)
        await asyncio.sleep(0.01)
        if self.lasts:
            scope[OF_RELEASE] = 1
        headers = [(b"last-modified", b"Sun, 22 Nov 2026 09:30:00 GMT")]
        body = f"{place}".encode().ljust(self.size)
        start = {"type": "http.response.start", "status": 200, "headers": headers}
        await send(start)
        await send({"type": "http.response.body", "body": body})


def ask(counted: Counted, engine: Engine, *addresses: str, budget: int = 10**6) -> None:
    """Ask for addresses one after another, and for those in one word at once."""
    publish_small(engine)
    watch = ReleaseWatch(engine, seconds=1)
    requests = RequestLog(Metrics(watch), lambda _: "/a", watch)
    app = FinishedAnswers(counted, watch, requests=requests, budget=budget)

    async def ask_all() -> None:
        transport = httpx2.ASGITransport(app=app)
        async with httpx2.AsyncClient(
            transport=transport,
            base_url="http://there",
            headers={"accept-encoding": "identity"},
        ) as client:
            for several in addresses:
                answers = map(client.get, several.split())
                for answer in await asyncio.gather(*answers):
                    answer.raise_for_status()

    asyncio.run(ask_all())


def test_what_many_ask_for_at_once_is_made_once(engine: Engine) -> None:
    counted = Counted()

    ask(counted, engine, " ".join(["/a"] * 20), "/a", "/a")

    assert counted.asked == [("/a", "")]


def test_what_does_not_last_is_made_for_each_and_none_waits_for_all(
    engine: Engine,
) -> None:
    counted = Counted(lasts=False)

    ask(counted, engine, " ".join(["/a"] * 5), "/a")

    assert counted.asked == [("/a", "")] * 6


def test_the_order_of_parameters_makes_no_other_answer(engine: Engine) -> None:
    counted = Counted()

    ask(counted, engine, "/a?x=1&y=2", "/a?y=2&x=1", "/a?x=2&y=1")

    assert counted.asked == [("/a", "x=1&y=2"), ("/a", "x=2&y=1")]


def test_empty_parameters_make_no_other_answer(engine: Engine) -> None:
    counted = Counted()

    ask(counted, engine, "/a?x=1", "/a?x=1&&&", "/a?&x=1&")

    assert len(counted.asked) == 1


def test_addresses_take_room_too(engine: Engine) -> None:
    counted = Counted(size=10)
    long = [f"/a?x={one * 5_000}" for one in "abc"]

    # They are repeated in the answers: there is room for two of them.
    ask(counted, engine, *long, long[2], long[1], long[0], budget=25_000)

    assert len(counted.asked) == 4


def test_the_oldest_answers_make_room_for_new_ones(engine: Engine) -> None:
    counted = Counted()

    # Three answers do not fit.
    ask(counted, engine, "/a", "/b", "/a", "/c", "/b", "/a", budget=8_000)

    assert [path for path, _ in counted.asked] == ["/a", "/b", "/c", "/a"]


def test_what_is_larger_than_all_the_room_is_not_kept(engine: Engine) -> None:
    counted = Counted(size=9_000)

    ask(counted, engine, "/a", "/a", budget=8_000)

    assert counted.asked == [("/a", "")] * 2
