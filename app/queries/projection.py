"""Reads and clears the rows that publishing projects from the log."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from sqlmodel import Session, col, delete, insert, select

from app.fields import Kind
from app.library.bundle import Identity
from app.library.search_ranks import is_searched, possible_keys
from app.queries.releases import find_moment
from app.tables import (
    ITEM_TABLES,
    LINK_TABLES,
    Case,
    ProjectionMark,
    QualityMark,
    SearchEntry,
    SearchWord,
)

AT_ONCE = 1_000
"""So many slugs stand in one statement: a database takes only so many values."""


def load_hashes(
    session: Session, items: Collection[Identity] | None = None
) -> dict[Identity, str]:
    """Return the hashes of items as they are served, of every one if none is named."""
    found: dict[Identity, str] = {}
    if items is None:
        for kind, table in ITEM_TABLES.items():
            rows = session.exec(select(table.slug, table.hash))
            found |= {(kind, slug): digest for slug, digest in rows}
        return found
    for kind, slugs in _group(items):
        table = ITEM_TABLES[kind]
        among = select(table.slug, table.hash).where(col(table.slug).in_(slugs))
        found |= {(kind, slug): digest for slug, digest in session.exec(among)}
    return found


def load_tested(session: Session, *, since: int = 0) -> dict[str, frozenset[str]]:
    """Return the ids of the rules that each case reaches, if that changed since."""
    is_later = col(Case.release) > since
    rows = session.exec(select(Case.slug, Case.tested).where(is_later))
    return {slug: frozenset(json.loads(tested)) for slug, tested in rows}


def remove_items(session: Session, items: Iterable[Identity]) -> None:
    """Remove the rows of items, and all that belong to them, if there are."""
    for kind, slugs in _group(items):
        is_its = (col(QualityMark.kind) == kind) & col(QualityMark.slug).in_(slugs)
        session.exec(delete(QualityMark).where(is_its))
        for table, column in LINK_TABLES.get(kind, {}).items():
            is_link = col(getattr(table, column)).in_(slugs)
            session.exec(delete(table).where(is_link))
        if is_searched(kind):
            keys = [key for slug in slugs for key in possible_keys(kind, slug)]
            session.exec(delete(SearchWord).where(col(SearchWord.item).in_(keys)))
            session.exec(delete(SearchEntry).where(col(SearchEntry.item).in_(keys)))
        item_table = ITEM_TABLES[kind]
        session.exec(delete(item_table).where(col(item_table.slug).in_(slugs)))


def add_marks(session: Session, marks: Iterable[Mapping[str, Any]]) -> None:
    """Add rows of quality by their values: so many objects would take long to make."""
    if rows := list(marks):
        session.connection().execute(insert(QualityMark), rows)


def add_words(session: Session, words: Iterable[Mapping[str, Any]]) -> None:
    """Add rows of words by their values."""
    rows = iter(words)
    while some := list(islice(rows, AT_ONCE)):
        session.connection().execute(insert(SearchWord), some)


def find_renderer(session: Session) -> str:
    """Return which renderer made every row; empty if none, or not only one, did."""
    return session.exec(select(ProjectionMark.renderer)).first() or ""


def mark_renderer(session: Session, renderer: str) -> None:
    """Store which renderer made every row, empty if not only one did."""
    _find_mark(session).renderer = renderer


def mark_made_anew(session: Session, at: datetime) -> None:
    """Store that some rows were made anew, at a moment after all that were stored."""
    # A date of HTTP says no more than the second, and clocks go back.
    after = find_moment(session) + timedelta(seconds=1)
    mark_made(session, max(at, after))


def mark_made(session: Session, made_at: datetime) -> None:
    """Store when some rows were made anew without a release."""
    _find_mark(session).made_at = made_at


def find_made(session: Session) -> datetime | None:
    """Return when some rows were last made anew without a release, if ever."""
    return session.exec(select(ProjectionMark.made_at)).first()


def find_same(session: Session) -> str:
    """Return which release some content files were found to be, with their digest."""
    return session.exec(select(ProjectionMark.same_as)).first() or ""


def mark_same(session: Session, same_as: str) -> None:
    """Store which release some content files were found to be, with their digest."""
    _find_mark(session).same_as = same_as


def _find_mark(session: Session) -> ProjectionMark:
    mark = session.get(ProjectionMark, 1) or ProjectionMark(renderer="", made_at=None)
    session.add(mark)
    return mark


def _group(items: Iterable[Identity]) -> Iterator[tuple[Kind, list[str]]]:
    slugs: defaultdict[Kind, list[str]] = defaultdict(list)
    for kind, slug in sorted(items):
        slugs[kind].append(slug)
    for kind, several in slugs.items():
        for start in range(0, len(several), AT_ONCE):
            yield kind, several[start : start + AT_ONCE]
