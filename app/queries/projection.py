"""Reads and clears the rows that publishing projects from the log."""

import json
from collections.abc import Collection

from sqlmodel import Session, col, delete, select

from app.fields import Kind
from app.library.bundle import Identity
from app.tables import ITEM_TABLES, LINK_TABLES, Case, QualityMark


def load_hashes(
    session: Session, items: Collection[Identity] | None = None
) -> dict[Identity, str]:
    """Return the hashes of items as they are served, of every one if none is named."""
    found: dict[Identity, str] = {}
    for kind, table in ITEM_TABLES.items():
        statement = select(table.slug, table.hash)
        if items is not None:
            slugs = [slug for one, slug in items if one is kind]
            statement = statement.where(col(table.slug).in_(slugs))
        found |= {(kind, slug): digest for slug, digest in session.exec(statement)}
    return found


def load_tested(session: Session) -> dict[str, frozenset[str]]:
    """Return the ids of the rules that each case reaches."""
    rows = session.exec(select(Case.slug, Case.tested))
    return {slug: frozenset(json.loads(tested)) for slug, tested in rows}


def remove_item(session: Session, kind: Kind, slug: str) -> None:
    """Remove the rows of an item, of its links and of its quality, if there are any."""
    is_its = (col(QualityMark.kind) == kind) & (col(QualityMark.slug) == slug)
    session.exec(delete(QualityMark).where(is_its))
    for table, column in LINK_TABLES.get(kind, {}).items():
        session.exec(delete(table).where(col(getattr(table, column)) == slug))
    item_table = ITEM_TABLES[kind]
    session.exec(delete(item_table).where(col(item_table.slug) == slug))
