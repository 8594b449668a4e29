"""Knows what is served, as it was a moment ago at most."""

from asyncio import Future, ensure_future, wait
from datetime import datetime
from time import monotonic

import structlog
from anyio import CapacityLimiter
from anyio.to_thread import run_sync
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from app.queries.releases import NOTHING, Edition, find_edition
from app.queries.snapshots import open_snapshot

PATIENCE = 2.0
"""So many seconds others wait for a look at a database that does not answer."""

log = structlog.get_logger()


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
        self._overdue = 0.0
        self._is_lost = False
        # A thread of its own: all others may be waiting for the database.
        self._thread = CapacityLimiter(1)

    @property
    def is_due(self) -> bool:
        return monotonic() >= self._due

    def date(self, release: int, created_at: datetime) -> datetime:
        """Return when what is served of a release was last changed, as far as known."""
        present = self.edition
        if release == present.release:
            return max(created_at, present.changed_at)
        return created_at

    def expire(self) -> None:
        """Ask again before the next answer: there may be a new release."""
        self._due = 0.0
        self._expired += 1

    async def look(self) -> None:
        """Find out what is served, if the database says so soon enough."""
        if self._looking is None:
            self._looking = ensure_future(self._look())
            # Where the last one was in vain, nobody waits for the next.
            self._overdue = monotonic() + (0 if self._is_lost else PATIENCE)
        looking, remaining = self._looking, self._overdue - monotonic()
        if remaining > 0:
            # Whoever stops waiting does not stop it for the others.
            await wait({looking}, timeout=remaining)
        if looking.done():
            looking.result()

    async def _look(self) -> None:
        # A release that comes while this looks may be missed.
        due, expired = monotonic() + self._seconds, self._expired
        try:
            self.edition = await run_sync(self._find, limiter=self._thread)
        finally:
            self._looking = None
            if self._expired == expired:
                self._due = due

    def _find(self) -> Edition:
        try:
            with open_snapshot(self._engine) as snapshot:
                found = find_edition(snapshot)
        except SQLAlchemyError:
            self._tell(is_lost=True)
            return self.edition
        self._tell(is_lost=False)
        return found

    def _tell(self, *, is_lost: bool) -> None:
        if is_lost != self._is_lost:
            self._is_lost = is_lost
            log.error("database lost" if is_lost else "database back")
