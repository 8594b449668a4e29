"""Lets nobody wait for long: what takes too much time is answered with a problem."""

from asyncio import CancelledError, Future, ensure_future, wait

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.problems import problem_response
from app.api.rate_limits import INSIDE
from app.api.trials import is_write

_LATE = "It takes too long: try again later."
_CROWDED = "Too much is being asked at once: try again."
log = structlog.get_logger()


class AnswerLimit:
    """Gives an answer so many seconds, and makes at most so many at once.

    Writes take the time that they need: a large library needs minutes.
    """

    def __init__(self, app: ASGIApp, seconds: float, at_once: int) -> None:
        self._app = app
        self._seconds = seconds
        self._at_once = at_once
        self._under_way: set[Future[None]] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or INSIDE in scope or is_write(scope):
            await self._app(scope, receive, send)
            return
        if len(self._under_way) >= self._at_once:
            await _refuse(_CROWDED, 1)(scope, receive, send)
            return
        answer = _Answer(send)
        task = ensure_future(self._app(scope, receive, answer))
        # A thread cannot be stopped: until it ends, its task is still under way.
        self._under_way.add(task)
        task.add_done_callback(self._end)
        try:
            await wait([task], timeout=self._seconds)
        except CancelledError:
            task.cancel()
            raise
        if task.done() or answer.has_begun:
            await task
            return
        answer.is_late = True
        task.cancel()
        log.error("late", route=getattr(scope.get("route"), "path", None))
        await _refuse(_LATE, 5)(scope, receive, send)

    def _end(self, task: Future[None]) -> None:
        self._under_way.discard(task)
        # Of what is late nobody else asks, and its message may quote a profile.
        if not task.cancelled():
            task.exception()


class _Answer:
    """Sends what is not late."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.has_begun = False
        self.is_late = False

    async def __call__(self, message: Message) -> None:
        if not self.is_late:
            self.has_begun = True
            await self._send(message)


def _refuse(detail: str, seconds: int) -> ASGIApp:
    return problem_response(503, detail, headers={"Retry-After": str(seconds)})
