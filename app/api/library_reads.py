"""What is read most: an item, a page of a list, what words are found in.

Both doors lead here: the routes, and the short way that knows valid requests alone.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from sqlalchemy import Engine
from sqlmodel import Session

from app.errors import Fault, InvalidRequestError
from app.fields import Kind
from app.library.canonical import canonical_json
from app.library.nearest import name_choices
from app.queries.filters import ListFilters, PageFilters, SearchFilters
from app.queries.items import Totals, get_document, list_items
from app.queries.releases import find_number, get_release
from app.queries.search import search
from app.queries.snapshots import Snapshot, open_snapshot
from app.render.shapes import field_names


@dataclass(frozen=True, slots=True)
class Told:
    """Finished JSON, the release that says it, when that came out, and its pages."""

    text: str
    release: int
    released_at: datetime
    links: str | None = None


class LibraryReads:
    """Reads the present release, each time in one snapshot."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._totals = Totals()
        self._released: dict[int, datetime] = {}

    def tell_item(self, kind: Kind, slug: str, fields: str | None) -> Told:
        """Return an item.

        Raises `NotFoundError`, `InvalidRequestError`, `NoReleaseError`.
        """
        chosen = _choose(kind, fields)
        with open_snapshot(self._engine) as snapshot:
            # Without a release nothing is missing, there is nothing yet.
            release, at = self._present(snapshot)
            text = get_document(snapshot, kind, slug)
        return Told(_pick(text, chosen), release, at)

    def tell_page(self, kind: Kind, filters: ListFilters, path: str) -> Told:
        """Return a page of a list. Raises `InvalidRequestError`, `NoReleaseError`."""
        chosen = _choose(kind, filters.fields)
        with open_snapshot(self._engine) as snapshot:
            release, at = self._present(snapshot)
            found = list_items(
                snapshot, kind, filters, release=release, totals=self._totals
            )
        items = ",".join([_pick(text, chosen) for text in found.texts])
        text = _write_page(items, found.total, filters)
        return Told(text, release, at, link_pages(path, filters, found.total))

    def tell_hits(self, filters: SearchFilters, path: str) -> Told:
        """Return what words are found in. Raises `NoReleaseError`."""
        with open_snapshot(self._engine) as snapshot:
            release, at = self._present(snapshot)
            found = search(snapshot, filters)
        items = ",".join(found.texts)
        capped = json.dumps(found.is_capped)
        text = _write_page(items, found.total, filters)
        text = f'{text[:-1]},"total_is_capped":{capped}}}'
        return Told(text, release, at, link_pages(path, filters, found.total))

    def _present(self, snapshot: Snapshot) -> tuple[int, datetime]:
        number = find_number(snapshot)
        at = self._released.get(number)
        if at is None:
            with Session(snapshot.connection) as session:
                at = get_release(session, number=number).created_at
            self._released = {number: at}
        return number, at


def _write_page(items: str, total: int, filters: PageFilters) -> str:
    return (
        f'{{"items":[{items}],"total":{total},'
        f'"limit":{filters.limit},"offset":{filters.offset}}}'
    )


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


def link_pages(path: str, filters: PageFilters, total: int) -> str:
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
        address = path + (f"?{query}" if query else "")
        links.append(f'<{address}>; rel="{relation}"')
    return ", ".join(links)
