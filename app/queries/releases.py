"""Reads the log: the present release, and every document as of a release."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import NamedTuple

import sqlalchemy as sa
from sqlmodel import Session, col, func, select

from app.errors import NoReleaseError, NotFoundError
from app.fields import Kind
from app.library.bundle import Identity
from app.queries.snapshots import Snapshot
from app.tables import ProjectionMark, Release, Revision


@dataclass(frozen=True, slots=True)
class LoggedDocument:
    """An item as a release left it: canonical JSON and its hash."""

    kind: Kind
    slug: str
    document: str
    hash: str


class Edition(NamedTuple):
    """What is served: a release, 0 before the first, and when it was last changed.

    That is when it came out, or when its tables were last made anew. `is_dated` says
    that nothing was served before with the same date, to the second, or a later one.
    """

    release: int
    changed_at: datetime
    is_dated: bool = True


NOTHING = Edition(0, datetime.min.replace(tzinfo=UTC))

_EDITION = (
    sa.select(
        col(Release.number),
        col(Release.created_at),
        select(ProjectionMark.made_at).scalar_subquery(),
    )
    .order_by(col(Release.number).desc())
    .limit(2)
)


def find_edition(snapshot: Snapshot) -> Edition:
    """Return what is served, as a snapshot has it."""
    match snapshot.fetch(_EDITION, {}):
        case [(number, created_at, made_at), *earlier]:
            return _read_edition(number, created_at, made_at, *(e[1] for e in earlier))
        case _:
            return NOTHING


def get_edition(snapshot: Snapshot) -> Edition:
    """Return what is served, as a snapshot has it. Raises `NoReleaseError`."""
    found = find_edition(snapshot)
    if found == NOTHING:
        raise NoReleaseError
    return found


@lru_cache(maxsize=8)
def _read_edition(
    number: int,
    created: datetime | str,
    made: datetime | str | None,
    created_before: datetime | str | None = None,
) -> Edition:
    created_at, made_at = _read_moment(created), _read_moment(made)
    before = _read_moment(created_before)
    if made_at > created_at:
        changed_at, before = made_at, max(before, created_at)
    else:
        changed_at, before = created_at, max(before, made_at)
    return Edition(number, changed_at, changed_at.replace(microsecond=0) > before)


def _read_moment(stored: datetime | str | None) -> datetime:
    if stored is None:
        return NOTHING.changed_at
    if isinstance(stored, datetime):
        return stored.astimezone(UTC)
    # SQLite has it as text, and does not say that it is UTC.
    return datetime.fromisoformat(stored).replace(tzinfo=UTC)


def find_moment(session: Session) -> datetime:
    """Return when what is served was last changed, the earliest moment if never."""
    created = select(Release.created_at).order_by(col(Release.number).desc()).limit(1)
    made = select(ProjectionMark.made_at)
    moments = (session.exec(created).first(), session.exec(made).first())
    return max(moment or NOTHING.changed_at for moment in moments)


def find_release(session: Session) -> Release | None:
    """Return the present release, or none if nothing has been published."""
    newest = select(Release).order_by(col(Release.number).desc()).limit(1)
    return session.exec(newest).first()


def get_release(session: Session, *, number: int | None = None) -> Release:
    """Return a release, the present one if none is named.

    Raises `NoReleaseError`, and `NotFoundError` if it is not out yet.
    """
    present = find_release(session)
    if present is None:
        raise NoReleaseError
    if number is None:
        return present
    if not 1 <= number <= present.number:
        raise NotFoundError("release", str(number))
    return session.get_one(Release, number)


def load_documents(session: Session, *, release: int) -> list[LoggedDocument]:
    """Return every item that stood in the library as of a release, by kind and slug."""
    return [
        LoggedDocument(kind, slug, document, digest)
        for kind, slug, document, digest in _load_newest(session, 0, release)
        if document is not None
    ]


def load_revised(
    session: Session, *, since: int, release: int
) -> dict[Identity, str | None]:
    """Return what became of every item between two releases: none if it was removed."""
    return {
        (kind, slug): document
        for kind, slug, document, _ in _load_newest(session, since, release)
    }


def _load_newest(
    session: Session, since: int, until: int
) -> Iterable[tuple[Kind, str, str | None, str]]:
    """Return the last revision of each item in releases after one, up to another."""
    newest = (
        select(
            col(Revision.kind).label("kind"),
            col(Revision.slug).label("slug"),
            func.max(Revision.release).label("release"),
        )
        .where(col(Revision.release) > since, col(Revision.release) <= until)
        .group_by(col(Revision.kind), col(Revision.slug))
        .subquery()
    )
    # Columns, not rows as objects: a whole library is read here.
    statement = (
        select(
            col(Revision.kind),
            col(Revision.slug),
            col(Revision.document),
            col(Revision.hash),
        )
        .join(
            newest,
            (col(Revision.kind) == newest.c.kind)
            & (col(Revision.slug) == newest.c.slug)
            & (col(Revision.release) == newest.c.release),
        )
        .order_by(col(Revision.kind), col(Revision.slug))
    )
    return session.exec(statement)
