"""Knows what is served, as it was a moment ago at most."""

from asyncio import Future, ensure_future, shield
from datetime import datetime
from time import monotonic

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError
from starlette.concurrency import run_in_threadpool

from app.queries.releases import NOTHING, Edition, find_edition
from app.queries.snapshots import open_snapshot


class ReleaseWatch:
    """Asks the database at most once in so many seconds, however many want to know.

    While the database does not answer, what it said last stands.
    """

    def __init__(self, engine: Engine, *, seconds: float) -> None:
        self.edition = NOTHING
        self._engine = engine
        self._seconds = seconds
        self._due = 0.0
        self._expired = 0
        self._looking: Future[None] | None = None

    @property
    def is_due(self) -> bool:
        return monotonic() >= self._due

    def date(self, release: int, created_at: datetime) -> datetime:
        """Return when what is served of a release was last changed, as far as known."""
        present, changed_at = self.edition
        return max(created_at, changed_at) if release == present else created_at

    def expire(self) -> None:
        """Ask again before the next answer: there may be a new release."""
        self._due = 0.0
        self._expired += 1

    async def look(self) -> None:
        """Find out what is served."""
        if self._looking is None:
            self._looking = ensure_future(self._look())
        # Whoever stops waiting does not stop it for the others.
        await shield(self._looking)

    async def _look(self) -> None:
        # A release that comes while this looks may be missed.
        due, expired = monotonic() + self._seconds, self._expired
        try:
            self.edition = await run_in_threadpool(self._find)
        finally:
            self._looking = None
            if self._expired == expired:
                self._due = due

    def _find(self) -> Edition:
        try:
            with open_snapshot(self._engine) as snapshot:
                return find_edition(snapshot)
        except DBAPIError:
            return self.edition
