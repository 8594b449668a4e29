"""Knows which release is present, as it was a moment ago at most."""

from asyncio import Future, ensure_future, shield
from time import monotonic

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError
from starlette.concurrency import run_in_threadpool

from app.database import read_session
from app.queries.releases import find_release


class ReleaseWatch:
    """Asks the database at most once in so many seconds, however many want to know.

    While the database does not answer, what it said last stands.
    """

    def __init__(self, engine: Engine, *, seconds: float) -> None:
        self.number = 0
        self._engine = engine
        self._seconds = seconds
        self._due = 0.0
        self._expired = 0
        self._looking: Future[None] | None = None

    @property
    def is_due(self) -> bool:
        return monotonic() >= self._due

    def expire(self) -> None:
        """Ask again before the next answer: there may be a new release."""
        self._due = 0.0
        self._expired += 1

    async def look(self) -> None:
        """Find out which release is present; 0 is none."""
        if self._looking is None:
            self._looking = ensure_future(self._look())
        # Whoever stops waiting does not stop it for the others.
        await shield(self._looking)

    async def _look(self) -> None:
        # A release that comes while this looks may be missed.
        due, expired = monotonic() + self._seconds, self._expired
        try:
            self.number = await run_in_threadpool(self._find)
        finally:
            self._looking = None
            if self._expired == expired:
                self._due = due

    def _find(self) -> int:
        try:
            with read_session(self._engine) as session:
                release = find_release(session)
                return release.number if release else 0
        except DBAPIError:
            return self.number
