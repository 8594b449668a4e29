"""What is read most: an item, a page of a list, what words are found in.

Both doors lead here: the routes, and the short way that knows valid requests alone.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any
from urllib.parse import urlencode

from sqlalchemy import Engine

from app.api.comparisons import (
    ComparisonFilters,
    read_comparison,
    read_length,
    write_compared,
)
from app.api.forms import Form, ItemOptions
from app.api.parameters import read_list
from app.api.texts import (
    NameBook,
    choose_parts,
    compose,
    load_references,
    write,
    write_library,
)
from app.fields import Kind
from app.library.canonical import canonical_json
from app.queries.filters import ListFilters
from app.queries.items import Totals, get_document, list_items
from app.queries.paging import PageFilters
from app.queries.releases import Edition, get_edition
from app.queries.search import search
from app.queries.search_filters import SearchFilters
from app.queries.snapshots import open_snapshot
from app.render.shapes import field_names


@dataclass(frozen=True, slots=True)
class Told:
    """What is said, what it was read of, and the links to its pages.

    `form` is none where there is only JSON.
    """

    text: str
    edition: Edition
    links: str | None = None
    form: Form | None = None


class LibraryReads:
    """Reads the present release, each time in one snapshot."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._totals = Totals()
        self._names = NameBook()

    def tell_item(self, kind: Kind, slug: str, fields: str | None) -> Told:
        """Return an item.

        Raises `NotFoundError`, `InvalidRequestError`, `NoReleaseError`.
        """
        chosen = _choose(kind, fields)
        with open_snapshot(self._engine) as snapshot:
            # Without a release nothing is missing, there is nothing yet.
            edition = get_edition(snapshot)
            text = get_document(snapshot, kind, slug)
        return Told(_pick(text, chosen), edition)

    def tell(self, kind: Kind, slug: str, options: ItemOptions, accepted: Form) -> Told:
        """Return an item as its document, or as a text.

        Raises `NotFoundError`, `InvalidRequestError`, `NoReleaseError`.
        """
        form, length = options.choose(accepted)
        if length is None:
            told = self.tell_item(kind, slug, options.fields)
            return replace(told, form=form)
        parts = choose_parts(options.fields, form)
        with open_snapshot(self._engine) as snapshot:
            edition = get_edition(snapshot)
            document = get_document(snapshot, kind, slug)
            names = self._names.read(snapshot, edition)
            rendering = compose(snapshot, kind, document, length, names)
            references = load_references(snapshot, rendering)
        text = write(rendering, references, form)
        return Told(_pick(text, parts), edition, form=form)

    def tell_comparison(self, filters: ComparisonFilters, accepted: Form) -> Told:
        """Return treatments side by side.

        Raises `InvalidRequestError`, `NoReleaseError`.
        """
        form, length = filters.choose(accepted)
        read_length(length)
        with open_snapshot(self._engine) as snapshot:
            edition = get_edition(snapshot)
            names = self._names.read(snapshot, edition)
            comparison = read_comparison(snapshot, filters, names)
            text = write_compared(
                comparison,
                names,
                form=form,
                length=length,
                load_references=partial(load_references, snapshot),
            )
        return Told(text, edition, form=form)

    def tell_library(self) -> Told:
        """Return the whole library in one page. Raises `NoReleaseError`."""
        with open_snapshot(self._engine) as snapshot:
            edition = get_edition(snapshot)
            text = write_library(snapshot)
        return Told(text, edition, form=Form.PLAIN)

    def tell_page(self, kind: Kind, filters: ListFilters, path: str) -> Told:
        """Return a page of a list. Raises `InvalidRequestError`, `NoReleaseError`."""
        chosen = _choose(kind, filters.fields)
        with open_snapshot(self._engine) as snapshot:
            edition = get_edition(snapshot)
            found = list_items(
                snapshot, kind, filters, edition=edition, totals=self._totals
            )
        items = ",".join([_pick(text, chosen) for text in found.texts])
        text = _write_page(items, found.total, filters)
        return Told(text, edition, link_pages(path, filters, found.total))

    def tell_hits(self, filters: SearchFilters, path: str) -> Told:
        """Return what words are found in. Raises `NoReleaseError`."""
        with open_snapshot(self._engine) as snapshot:
            edition = get_edition(snapshot)
            found = search(snapshot, filters)
        items = ",".join(found.texts)
        capped = json.dumps(found.is_capped)
        text = _write_page(items, found.total, filters)
        text = f'{text[:-1]},"total_is_capped":{capped}}}'
        return Told(text, edition, link_pages(path, filters, found.total))


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
    wanted = read_list(fields, known, name="fields", refusal="Not a field.")
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
