"""Reads the projection: one item, or a page of a list with its total."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy import bindparam
from sqlalchemy.orm import aliased
from sqlmodel import col, func, select

from app.errors import NotFoundError
from app.fields import SLUG_PATTERN, Kind
from app.queries.filters import ListFilters
from app.queries.releases import Edition
from app.queries.search import find_slugs
from app.queries.snapshots import Snapshot
from app.tables import ITEM_TABLES, LISTED_TABLES
from app.tables.listed import ALL, write_filter, write_position

TOTALS_MAX = 4096
"""So many totals are known at a time."""

_RANKS = {"certainty": "certainty_rank", "urgency": "urgency_rank"}

NO_FILTERS = {*ListFilters.model_fields, "q"}
"""What may be asked of a list and is no filter of its rows: words are looked up."""

_DOCUMENTS: Mapping[Kind, sa.Select[Any]] = {
    kind: select(table.document).where(col(table.slug) == bindparam("slug"))
    for kind, table in ITEM_TABLES.items()
}


@dataclass(frozen=True, slots=True)
class FoundPage:
    """The texts of a page's items in order, and how many the filters let through."""

    texts: Sequence[str]
    total: int


def get_document(snapshot: Snapshot, kind: Kind, slug: str) -> str:
    """Return the finished JSON of an item. Raises `NotFoundError`."""
    # What cannot be a slug is not asked for: not every text is one to a database.
    if re.fullmatch(SLUG_PATTERN, slug):
        for (document,) in snapshot.fetch(_DOCUMENTS[kind], {"slug": slug}):
            return str(document)
    raise NotFoundError(kind.singular, slug)


def list_items(
    snapshot: Snapshot,
    kind: Kind,
    filters: ListFilters,
    *,
    edition: Edition,
    totals: "Totals",
) -> FoundPage:
    """Return one page; whole documents if fields are asked for, else cards.

    `edition` is the one that the snapshot has.
    """
    words: str | None = getattr(filters, "q", None)
    found = None if words is None else tuple(find_slugs(snapshot, kind, words))
    given = Narrowing(kind, list_among(kind, filters), found)
    by, total = totals.narrow(snapshot, edition, given)
    statement = select_page(by.shape, filters.sort, is_whole=filters.fields is not None)
    place = {"limit": filters.limit, "offset": filters.offset}
    rows = snapshot.fetch(statement, by.values | place) if total else ()
    return FoundPage([text for (text,) in rows], total)


def list_among(kind: Kind, filters: ListFilters) -> tuple[str, ...]:
    """Return the filters of a list as its rows say them, of one without them none."""
    if kind not in LISTED_TABLES:
        return ()
    given = filters.model_dump(exclude=NO_FILTERS, exclude_none=True)
    among = []
    if given.keys() >= {"stance", "jurisdiction"}:
        among.append(write_position(given.pop("stance"), given.pop("jurisdiction")))
    among += [write_filter(*one) for one in given.items()]
    return tuple(among) or (ALL,)


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What a list is narrowed by: filters, and the slugs that words were found in."""

    kind: Kind
    among: tuple[str, ...]
    found: tuple[str, ...] | None

    @property
    def shape(self) -> "Shape":
        count = None if self.found is None else len(self.found)
        return Shape(self.kind, len(self.among), count)

    @property
    def values(self) -> dict[str, object]:
        among = {f"among_{index}": one for index, one in enumerate(self.among)}
        found = {f"found_{index}": one for index, one in enumerate(self.found or ())}
        return {**among, **found}


@dataclass(frozen=True, slots=True)
class Shape:
    """All that the text of a statement hangs on: how many values it takes."""

    kind: Kind
    among: int
    found: int | None

    @property
    def table(self) -> type[Any]:
        return LISTED_TABLES.get(self.kind, ITEM_TABLES[self.kind])

    @property
    def criteria(self) -> list[sa.ColumnElement[bool]]:
        """Return what the filters ask for; the first one finds, the others look."""
        first = self.table
        criteria = [first.among == bindparam("among_0")] if self.among else []
        for index in range(1, self.among):
            other = aliased(first)
            is_there = (
                other.among == bindparam(f"among_{index}"),
                other.slug == first.slug,
            )
            criteria.append(sa.exists().where(*is_there).correlate(first))
        if self.found is not None:
            named: list[Any] = [
                bindparam(f"found_{index}") for index in range(self.found)
            ]
            criteria.append(first.slug.in_(named))
        return criteria


@lru_cache(maxsize=1024)
def select_page(shape: Shape, sort: str, *, is_whole: bool) -> sa.Select[Any]:
    """Return what reads a page; the slug is the last key, in the direction of all."""
    item, listed = ITEM_TABLES[shape.kind], shape.table
    text: Any = item.document if is_whole else item.card
    name = sort.removeprefix("-")
    keys = [getattr(listed, _RANKS.get(name, name)), listed.slug]
    if listed is not item:
        own = aliased(item)
        shown: Any = own.document if is_whole else own.card
        is_it: Any = own.slug == listed.slug
        text = sa.select(shown).where(is_it).scalar_subquery()
    return (
        sa.select(text)
        .where(*shape.criteria)
        .order_by(*(key.desc() if sort.startswith("-") else key.asc() for key in keys))
        .limit(bindparam("limit"))
        .offset(bindparam("offset"))
    )


@lru_cache(maxsize=256)
def _select_total(shape: Shape) -> sa.Select[Any]:
    return sa.select(func.count()).select_from(shape.table).where(*shape.criteria)


class Totals:
    """How many items lists have, counted once an edition: their pages share it."""

    def __init__(self) -> None:
        self._known: dict[tuple[Edition, Narrowing], int] = {}

    def narrow(
        self, snapshot: Snapshot, edition: Edition, by: Narrowing
    ) -> tuple[Narrowing, int]:
        """Return the filters, what passes fewest first, and how many items pass all."""
        if len(by.among) > 1:
            alone = {
                one: self._count(
                    snapshot, edition, replace(by, among=(one,), found=None)
                )
                for one in by.among
            }
            by = replace(by, among=tuple(sorted(alone, key=alone.__getitem__)))
        return by, self._count(snapshot, edition, by)

    def _count(self, snapshot: Snapshot, edition: Edition, by: Narrowing) -> int:
        if by.found == ():
            return 0
        # Threads may read two editions at once.
        known = self._known.get((edition, by))
        if known is None:
            [[known]] = snapshot.fetch(_select_total(by.shape), by.values)
            if by.found is None:
                if len(self._known) >= TOTALS_MAX:
                    self._known.clear()
                self._known[edition, by] = known
        return int(known)
