"""The library as the log holds it: documents of a format, read back as a bundle."""

from collections.abc import Iterable

from app.fields import Kind
from app.library.bundle import ENTRY_TYPES, Bundle
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
        model = ENTRY_TYPES[logged.kind]
        entry = model.model_validate_json(logged.document, strict=True)
        entries[logged.kind][logged.slug] = entry
    return Bundle.of(entries)
