"""Answers HEAD as GET without the body, for every route that answers GET."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send


class HeadRequests:
    """FastAPI gives its routes the methods that they name, and no HEAD beside GET."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self._app(scope, receive, send)
            return

        async def send_head(message: Message) -> None:
            if message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        await self._app({**scope, "method": "GET"}, receive, send_head)
