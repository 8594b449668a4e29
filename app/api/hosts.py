"""Answers for the names of this machine, and those of the settings, alone.

A page elsewhere could else reach a server that only this machine can reach, through a
browser, by a name that leads here (DNS rebinding).
"""

from collections.abc import Collection
from functools import lru_cache

from starlette.types import ASGIApp, Receive, Scope, Send

from app.api.problems import problem_response
from app.api.request_log import RequestLog
from app.api.security_headers import SECURITY_HEADERS

HERE = ("127.0.0.1", "localhost", "[::1]")
ANY = "*"
_REFUSAL = "This host is not served here: the setting HOSTS names those that are."


class HostCheck:
    """Passes a request on if it says once for whom it is, and that is known here."""

    def __init__(
        self, app: ASGIApp, names: Collection[str], requests: RequestLog
    ) -> None:
        self._app = app
        self._requests = requests
        self._names = frozenset((*HERE, *names))
        self._is_any = ANY in names
        # Whoever asks much asks for few; what comes in is not kept for long.
        self._knows = lru_cache(maxsize=64)(self._find)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._is_any or scope["type"] != "http" or self._is_served(scope):
            await self._app(scope, receive, send)
            return
        refusal = problem_response(421, _REFUSAL, headers=SECURITY_HEADERS)
        await self._requests.answer(refusal, scope, receive, send)

    def _is_served(self, scope: Scope) -> bool:
        host: bytes | None = None
        for name, value in scope["headers"]:
            if name == b"host":
                if host is not None:
                    return False
                host = value
        return host is not None and self._knows(host)

    def _find(self, host: bytes) -> bool:
        return name_of(host.decode("latin-1")) in self._names


def name_of(host: str) -> str:
    """Return a host without its port."""
    name, _, port = host.lower().rpartition(":")
    return name if name and port.isdigit() else host.lower()
