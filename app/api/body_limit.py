"""Refuses a body that is too large or too slow before anything reads it."""

from asyncio import get_running_loop, timeout_at
from dataclasses import dataclass

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.authentication import has_good_key
from app.api.problems import problem_response
from app.api.rate_limits import INSIDE
from app.api.trials import is_trial

_CODED = "Send it as it is, without Content-Encoding."
_SLOW = "The body did not arrive in time."
_CROWDED = "Other large bodies are being read: try again later."


@dataclass(frozen=True, slots=True)
class BodyMax:
    """The largest bodies, in bytes: of a request, of a trial without a key, of a write.

    `open_trials` is how much all trials without a key may hold together.
    """

    other: int
    trial: int
    write: int
    open_trials: int


class BodyLimit:
    """Trusts a declared length only to refuse; else counts what comes in.

    Starlette has such a middleware, but it answers with plain text.
    """

    def __init__(self, app: ASGIApp, largest: BodyMax, seconds: float) -> None:
        self._app = app
        self._largest = largest
        self._seconds = seconds
        self._room = _Room(largest.open_trials)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or INSIDE in scope:
            await self._app(scope, receive, send)
            return
        limit = await self._find_limit(scope)
        headers = Headers(scope=scope)
        body = _Body(
            receive,
            limit,
            due=get_running_loop().time() + self._seconds,
            coding=headers.get("content-encoding", "identity"),
            room=self._room if limit == self._largest.trial else _Room(limit),
        )
        if _is_larger(headers.get("content-length", "0"), limit):
            await problem_response(413, body.too_large)(scope, receive, send)
            return
        try:
            await self._app(scope, body.receive, send)
        finally:
            body.room.left += body.received

    async def _find_limit(self, scope: Scope) -> int:
        if not _is_library(scope):
            return self._largest.other
        # Its route reads the key of a write before the body.
        if not is_trial(scope) or await has_good_key(scope):
            return self._largest.write
        return self._largest.trial


@dataclass(slots=True)
class _Room:
    """How much bodies may still take together, in bytes."""

    left: int


@dataclass(slots=True)
class _Body:
    """A body as it comes in: up to a limit, and until it is due."""

    _receive: Receive
    limit: int
    due: float
    coding: str
    room: _Room
    received: int = 0
    _is_whole: bool = False

    @property
    def too_large(self) -> str:
        return f"The body is larger than {self.limit} bytes."

    async def receive(self) -> Message:
        """Receive a part. Raises `HTTPException` for what should not be read on."""
        if self._is_whole:
            return await self._receive()
        if self.coding.strip().lower() != "identity":
            headers = {"Accept-Encoding": "identity"}
            raise HTTPException(415, _CODED, headers=headers)
        try:
            async with timeout_at(self.due):
                message = await self._receive()
        except TimeoutError as error:
            # Else the rest could go on arriving.
            raise HTTPException(408, _SLOW, headers={"Connection": "close"}) from error
        size = len(message.get("body", b""))
        self.received += size
        self.room.left -= size
        if self.received > self.limit:
            raise HTTPException(413, self.too_large)
        if self.room.left < 0:
            raise HTTPException(503, _CROWDED, headers={"Retry-After": "10"})
        self._is_whole = not message.get("more_body", False)
        return message


def _is_library(scope: Scope) -> bool:
    """Say whether a request may bring a whole library, or a large item of one."""
    method, path = str(scope["method"]), str(scope["path"])
    return method == "PUT" or path == "/v1/releases"


def _is_larger(declared: str, largest: int) -> bool:
    # Longer numbers are larger anyway, and Python refuses to read endless ones.
    if not (declared.isascii() and declared.isdigit()):
        return False
    return len(declared) > len(str(largest)) + 9 or int(declared) > largest
