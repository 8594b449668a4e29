"""A write under way: what it was made against, by whom, and what became of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

import structlog
from fastapi import Depends, Request, Response
from sqlalchemy import Engine

from app.api.dependencies import GuidesDep, NowDep
from app.api.guides import Guides
from app.api.preconditions import read_release_tag, require_release_tag
from app.api.publishing_schemas import DryRun, PublishedOut, UnmetOut
from app.api.release_watch import ReleaseWatch
from app.content.bundles import GivenEntries
from app.content.check import check_change
from app.content.places import FaultyLibraryError
from app.content.present import Present
from app.content.publish import Signature
from app.content.submit import Check, Submitted, submit
from app.database import read_session
from app.errors import Fault, InvalidRequestError, StaleReleaseError
from app.fields import Significance
from app.library.bundle import Bundle
from app.queries.filters import ChangeFilters
from app.queries.history import list_changes
from app.queries.paging import LIMIT_MAX
from app.queries.releases import find_release

log = structlog.get_logger()


@dataclass(frozen=True)
class Writing:
    """What a write stands on. It is a trial, or it has the name of a key."""

    engine: Engine
    guides: Guides
    watch: ReleaseWatch
    present: Present
    at: datetime
    by: str | None
    is_trial: bool

    def read_release(self, number: int) -> Bundle:
        """Return the library as of a release. Raises `NotFoundError`."""
        with read_session(self.engine) as session:
            return self.guides.bundle(session, release=number)

    def submit(
        self,
        bundle: Bundle,
        given: GivenEntries,
        *,
        note: str,
        significance: Significance | None,
        check: Check = check_change,
    ) -> Submitted:
        """Publish a library, or say what that would change.

        Raises `InvalidRequestError` with the faults of what was given,
        `LowSignificanceError`, `StaleReleaseError`.
        """
        signature = Signature(self.at, self.by, note, significance)
        try:
            done = submit(
                self.engine,
                self.present,
                bundle,
                signature,
                check=check,
                is_dry_run=self.is_trial,
            )
        except FaultyLibraryError as error:
            faults = [given.locate(one) for one in error.faults]
            raise InvalidRequestError(faults) from error
        except StaleReleaseError as error:
            raise _tell_changes(self.engine, error) from error
        self.watch.expire()
        if done.published is not None and done.published.is_new:
            log.info("published", release=done.published.number)
        return done

    def answer(self, done: Submitted, *, is_created: bool) -> Response:
        """Return what became of the write; where nothing was made it is a 200."""
        published = done.published
        is_new = published is not None and published.is_new
        number = published.number if published else self.present.number
        out = PublishedOut(
            release=number,
            is_new=is_new,
            dry_run=self.is_trial,
            significance=done.significance,
            diff=done.diff,
            unmet=[
                UnmetOut(
                    kind=one.kind, slug=one.slug, pointer=one.pointer, detail=one.detail
                )
                for one in done.unmet
            ],
        )
        return Response(
            out.model_dump_json(),
            status_code=201 if is_new and is_created else 200,
            media_type="application/json",
            headers={"Library-Release": str(number)},
        )


def begin_write(
    request: Request, guides: GuidesDep, now: NowDep, dry_run: DryRun = "false"
) -> Writing:
    """Read what the write is made against. Raises `StaleReleaseError`."""
    is_trial = dry_run == "true"
    read_tag = read_release_tag if is_trial else require_release_tag
    against = read_tag(request)
    engine: Engine = request.app.state.engine
    with read_session(engine) as session:
        present = guides.present(session) if find_release(session) else Present()
    if against is not None and against != present.number:
        stale = StaleReleaseError(prepared_against=against, present=present.number)
        raise _tell_changes(engine, stale)
    key = request.state.key
    by = key.name if key else None
    watch: ReleaseWatch = request.app.state.watch
    return Writing(engine, guides, watch, present, now, by, is_trial)


WritingDep = Annotated[Writing, Depends(begin_write)]


def _tell_changes(engine: Engine, error: StaleReleaseError) -> StaleReleaseError:
    """Return the error with what has changed since, as much as a page has."""
    since, until = error.prepared_against, error.present
    if since > until:
        # It is not out yet; a database may not even hold such a number.
        return error
    with read_session(engine) as session:
        page = list_changes(
            session, ChangeFilters(limit=LIMIT_MAX), since=since, until=until
        )
    changed = [
        Fault(f"/{one.kind.value}/{one.slug}", f"{one.change} by release {one.release}")
        for one in page.rows
    ]
    return StaleReleaseError(prepared_against=since, present=until, changed=changed)
