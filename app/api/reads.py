"""Answers to reads: finished JSON with validators, a page with links, chosen fields."""

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime
from email.utils import format_datetime, parsedate_to_datetime
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import Query, Request, Response
from pydantic import BaseModel
from sqlmodel import Session

from app.api.schemas import Page
from app.errors import Fault, InvalidRequestError
from app.fields import Kind
from app.library.canonical import canonical_json
from app.library.nearest import name_choices
from app.queries.filters import FIELDS_MAX, ListFilters, PageFilters
from app.queries.items import get_document, list_items
from app.queries.releases import get_release
from app.render.shapes import field_names
from app.tables import Release

Fields = Annotated[
    str | None,
    Query(
        description="Fields to return, separated by commas; `slug` always is.",
        max_length=FIELDS_MAX,
        examples=["name,evidence"],
    ),
]

CACHE_CONTROL = "public, max-age=60, stale-while-revalidate=60"


Documented = dict[int | str, dict[str, Any]]


def document_item(model: type[BaseModel]) -> Documented:
    """Return the `responses` of a route that answers with finished JSON."""
    return {200: {"model": model}, 304: {"description": "The client has it already."}}


def document_page(model: type[BaseModel]) -> Documented:
    """Return the `responses` of a route that answers with a page of such items."""
    return document_item(Page[model])  # type: ignore[valid-type]


def respond_with_item(
    request: Request, session: Session, kind: Kind, slug: str, fields: str | None
) -> Response:
    """Return an item. Raises `NotFoundError`, `InvalidRequestError`."""
    chosen = _choose(kind, fields)
    # Without a release nothing is missing, there is nothing yet.
    release = get_release(session)
    text = get_document(session, kind, slug)
    return respond(request, release, _pick(text, chosen))


def respond_with_page(
    request: Request, session: Session, kind: Kind, filters: ListFilters
) -> Response:
    """Return a page of a list with its links. Raises `InvalidRequestError`."""
    chosen = _choose(kind, filters.fields)
    release = get_release(session)
    found = list_items(session, kind, filters)
    items = ",".join(_pick(text, chosen) for text in found.texts)
    text = (
        f'{{"items":[{items}],"total":{found.total},'
        f'"limit":{filters.limit},"offset":{filters.offset}}}'
    )
    response = respond(request, release, text)
    response.headers["Link"] = link_pages(request, filters, found.total)
    return response


def respond(
    request: Request, release: Release, text: str, *, changed_at: datetime | None = None
) -> Response:
    """Return JSON with the headers of a read, or 304 if the client has it already.

    It changed with the release, unless `changed_at` says when.
    """
    body = text.encode()
    moment = changed_at or release.created_at
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {
        "ETag": tag,
        "Last-Modified": format_datetime(moment, usegmt=True),
        "Cache-Control": CACHE_CONTROL,
        "Library-Release": str(release.number),
    }
    if _has_already(request, tag, moment):
        return Response(status_code=304, headers=headers)
    return Response(body, media_type="application/json", headers=headers)


def _has_already(request: Request, tag: str, changed_at: datetime) -> bool:
    if_none_match = request.headers.get("if-none-match")
    if if_none_match is None:
        return _is_unchanged_since(request.headers.get("if-modified-since"), changed_at)
    tags = [one.strip().removeprefix("W/") for one in if_none_match.split(",")]
    return tag in tags or "*" in tags


def _is_unchanged_since(moment: str | None, changed_at: datetime) -> bool:
    try:
        since = parsedate_to_datetime(moment) if moment is not None else None
        return since is not None and changed_at.replace(microsecond=0) <= since
    except (TypeError, ValueError, OverflowError):
        # RFC 9110 13.1.3: what is not a date is not there.
        return False


def _choose(kind: Kind, fields: str | None) -> Sequence[str] | None:
    """Read `fields=`. Raises `InvalidRequestError` naming the valid fields."""
    if fields is None:
        return None
    known = field_names(kind)
    wanted = [name.strip() for name in fields.split(",")]
    faults = [
        Fault("/query/fields", f"Not a field. {name_choices(name, known)}")
        for name in wanted
        if name not in known
    ]
    if faults:
        raise InvalidRequestError(faults)
    return [name for name in known if name == "slug" or name in wanted]


def _pick(text: str, chosen: Sequence[str] | None) -> str:
    if chosen is None:
        return text
    document: dict[str, Any] = json.loads(text)
    return canonical_json({name: document[name] for name in chosen})


def link_pages(request: Request, filters: PageFilters, total: int) -> str:
    """Return the RFC 8288 links; the last page has no `next`, the first no `prev`."""
    last = max(0, (total - 1) // filters.limit * filters.limit)
    offsets = {"first": 0, "last": last}
    if filters.offset > 0:
        offsets["prev"] = max(0, min(filters.offset - filters.limit, last))
    if filters.offset + filters.limit < total:
        offsets["next"] = filters.offset + filters.limit
    given = filters.model_dump(mode="json", exclude_defaults=True, exclude={"offset"})
    links = []
    for relation, offset in offsets.items():
        query = urlencode({**given, "offset": offset} if offset else given)
        address = request.url.path + (f"?{query}" if query else "")
        links.append(f'<{address}>; rel="{relation}"')
    return ", ".join(links)
