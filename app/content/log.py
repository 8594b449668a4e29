"""The library as the log holds it: documents of a format, read back as a bundle."""

from collections.abc import Iterable, Mapping

from app.fields import Kind
from app.library.bundle import ENTRY_TYPES, Bundle, Identity
from app.library.canonical import canonical_json
from app.library.entry import Entry
from app.queries.releases import LoggedDocument

FORMAT = 1
"""The format of the documents that are written today."""


def write_document(entry: Entry) -> str:
    """Return an entry as the log stores it."""
    return canonical_json(entry.model_dump(mode="json", exclude_none=True))


def read_bundle(documents: Iterable[LoggedDocument]) -> Bundle:
    """Return the bundle that logged documents make; they passed every check."""
    entries: dict[Kind, dict[str, Entry]] = {kind: {} for kind in Kind}
    for logged in documents:
        entries[logged.kind][logged.slug] = _read(logged.kind, logged.document)
    return Bundle.of(entries)


def read_revised(
    revised: Mapping[Identity, str | None],
) -> dict[Identity, Entry | None]:
    """Return the entries of logged documents, none for what was removed."""
    return {
        (kind, slug): None if document is None else _read(kind, document)
        for (kind, slug), document in revised.items()
    }


def _read(kind: Kind, document: str) -> Entry:
    return ENTRY_TYPES[kind].model_validate_json(document, strict=True)
