"""Answers to reads: finished JSON with the headers that every read has."""

from datetime import datetime
from email.utils import format_datetime

from fastapi import Request, Response

from app.api.finished import OF_RELEASE
from app.api.forms import ACCEPTED, MEDIA_TYPES, Form, ItemOptions
from app.api.library_reads import LibraryReads, Told
from app.api.release_watch import ReleaseWatch
from app.fields import Kind
from app.queries.filters import ListFilters
from app.tables import Release

CACHE_CONTROL = "public, max-age=60, stale-while-revalidate=60"


def get_reads(request: Request) -> LibraryReads:
    reads: LibraryReads = request.app.state.reads
    return reads


def respond_with_item(
    request: Request, kind: Kind, slug: str, fields: str | None
) -> Response:
    """Return an item.

    Raises `NotFoundError`, `InvalidRequestError`, `NoReleaseError`.
    """
    return respond_as_told(request, get_reads(request).tell_item(kind, slug, fields))


def respond_with_page(request: Request, kind: Kind, filters: ListFilters) -> Response:
    """Return a page of a list with its links.

    Raises `InvalidRequestError`, `NoReleaseError`.
    """
    told = get_reads(request).tell_page(kind, filters, request.url.path)
    return respond_as_told(request, told)


def respond_as_told(request: Request, told: Told) -> Response:
    """Return what was read, with the headers of a read."""
    request.scope[OF_RELEASE] = told.edition.release
    return Response(told.text, headers=head_told(told))


def respond(
    request: Request, release: Release, text: str, *, changed_at: datetime | None = None
) -> Response:
    """Return JSON with the headers of a read; its validators are made of its bytes.

    It changed with the release and will with the next, unless `changed_at` says when
    it did, and so that it may by itself.
    """
    if changed_at is None:
        watch: ReleaseWatch = request.app.state.watch
        request.scope[OF_RELEASE] = release.number
        changed_at = watch.date(release.number, release.created_at)
    headers = head(release.number, changed_at)
    return Response(text, media_type="application/json", headers=headers)


def respond_with_text(
    request: Request, kind: Kind, slug: str, options: ItemOptions
) -> Response:
    """Return an item as its document, or as a text.

    Raises `NotFoundError`, `InvalidRequestError`, `NoReleaseError`.
    """
    accepted: Form = request.scope[ACCEPTED]
    told = get_reads(request).tell(kind, slug, options, accepted)
    return respond_as_told(request, told)


def respond_once(
    said: str | bytes, *, release: int, form: Form = Form.JSON
) -> Response:
    """Return what is made for one request, and kept by nobody."""
    headers = {
        "Cache-Control": "no-store",
        "Library-Release": str(release),
        "Vary": "Accept",
    }
    return Response(said, media_type=MEDIA_TYPES[form], headers=headers)


def head_told(told: Told) -> dict[str, str]:
    """Return the headers of what was read."""
    edition = told.edition
    headers = head(edition.release, edition.changed_at, told.links)
    if told.form is not None:
        headers["Vary"] = "Accept"
    return {**headers, "Content-Type": MEDIA_TYPES[told.form or Form.JSON]}


def head(
    release: int, changed_at: datetime, links: str | None = None
) -> dict[str, str]:
    """Return the headers that a read has of its own."""
    headers = {
        "Last-Modified": format_datetime(changed_at, usegmt=True),
        "Cache-Control": CACHE_CONTROL,
        "Library-Release": str(release),
    }
    return headers if links is None else {**headers, "Link": links}
