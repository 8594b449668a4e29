"""Finished answers to reads: made once a release, and told again with little work.

The outermost callable of the service: what it knows passes nothing else.
"""

from asyncio import Future, get_running_loop, shield
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import NamedTuple

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.content_codings import choose_coding
from app.api.release_watch import ReleaseWatch
from app.api.representations import (
    NO_BODY,
    Asked,
    Finished,
    encode_answer,
    finish,
    read_headers,
)

OF_RELEASE = "whatnext.release"
"""Where a read leaves in its scope of which release it says all that it says."""

_Messages = list[Message]
FinishKnown = Callable[[Scope], Awaitable[Finished | None]]
"""Finishes an answer that needs no route; none if the request does."""


class Key(NamedTuple):
    """What an answer depends on."""

    path: str
    query: bytes
    coding: str


@dataclass(slots=True)
class _Kept:
    """The answers of one release; for one that is being made others wait."""

    release: int
    answers: dict[Key, Finished] = field(default_factory=dict)
    making: dict[tuple[str, bytes], "Future[None]"] = field(default_factory=dict)
    size: int = 0

    def keep(self, key: Key, answer: Finished, *, budget: int) -> None:
        """Keep an answer, and forget the oldest ones that there is no room for."""
        if answer.size > budget or key in self.answers:
            return
        self.size += answer.size
        self.answers[key] = answer
        while self.size > budget:
            oldest = next(iter(self.answers))
            self.size -= self.answers.pop(oldest).size


class FinishedAnswers:
    """Answers GET and HEAD from what is kept of the present release, or by the app.

    With another release nothing is kept: what was said of one is not said of the next.
    """

    def __init__(
        self,
        app: ASGIApp,
        watch: ReleaseWatch,
        *,
        budget: int,
        finish_known: FinishKnown | None = None,
    ) -> None:
        self._app = app
        self._finish_known = finish_known
        self._watch = watch
        self._budget = budget
        self._kept = _Kept(release=0)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
            await self._app(scope, receive, send)
            return
        asked = read_headers(scope["headers"])
        query: bytes = scope["query_string"]
        if b"&" in query:
            query = b"&".join(sorted(query.split(b"&")))
        if self._watch.is_due:
            await self._watch.look()
        if self._kept.release != self._watch.number:
            self._kept = _Kept(self._watch.number)
        kept = self._kept
        key = Key(scope["path"], query, choose_coding(asked.codings))
        # Who shows a key may be told more.
        answer = None if asked.is_keyed else kept.answers.get(key)
        if answer is None:
            made = await self._make(kept, key, asked, scope, receive)
            if not isinstance(made, Finished):
                await _send_all(made, send, is_head=scope["method"] == "HEAD")
                return
            answer = made
        if answer.is_what_has(asked):
            await send(answer.not_modified)
            await send(NO_BODY)
        else:
            await send(answer.start)
            await send(NO_BODY if scope["method"] == "HEAD" else answer.body)

    async def _make(
        self, kept: _Kept, key: Key, asked: Asked, scope: Scope, receive: Receive
    ) -> Finished | _Messages:
        """Return an answer that is not kept, once it is made; keep it if it lasts."""
        if asked.is_keyed:
            return await self._ask(key, scope, receive)
        place = key.path, key.query
        if place in kept.making:
            await shield(kept.making[place])
            if key in kept.answers:
                return kept.answers[key]
        if place in kept.making:
            return await self._ask(key, scope, receive)
        made = kept.making[place] = get_running_loop().create_future()
        try:
            return await self._make_first(kept, key, scope, receive)
        finally:
            del kept.making[place]
            made.set_result(None)

    async def _make_first(
        self, kept: _Kept, key: Key, scope: Scope, receive: Receive
    ) -> Finished | _Messages:
        plain_key = key._replace(coding="")
        plain = kept.answers.get(plain_key)
        if plain is not None:
            answer = await encode_answer(plain, key.coding)
        else:
            made = await self._ask(plain_key, scope, receive)
            if not isinstance(made, Finished):
                return made
            answer = await encode_answer(made, key.coding)
            release = scope.get(OF_RELEASE, 0)
            if release > kept.release:
                self._watch.expire()
            if release != kept.release:
                return answer
            kept.keep(plain_key, made, budget=self._budget)
        kept.keep(key, answer, budget=self._budget)
        return answer

    async def _ask(
        self, key: Key, scope: Scope, receive: Receive
    ) -> Finished | _Messages:
        """Return the answer of the app: as it came, unless it is a read."""
        known = await self._finish_known(scope) if self._finish_known else None
        if known is not None:
            return await encode_answer(known, key.coding)
        messages: _Messages = []

        async def collect(message: Message) -> None:
            messages.append(message)

        # FastAPI gives a route the methods that it names, and no HEAD beside GET.
        scope["method"], method = "GET", scope["method"]
        try:
            await self._app(scope, receive, collect)
        finally:
            scope["method"] = method
        headers = dict(messages[0]["headers"])
        if messages[0]["status"] != HTTPStatus.OK or b"last-modified" not in headers:
            return messages
        body = b"".join(message["body"] for message in messages[1:])
        return await encode_answer(finish(messages[0]["headers"], body, ""), key.coding)


async def _send_all(messages: _Messages, send: Send, *, is_head: bool) -> None:
    for message in messages:
        is_body = message["type"] == "http.response.body"
        await send({**message, "body": b""} if is_head and is_body else message)
