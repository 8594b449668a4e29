"""Finished answers to reads: made once an edition, and told again with little work.

The outermost callable of the service: what it knows passes nothing else.
"""

from asyncio import get_running_loop, shield
from collections.abc import Awaitable, Callable
from functools import partial
from http import HTTPStatus

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.content_codings import choose_coding
from app.api.encoded_send import EncodedSend
from app.api.forms import ACCEPTED, choose_form
from app.api.kept import Kept, KeptAnswer, Key
from app.api.release_watch import ReleaseWatch
from app.api.representations import (
    NO_BODY,
    Finished,
    RequestHeaders,
    encode_answer,
    finish,
    read_headers,
)
from app.api.request_log import RequestLog
from app.queries.releases import NOTHING

OF_RELEASE = "whatnext.release"
"""Where a read leaves in its scope of which release it says all that it says."""

OF_FAILURE = "whatnext.failed"
"""Where a read leaves in its scope the error of the database that ended it."""

_Messages = list[Message]
FinishKnown = Callable[[Scope], Awaitable[Finished | None]]
"""Finishes an answer that needs no route; none if the request does."""


class FinishedAnswers:
    """Answers GET and HEAD from what is kept of what is served now, or by the app.

    With another edition nothing is kept: what was said of one is not said of the next.
    """

    def __init__(
        self,
        app: ASGIApp,
        watch: ReleaseWatch,
        *,
        requests: RequestLog,
        budget: int,
        finish_known: FinishKnown | None = None,
    ) -> None:
        self._app = app
        self._requests = requests
        self._finish_known = finish_known
        self._watch = watch
        self._budget = budget
        self._kept = Kept(NOTHING)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        asked = read_headers(scope["headers"])
        scope[ACCEPTED] = choose_form(asked.accepted)
        if scope["method"] not in ("GET", "HEAD"):
            write = partial(self._write, choose_coding(asked.codings))
            await self._requests.answer(write, scope, receive, send)
            return
        if self._watch.is_due:
            await self._watch.look()
        if self._kept.edition != self._watch.edition:
            self._kept = Kept(self._watch.edition)
        key = _read_key(asked, scope)
        # Who shows a key may be told more.
        found = None if asked.is_keyed else self._kept.answers.get(key)
        if found is None:
            read = partial(self._read, asked, key)
            await self._requests.answer(read, scope, receive, send)
            return
        is_dated = self._kept.edition.is_dated
        status = await _send_finished(
            found.answer, asked, scope["method"], send, is_dated=is_dated
        )
        self._requests.metrics.count_told(scope["method"], found.route, status)

    async def _write(
        self, coding: str, scope: Scope, receive: Receive, send: Send
    ) -> None:
        await self._app(scope, receive, EncodedSend(send, coding) if coding else send)

    async def _read(
        self,
        asked: RequestHeaders,
        key: Key,
        scope: Scope,
        receive: Receive,
        send: Send,
    ) -> None:
        """Make an answer, keep it if it lasts, and send it."""
        if asked.is_keyed:
            answer = await self._ask(key, scope, receive)
        else:
            answer = await self._make(self._kept, key, scope, receive)
        if not isinstance(answer, Finished):
            await _send_all(answer, send, is_head=scope["method"] == "HEAD")
            return
        if not asked.is_keyed:
            self._requests.metrics.count_made()
        edition = self._watch.edition
        # Of a release that is not seen yet it is not known what was served before.
        is_seen = scope.get(OF_RELEASE, 0) <= edition.release
        is_dated = is_seen and edition.is_dated
        await _send_finished(answer, asked, scope["method"], send, is_dated=is_dated)

    async def _make(
        self, kept: Kept, key: Key, scope: Scope, receive: Receive
    ) -> Finished | _Messages:
        """Return an answer that is not kept, once it is made; keep it if it lasts."""
        place = key._replace(coding="")
        if place in kept.making:
            # What it failed of is told to all who waited: none of them tries again.
            if failure := await shield(kept.making[place]):
                scope[OF_FAILURE] = failure
            if key in kept.answers:
                return kept.answers[key].answer
        if place in kept.making or OF_FAILURE in scope:
            return await self._ask(key, scope, receive)
        made = kept.making[place] = get_running_loop().create_future()
        try:
            return await self._make_first(kept, key, scope, receive)
        finally:
            del kept.making[place]
            made.set_result(scope.get(OF_FAILURE))

    async def _make_first(
        self, kept: Kept, key: Key, scope: Scope, receive: Receive
    ) -> Finished | _Messages:
        plain_key = key._replace(coding="")
        route = self._requests.find_route(scope)
        plain = kept.answers.get(plain_key)
        if plain is not None:
            answer = await encode_answer(plain.answer, key.coding)
        else:
            made = await self._ask(plain_key, scope, receive)
            if not isinstance(made, Finished):
                return made
            answer = await encode_answer(made, key.coding)
            release = scope.get(OF_RELEASE, 0)
            if release > kept.edition.release:
                self._watch.expire()
            if release != kept.edition.release:
                return answer
            kept.keep(plain_key, KeptAnswer(made, route), budget=self._budget)
        kept.keep(key, KeptAnswer(answer, route), budget=self._budget)
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


def _read_key(asked: RequestHeaders, scope: Scope) -> Key:
    query: bytes = scope["query_string"]
    if b"&" in query:
        query = b"&".join(sorted(filter(None, query.split(b"&"))))
    return Key(scope["path"], query, choose_coding(asked.codings), scope[ACCEPTED])


async def _send_finished(
    answer: Finished,
    asked: RequestHeaders,
    method: str,
    send: Send,
    *,
    is_dated: bool,
) -> str:
    """Send an answer as the client needs it; return the status that it has so."""
    if answer.is_what_has(asked, is_dated=is_dated):
        await send(answer.not_modified)
        await send(NO_BODY)
        return "304"
    await send(answer.start)
    await send(NO_BODY if method == "HEAD" else answer.body)
    return "200"


async def _send_all(messages: _Messages, send: Send, *, is_head: bool) -> None:
    for message in messages:
        is_body = message["type"] == "http.response.body"
        await send({**message, "body": b""} if is_head and is_body else message)
