"""Reads and clears the rows that publishing projects from the log."""

from sqlmodel import Session, col, delete, select

from app.fields import Kind
from app.library.bundle import Identity
from app.tables import ITEM_TABLES, LINK_TABLES, QualityMark


def load_hashes(session: Session) -> dict[Identity, str]:
    """Return the hash of every item as it is served."""
    return {
        (kind, slug): digest
        for kind, table in ITEM_TABLES.items()
        for slug, digest in session.exec(select(table.slug, table.hash))
    }


def remove_item(session: Session, kind: Kind, slug: str) -> None:
    """Remove the rows of an item, of its links and of its quality, if there are any."""
    is_its = (col(QualityMark.kind) == kind) & (col(QualityMark.slug) == slug)
    session.exec(delete(QualityMark).where(is_its))
    for table, column in LINK_TABLES.get(kind, {}).items():
        session.exec(delete(table).where(col(getattr(table, column)) == slug))
    item_table = ITEM_TABLES[kind]
    session.exec(delete(item_table).where(col(item_table.slug) == slug))
