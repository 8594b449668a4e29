"""What every answer tells browsers: guess nothing, embed nothing, run nothing."""

from collections.abc import Mapping
from types import MappingProxyType

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.open_cors import needs_key

Headers = list[tuple[bytes, bytes]]

SECURITY_HEADERS: Mapping[str, str] = MappingProxyType(
    {
        "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        # For browsers that do not know `frame-ancestors`.
        "X-Frame-Options": "DENY",
    }
)
_MINE: Headers = [
    (name.lower().encode(), value.encode()) for name, value in SECURITY_HEADERS.items()
]
_POLICY = b"cross-origin-resource-policy"


def secure(headers: Headers, *, is_open: bool) -> Headers:
    """Return headers with those that they lack; what is open is so to all pages."""
    there = {name for name, _ in headers}
    sharing = b"cross-origin" if is_open else b"same-origin"
    mine = [*_MINE, (_POLICY, sharing)]
    return [*headers, *(one for one in mine if one[0] not in there)]


class SecureHeaders:
    """Adds the headers to what is not kept; answers that are kept have them already."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_secure(message: Message) -> None:
            if message["type"] == "http.response.start":
                # Which route answers is known only now.
                is_open = not needs_key(scope)
                headers = secure(list(message["headers"]), is_open=is_open)
                message = {**message, "headers": headers}
            await send(message)

        await self._app(scope, receive, send_secure)
