"""Answers a crash with a problem, and logs where it was but nothing of the request."""

from collections.abc import Mapping
from types import MappingProxyType

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.problems import problem_response
from app.logs import place_error

log = structlog.get_logger()


class CrashGuard:
    """The messages of exceptions may quote a profile, so only their place is logged.

    `headers` are those that nobody else will add to the problem.
    """

    def __init__(
        self, app: ASGIApp, headers: Mapping[str, str] = MappingProxyType({})
    ) -> None:
        self._app = app
        self._headers = headers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = False

        async def watch(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, receive, watch)
        # Nothing may pass: the server would log the message of the exception.
        except Exception as error:  # noqa: BLE001
            log.critical("crash", **place_error(error))
            if not started:
                detail = "Something went wrong on our side."
                response = problem_response(500, detail, headers=self._headers)
                await response(scope, receive, send)
