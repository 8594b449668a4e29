"""Lets nobody wait for long: what takes too much time is answered with a problem."""

from asyncio import CancelledError, Future, ensure_future, wait
from collections.abc import Callable
from functools import partial

import structlog
from anyio import CancelScope
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.problems import problem_response
from app.api.rate_limits import INSIDE
from app.api.trials import is_write

_HEALTH = "/healthz"
_KEYS = "/v1/keys"
_LATE = "It takes too long: try again later."
_CROWDED = "Too much is being asked at once: try again."
log = structlog.get_logger()


class AnswerLimit:
    """Gives an answer so many seconds, and makes at most so many at once.

    Writes take the time that they need: a large library needs minutes. Whether
    the process is well, is told in the largest crowd.
    """

    def __init__(self, app: ASGIApp, seconds: float, at_once: int) -> None:
        self._app = app
        self._seconds = seconds
        self._at_once = at_once
        self._under_way: set[_Answer] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or INSIDE in scope or _changes(scope):
            await self._app(scope, receive, send)
            return
        answer = _Answer(receive, send, self._begin)
        # Who sends slowly takes no place from others: it begins with all of the body.
        if scope["method"] != "POST" and scope["path"] != _HEALTH:
            try:
                self._begin(answer)
            except HTTPException:
                await _refuse(_CROWDED, 1)(scope, receive, send)
                return
        task = ensure_future(self._work(scope, answer))
        # A thread cannot be stopped: until it ends, its task is still under way.
        task.add_done_callback(partial(self._end, answer))
        try:
            await wait([task], timeout=self._seconds)
        except CancelledError:
            task.cancel()
            raise
        if task.done() or answer.has_begun:
            await task
            return
        answer.is_late = True
        answer.limit.cancel()
        log.error("late", route=getattr(scope.get("route"), "path", None))
        await _refuse(_LATE, 5)(scope, receive, send)

    async def _work(self, scope: Scope, answer: "_Answer") -> None:
        # Unlike a task that is cancelled, it waits for the thread that it is in.
        with answer.limit:
            await self._app(scope, answer.receive, answer.send)

    def _begin(self, answer: "_Answer") -> None:
        """Take a place. Raises `HTTPException` if there is none."""
        if len(self._under_way) >= self._at_once and answer not in self._under_way:
            raise HTTPException(503, _CROWDED, headers={"Retry-After": "1"})
        self._under_way.add(answer)

    def _end(self, answer: "_Answer", task: Future[None]) -> None:
        self._under_way.discard(answer)
        # Of what is late nobody else asks, and its message may quote a profile.
        if not task.cancelled():
            task.exception()


class _Answer:
    """Receives what is asked, and sends what is not late."""

    def __init__(
        self, receive: Receive, send: Send, begin: Callable[["_Answer"], None]
    ) -> None:
        self.limit = CancelScope()
        self.has_begun = False
        self.is_late = False
        self._receive = receive
        self._send = send
        self._begin = begin

    async def receive(self) -> Message:
        message = await self._receive()
        if message["type"] == "http.request" and not message.get("more_body"):
            self._begin(self)
        return message

    async def send(self, message: Message) -> None:
        if not self.is_late:
            self.has_begun = True
            await self._send(message)


def _changes(scope: Scope) -> bool:
    """Say whether a request may change something: half of it would be nobody's wish."""
    return is_write(scope) or (scope["method"], scope["path"]) == ("POST", _KEYS)


def _refuse(detail: str, seconds: int) -> ASGIApp:
    return problem_response(503, detail, headers={"Retry-After": str(seconds)})
