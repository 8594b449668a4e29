"""CORS for what needs no key: open to every origin; a refusal is a problem too."""

from functools import partial
from http import HTTPStatus

from starlette.datastructures import Headers
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Message, Receive, Scope, Send

from app.api.authentication import KeyedRoute
from app.api.problems import problem_response

METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE")
"""Writes among them: as no key may come along, they are trials, or are refused."""

EXPOSED_HEADERS = (
    *("ETag", "Last-Modified", "Library-Release", "Link"),
    *("RateLimit", "RateLimit-Policy", "Retry-After", "X-Request-Id"),
)
OPEN_HEADERS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": ", ".join(EXPOSED_HEADERS),
}
"""What lets pages of every origin read an answer."""


class OpenCors(CORSMiddleware):
    """Starlette's middleware, but for its plain-text refusals, and shut to keys."""

    def preflight_response(self, request_headers: Headers) -> Response:
        wanted = request_headers.get("access-control-request-headers", "").lower()
        if "authorization" in {one.strip() for one in wanted.split(",")}:
            return problem_response(400, "What needs a key is shut to other origins.")
        response = super().preflight_response(request_headers)
        if response.status_code != HTTPStatus.BAD_REQUEST:
            return response
        detail = f"Only {', '.join(METHODS)} are open to other origins."
        return problem_response(response.status_code, detail)

    async def simple_response(
        self, scope: Scope, receive: Receive, send: Send, request_headers: Headers
    ) -> None:
        send_open = partial(self.send, send=send, request_headers=request_headers)

        async def send_as_routed(message: Message) -> None:
            # Which route answers is known only now.
            await (send if needs_key(scope) else send_open)(message)

        await self.app(scope, receive, send_as_routed)


def needs_key(scope: Scope) -> bool:
    """Say whether the route that answers needs a key of this request."""
    route = scope.get("route")
    return isinstance(route, KeyedRoute) and not route.is_open_to(Request(scope))
