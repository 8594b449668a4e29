"""Numbers, logs and counts requests, but for those that kept answers are told to."""

import re
from collections.abc import Callable
from http import HTTPStatus
from time import perf_counter
from uuid import uuid4

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from structlog.contextvars import bound_contextvars, get_contextvars

from app.api.crash_guard import CrashGuard
from app.api.metrics import Metrics
from app.api.open_cors import OPEN_HEADERS
from app.api.release_watch import ReleaseWatch
from app.api.security_headers import secure

REQUEST_ID = b"x-request-id"
OTHER_METHOD = "other"
_METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
# Anything else may have words of a profile in it.
_UUID = re.compile(rb"[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}")

_OF_A_CRASH = OPEN_HEADERS | {
    name.decode(): value.decode() for name, value in secure([], is_open=True)
}
"""What is made without FastAPI is open to every page, and so is it if it fails."""

FindRoute = Callable[[Scope], str]
"""Returns the template of the route that a request is for."""

log = structlog.get_logger()


class RequestLog:
    """Holds nothing of a request but its method, its route and what came of it."""

    def __init__(
        self, metrics: Metrics, find_route: FindRoute, watch: ReleaseWatch
    ) -> None:
        self.find_route = find_route
        self.metrics = metrics
        self._watch = watch

    async def answer(
        self, app: ASGIApp, scope: Scope, receive: Receive, send: Send
    ) -> None:
        """Let an app answer a request; should it crash, the answer is a problem."""
        started_at = perf_counter()
        told = _Told(_find_id(scope), send)
        with bound_contextvars(request_id=told.request_id):
            try:
                await CrashGuard(app, _OF_A_CRASH)(scope, receive, told)
            finally:
                self._record(scope, told, seconds=perf_counter() - started_at)

    def _record(self, scope: Scope, told: "_Told", *, seconds: float) -> None:
        method = scope["method"] if scope["method"] in _METHODS else OTHER_METHOD
        route = self.find_route(scope)
        self.metrics.count_answer(method, route, told.status, seconds=seconds)
        is_bad = told.status is None or told.status >= HTTPStatus.INTERNAL_SERVER_ERROR
        write = log.error if is_bad else log.info
        write(
            "request",
            method=method,
            route=route,
            status=told.status,
            duration_ms=round(seconds * 1000, 1),
            release=told.release or self._watch.edition.release or None,
        )


class _Told:
    """Sends an answer on, and notes what it is; what is nobody else's gets its id."""

    def __init__(self, request_id: str, send: Send) -> None:
        self.request_id = request_id
        self.status: int | None = None
        self.release: int | None = None
        self._send = send

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            message = self._note(message)
        await self._send(message)

    def _note(self, start: Message) -> Message:
        self.status = start["status"]
        headers = start["headers"]
        is_public = False
        for name, value in headers:
            if name == b"library-release":
                self.release = int(value)
            elif name == b"cache-control":
                is_public = value.startswith(b"public")
        if is_public:
            return start
        own = (REQUEST_ID, self.request_id.encode())
        return {**start, "headers": [*headers, own]}


def _find_id(scope: Scope) -> str:
    """Return the id of a request: its own, or of the one that it is made for."""
    known = get_contextvars().get("request_id")
    if known is not None:
        return str(known)
    for name, value in scope["headers"]:
        if name == REQUEST_ID and _UUID.fullmatch(value):
            return str(value.decode()).lower()
    return str(uuid4())
