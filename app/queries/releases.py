"""Reads the log: the present release, and every document as of a release."""

from dataclasses import dataclass

from sqlmodel import Session, col, func, select

from app.errors import NoReleaseError
from app.fields import Kind
from app.tables import Release, Revision


@dataclass(frozen=True, slots=True)
class LoggedDocument:
    """An item as a release left it: canonical JSON and its hash."""

    kind: Kind
    slug: str
    document: str
    hash: str


def find_release(session: Session) -> Release | None:
    """Return the present release, or none if nothing has been published."""
    newest = select(Release).order_by(col(Release.number).desc()).limit(1)
    return session.exec(newest).first()


def get_release(session: Session) -> Release:
    """Return the present release. Raises `NoReleaseError`."""
    release = find_release(session)
    if release is None:
        raise NoReleaseError
    return release


def load_documents(session: Session, *, release: int) -> list[LoggedDocument]:
    """Return every item that stood in the library as of a release, by kind and slug."""
    newest = (
        select(
            col(Revision.kind).label("kind"),
            col(Revision.slug).label("slug"),
            func.max(Revision.release).label("release"),
        )
        .where(col(Revision.release) <= release)
        .group_by(col(Revision.kind), col(Revision.slug))
        .subquery()
    )
    statement = (
        select(Revision)
        .join(
            newest,
            (col(Revision.kind) == newest.c.kind)
            & (col(Revision.slug) == newest.c.slug)
            & (col(Revision.release) == newest.c.release),
        )
        .order_by(col(Revision.kind), col(Revision.slug))
    )
    return [
        LoggedDocument(one.kind, one.slug, one.document, one.hash)
        for one in session.exec(statement)
        if one.document is not None
    ]
