"""Refuses a body that is too large before anything reads it, with a problem."""

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.problems import problem_response


class BodyLimit:
    """Trusts a declared length only to refuse; else counts what comes in.

    Starlette has such a middleware, but it answers with plain text.
    """

    def __init__(self, app: ASGIApp, largest: int, largest_write: int) -> None:
        self._app = app
        self._largest = largest
        self._largest_write = largest_write

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        largest = self._largest_write if _is_write(scope) else self._largest
        detail = f"The body is larger than {largest} bytes."
        declared = Headers(scope=scope).get("content-length", "0")
        if _is_larger(declared, largest):
            response = problem_response(413, detail)
            await response(scope, receive, send)
            return
        received = 0

        async def count() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > largest:
                raise HTTPException(413, detail)
            return message

        await self._app(scope, count, send)


def _is_write(scope: Scope) -> bool:
    method, path = str(scope["method"]), str(scope["path"])
    return method == "PUT" or path == "/v1/releases"


def _is_larger(declared: str, largest: int) -> bool:
    # Longer numbers are larger anyway, and Python refuses to read endless ones.
    if not (declared.isascii() and declared.isdigit()):
        return False
    return len(declared) > len(str(largest)) + 9 or int(declared) > largest
