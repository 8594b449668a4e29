"""Answers a crash with a problem, and logs where it was but nothing of the request."""

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.problems import problem_response
from app.logs import place_error

log = structlog.get_logger()


class CrashGuard:
    """The messages of exceptions may quote a profile, so only their place is logged."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

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
                response = problem_response(500, "Something went wrong on our side.")
                await response(scope, receive, send)
