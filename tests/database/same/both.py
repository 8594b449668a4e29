"""The same log on two databases, and what either says when it is asked the same."""

import asyncio
import json
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, NamedTuple
from urllib.parse import quote, unquote, urlencode

from starlette.types import ASGIApp, Message, Scope

ALL = os.environ.get("SAME_BYTES") == "all"
"""Whether everything is asked; else of what is many only each so manieth."""

UNLIKE = {b"date", b"x-request-id"}
"""The headers that no two answers have in common, whatever was asked."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A request; its path is written as in an address, with the query."""

    path: str
    method: str = "GET"
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.method} {self.path} {self.body[:300].decode()}".rstrip()


class Answer(NamedTuple):
    """All that comes back."""

    status: int
    headers: Sequence[tuple[bytes, bytes]]
    body: bytes


def get(path: str, **query: object) -> Asked:
    return Asked(f"{quote(path)}?{urlencode(query)}" if query else quote(path))


def post(path: str, body: object, **query: object) -> Asked:
    headers = {"content-type": "application/json"}
    sent = json.dumps(body).encode()
    return Asked(get(path, **query).path, "POST", sent, headers)


def sample(asked: Iterable[Asked], *, every: int) -> list[Asked]:
    """Return each so manieth of what could be asked, or all of it."""
    return list(asked if ALL else islice(asked, 0, None, every))


class Both:
    """Two applications that must not be told apart."""

    def __init__(self, first: ASGIApp, second: ASGIApp) -> None:
        self._apps = (first, second)
        self._runner = asyncio.Runner()

    def close(self) -> None:
        self._runner.close()

    def ask(self, asked: Asked) -> tuple[Answer, Answer]:
        first, second = (self._runner.run(_ask(app, asked)) for app in self._apps)
        return first, second

    def find_differences(self, asked: Iterable[Asked]) -> tuple[set[int], list[str]]:
        """Return every status that came back, and which answers are not alike."""
        statuses: set[int] = set()
        differences = []
        for one in asked:
            first, second = self.ask(one)
            statuses |= {first.status, second.status}
            if first != second:
                differences.append(f"{one}\n  {_tell_apart(first, second)}")
        return statuses, differences


async def _ask(app: ASGIApp, asked: Asked) -> Answer:
    path, _, query = asked.path.partition("?")
    given = {"host": "localhost", "content-length": str(len(asked.body))}
    scope: Scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": asked.method,
        "scheme": "http",
        "path": unquote(path),
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": [
            (name.encode(), value.encode())
            for name, value in {**given, **asked.headers}.items()
        ],
        "client": ("127.0.0.1", 50_000),
        "server": ("localhost", 80),
    }
    bodies = [asked.body]
    sent: list[Message] = []

    async def receive() -> Message:
        if bodies:
            return {"type": "http.request", "body": bodies.pop()}
        # Who asked stays until it has the answer.
        await asyncio.Event().wait()
        raise AssertionError

    async def send(message: Message) -> None:
        sent.append(message)

    await app(scope, receive, send)
    return _read(sent)


def _read(sent: Sequence[Message]) -> Answer:
    start, *rest = sent
    headers = [one for one in start["headers"] if one[0].lower() not in UNLIKE]
    body = b"".join(one.get("body", b"") for one in rest)
    return Answer(start["status"], headers, body)


def _tell_apart(first: Answer, second: Answer) -> str:
    """Say in what two answers differ, from a little before the first sign."""
    if first.status != second.status or first.body == second.body:
        return f"{first[:2]}\n  {second[:2]}"
    pairs: Any = enumerate(zip(first.body, second.body, strict=False))
    at = next((index for index, (one, other) in pairs if one != other), 0)
    window = slice(max(0, at - 80), at + 120)
    return f"…{first.body[window]!r}\n  …{second.body[window]!r}"
