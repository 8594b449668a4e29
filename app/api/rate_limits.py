"""Limits of how much a client may ask for in a while, as they are told in headers.

What is kept is not counted: to answer it costs less than to count it.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from math import ceil
from time import time

import structlog
from limits import RateLimitItem, parse
from limits.aio.strategies import SlidingWindowCounterRateLimiter
from limits.errors import StorageError
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.problems import problem_response
from app.api.rate_clients import GoodKeys, name_address
from app.api.rate_stores import open_store
from app.api.rate_windows import WindowMemory
from app.api.representations import Finished
from app.api.trials import is_trial
from app.settings import OFF, Settings

INSIDE = "whatnext.inside"
"""Marks in its scope what this process asks itself: it was counted as it came in."""

TRIAL_COST = 20
"""A trial takes as much time as hundreds of other requests; it counts for so many."""

UNCOUNTED = ("/healthz", "/readyz")
"""What asks for these starts a process anew that does not answer."""

_COUNTED = "whatnext.counted"
_CROWD = 100_000
_Finish = Callable[[Scope], Awaitable[Finished | None]]
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Count:
    """What a client has left of a limit, and in how many seconds there is more."""

    policy: str
    limit: RateLimitItem
    remaining: int
    seconds: int
    is_over: bool

    @property
    def headers(self) -> dict[str, str]:
        """The headers of the IETF's draft: RateLimit and RateLimit-Policy."""
        window = self.limit.get_expiry()
        return {
            "RateLimit-Policy": f'"{self.policy}";q={self.limit.amount};w={window}',
            "RateLimit": f'"{self.policy}";r={self.remaining};t={self.seconds}',
        }


class RateLimits:
    """Counts requests by their addresses, or by keys that were good a moment ago."""

    def __init__(self, settings: Settings) -> None:
        self.keys = GoodKeys()
        self._by_address = _parse(settings.rate_limit)
        self._by_key = _parse(settings.rate_limit_keyed)
        self._store = open_store(settings.rate_limit_store)
        self._limiter = SlidingWindowCounterRateLimiter(self._store)
        self._is_answering = True

    async def count(self, scope: Scope) -> Count | None:
        """Count a request, once; return none if it is not counted."""
        if _COUNTED not in scope:
            is_free = INSIDE in scope or scope["path"] in UNCOUNTED
            scope[_COUNTED] = None if is_free else await self._count(scope)
        counted: Count | None = scope[_COUNTED]
        return counted

    async def _count(self, scope: Scope) -> Count | None:
        key = self.keys.find(scope)
        policy, limit = ("key", self._by_key) if key else ("address", self._by_address)
        if limit is None:
            return None
        client = key or name_address(scope, is_crowded=self._is_crowded)
        cost = min(TRIAL_COST if is_trial(scope) else 1, limit.amount)
        try:
            is_let = await self._limiter.hit(limit, policy, client, cost=cost)
            reset, left = await self._limiter.get_window_stats(limit, policy, client)
        except StorageError as error:
            self._note_silence(error)
            return None
        self._is_answering = True
        seconds = max(ceil(reset - time()), 1)
        if not is_let:
            seconds = max(seconds, ceil(cost * limit.get_expiry() / limit.amount))
        return Count(policy, limit, left, seconds, not is_let)

    @property
    def _is_crowded(self) -> bool:
        return isinstance(self._store, WindowMemory) and len(self._store) > _CROWD

    def _note_silence(self, error: StorageError) -> None:
        # Advice in an emergency matters more than a count.
        if self._is_answering:
            log.error("rate-limits", error=type(error.storage_error).__name__)
        self._is_answering = False


class RateLimited:
    """Refuses who asks too much, and tells all others how much they have left."""

    def __init__(self, app: ASGIApp, limits: RateLimits) -> None:
        self._app = app
        self._limits = limits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        count = await self._limits.count(scope) if scope["type"] == "http" else None
        if count is None:
            await self._app(scope, receive, send)
            return
        if count.is_over:
            headers = {**count.headers, "Retry-After": str(count.seconds)}
            detail = f"Too many requests: try again after {count.seconds} seconds."
            await problem_response(429, detail, headers=headers)(scope, receive, send)
            return
        told = [(name.encode(), text.encode()) for name, text in count.headers.items()]

        async def send_told(message: Message) -> None:
            if message["type"] == "http.response.start" and not _is_shared(message):
                message = {**message, "headers": [*message["headers"], *told]}
            await send(message)

        await self._app(scope, receive, send_told)
        self._limits.keys.note(scope)


def limited(finish: _Finish, limits: RateLimits) -> _Finish:
    """Return a short way that counts first; who is over goes the long way."""

    async def finish_counted(scope: Scope) -> Finished | None:
        count = await limits.count(scope)
        return None if count and count.is_over else await finish(scope)

    return finish_counted


def _parse(rate: str) -> RateLimitItem | None:
    return None if rate == OFF else parse(rate)


def _is_shared(message: Message) -> bool:
    """Say whether public caches may tell others the same: it is no answer to one."""
    return any(
        name.lower() == b"cache-control" and value.startswith(b"public")
        for name, value in message["headers"]
    )
