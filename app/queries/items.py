"""Reads the projection: one item, or a page of a list with its total."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, inspect
from sqlmodel import Session, col, func, select

from app.errors import NotFoundError
from app.fields import SLUG_PATTERN, Kind
from app.queries.criteria import select_criteria
from app.queries.filters import ListFilters
from app.tables import ITEM_TABLES, Item

_RANKS = {"certainty": "certainty_rank", "urgency": "urgency_rank"}


@dataclass(frozen=True, slots=True)
class FoundPage:
    """The texts of a page's items in order, and how many the filters let through."""

    texts: Sequence[str]
    total: int


def get_document(session: Session, kind: Kind, slug: str) -> str:
    """Return the finished JSON of an item. Raises `NotFoundError`."""
    # What cannot be a slug is not asked for: not every text is one to a database.
    if not re.fullmatch(SLUG_PATTERN, slug):
        raise NotFoundError(kind.singular, slug)
    table = ITEM_TABLES[kind]
    found = session.exec(select(table.document).where(col(table.slug) == slug)).first()
    if found is None:
        raise NotFoundError(kind.singular, slug)
    return found


def list_items(session: Session, kind: Kind, filters: ListFilters) -> FoundPage:
    """Return one page; whole documents if fields are asked for, else cards."""
    table = ITEM_TABLES[kind]
    criteria = list(select_criteria(filters))
    text = table.document if filters.fields is not None else table.card
    statement = (
        select(text)
        .where(*criteria)
        .order_by(*_order_by(table, filters.sort))
        .limit(filters.limit)
        .offset(filters.offset)
    )
    total = session.exec(select(func.count()).select_from(table).where(*criteria)).one()
    return FoundPage(session.exec(statement).all(), total)


def _order_by(table: type[Item], sort: str) -> list[ColumnElement[Any]]:
    """Return the order that `sort` asks for, with the slug as last key.

    Ranked words sort by rank: the highest certainty and urgency come first.
    """
    name = sort.removeprefix("-")
    key = inspect(table).columns[_RANKS.get(name, name)]
    return [key.desc() if sort.startswith("-") else key.asc(), col(table.slug).asc()]
