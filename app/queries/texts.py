"""What a text has of other items: their names, the references, the signs of a topic."""

from collections.abc import Collection, Mapping, Sequence

from sqlmodel import col, select

from app.fields import Kind
from app.queries.snapshots import Snapshot
from app.tables import ITEM_TABLES, Library, ListedWarningSign, Reference, WarningSign

NAMED = (Kind.TOPICS, Kind.TREATMENTS, Kind.FAILURE_CAUSES, Kind.FINDINGS)
"""The kinds that texts name items of."""


def list_names(snapshot: Snapshot) -> Mapping[Kind, Mapping[str, str]]:
    """Return what items are called, by kind and slug."""
    names: dict[Kind, dict[str, str]] = {}
    for kind in NAMED:
        table = ITEM_TABLES[kind]
        names[kind] = dict(snapshot.fetch(select(table.slug, table.name), {}))  # type: ignore[arg-type]
    return names


def get_library(snapshot: Snapshot) -> str:
    """Return the document of the library itself."""
    [[document]] = snapshot.fetch(select(Library.document), {})
    return str(document)


def list_cards(snapshot: Snapshot, kind: Kind) -> Sequence[str]:
    """Return what lists show of every item of a kind, by name."""
    table = ITEM_TABLES[kind]
    cards = select(table.card).order_by(col(table.name), col(table.slug))
    return [str(card) for (card,) in snapshot.fetch(cards, {})]


def list_references(snapshot: Snapshot, slugs: Collection[str]) -> Sequence[str]:
    """Return the documents of references."""
    named = select(Reference.document).where(col(Reference.slug).in_(slugs))
    return snapshot.connection.execute(named).scalars().all()


def list_signs(snapshot: Snapshot, topic: str) -> Sequence[str]:
    """Return the documents of the warning signs that hold for a topic."""
    among = col(ListedWarningSign.among) == f"topic={topic}"
    of_topic = select(ListedWarningSign.slug).where(among)
    documents = select(WarningSign.document).where(col(WarningSign.slug).in_(of_topic))
    ordered = documents.order_by(WarningSign.slug)
    return snapshot.connection.execute(ordered).scalars().all()
