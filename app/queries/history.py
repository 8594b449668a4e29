"""Reads the log as history: its releases, what changed, and an item's revisions."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from sqlalchemy import ColumnElement, case
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, func, select

from app.errors import NotFoundError
from app.fields import SLUG_PATTERN, Kind
from app.queries.filters import ChangeFilters, ReleaseFilters
from app.queries.paging import PageFilters
from app.queries.releases import get_release
from app.tables import Release, Revision

RowT = TypeVar("RowT")


class Change(StrEnum):
    """What became of an item."""

    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class HistoryPage(Generic[RowT]):
    """One page in order, and how many the filters let through."""

    rows: Sequence[RowT]
    total: int


@dataclass(frozen=True, slots=True)
class CountedRelease:
    """A release, and how many items it added, changed and removed."""

    release: Release
    counts: Mapping[Change, int]


@dataclass(frozen=True, slots=True)
class ItemChange:
    """What became of an item, by which release, and the last document that it had."""

    kind: Kind
    slug: str
    release: int
    change: Change
    document: str


@dataclass(frozen=True, slots=True)
class ItemRevision:
    """An item as a release left it, and what that release did to it."""

    revision: Revision
    release: Release
    change: Change


def list_releases(
    session: Session, filters: ReleaseFilters
) -> HistoryPage[CountedRelease]:
    """Return one page, the newest first."""
    significance = col(Release.significance)
    wanted = [significance == filters.significance] if filters.significance else []
    statement = (
        select(Release)
        .where(*wanted)
        .order_by(col(Release.number).desc())
        .limit(filters.limit)
        .offset(filters.offset)
    )
    total = session.exec(select(func.count()).select_from(Release).where(*wanted)).one()
    return HistoryPage(_count_changes(session, session.exec(statement).all()), total)


def get_counted_release(session: Session, number: int) -> CountedRelease:
    """Return a release. Raises `NoReleaseError`, `NotFoundError`."""
    [counted] = _count_changes(session, [get_release(session, number=number)])
    return counted


def list_changes(
    session: Session, filters: ChangeFilters, *, since: int, until: int
) -> HistoryPage[ItemChange]:
    """Return one page, by kind and slug, of what differs between two releases.

    An item that is as it was, whatever happened to it meanwhile, is left out.
    """
    before = _document_as_of(since)
    release, document = col(Revision.release), col(Revision.document)
    wanted = [
        release.between(since + 1, until),
        release == _last_release(until),
        before.is_distinct_from(document),
    ]
    if filters.kind is not None:
        wanted.append(col(Revision.kind) == filters.kind)
    statement = (
        select(Revision, func.coalesce(document, before), _change(before))
        .where(*wanted)
        .order_by(col(Revision.kind), col(Revision.slug))
        .limit(filters.limit)
        .offset(filters.offset)
    )
    total = session.exec(
        select(func.count()).select_from(Revision).where(*wanted)
    ).one()
    changes = [
        ItemChange(one.kind, one.slug, one.release, Change(change), text)
        for one, text, change in session.exec(statement)
    ]
    return HistoryPage(changes, total)


def list_revisions(
    session: Session, kind: Kind, slug: str, filters: PageFilters
) -> HistoryPage[ItemRevision]:
    """Return one page, the newest first. Raises `NotFoundError` if there never was one.

    An item that was removed still has its revisions.
    """
    # What cannot be a slug is not asked for: not every text is one to a database.
    if not re.fullmatch(SLUG_PATTERN, slug):
        raise NotFoundError(kind.singular, slug)
    own = (col(Revision.kind) == kind) & (col(Revision.slug) == slug)
    total = session.exec(select(func.count()).select_from(Revision).where(own)).one()
    if total == 0:
        raise NotFoundError(kind.singular, slug)
    statement = (
        select(Revision, Release, _change(_document_before()))
        .join(Release, col(Release.number) == col(Revision.release))
        .where(own)
        .order_by(col(Revision.release).desc())
        .limit(filters.limit)
        .offset(filters.offset)
    )
    revisions = [
        ItemRevision(revision, release, Change(change))
        for revision, release, change in session.exec(statement)
    ]
    return HistoryPage(revisions, total)


def _count_changes(
    session: Session, releases: Iterable[Release]
) -> list[CountedRelease]:
    counts = {one.number: dict.fromkeys(Change, 0) for one in releases}
    number = col(Revision.release)
    rows = (
        select(number.label("number"), _change(_document_before()).label("change"))
        .where(number.in_(counts))
        .subquery()
    )
    key = (rows.c.number, rows.c.change)
    for found, change, count in session.exec(select(*key, func.count()).group_by(*key)):
        counts[found][Change(change)] = count
    return [CountedRelease(one, counts[one.number]) for one in releases]


def _document_before() -> ColumnElement[str | None]:
    return _document_as_of(col(Revision.release) - 1)


def _document_as_of(release: int | ColumnElement[int]) -> ColumnElement[str | None]:
    """Return the document of a revision's item as of a release; null if it had none."""
    earlier = aliased(Revision)
    return (
        select(earlier.document)
        .where(
            col(earlier.kind) == col(Revision.kind),
            col(earlier.slug) == col(Revision.slug),
            col(earlier.release) <= release,
        )
        .order_by(col(earlier.release).desc())
        .limit(1)
        .scalar_subquery()
    )


def _last_release(until: int) -> ColumnElement[int]:
    """Return the last release, up to this one, that changed a revision's item."""
    other = aliased(Revision)
    return (
        select(func.max(other.release))
        .where(
            col(other.kind) == col(Revision.kind),
            col(other.slug) == col(Revision.slug),
            col(other.release) <= until,
        )
        .scalar_subquery()
    )


def _change(before: ColumnElement[str | None]) -> ColumnElement[str]:
    """Return what a revision did to an item that had this document before."""
    return case(
        (col(Revision.document).is_(None), Change.REMOVED.value),
        (before.is_not(None), Change.CHANGED.value),
        else_=Change.ADDED.value,
    )
