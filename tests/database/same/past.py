"""The log of the library that we ship with a past: edits, removals and a restore."""

import json
from collections.abc import Callable, Iterator
from datetime import timedelta

from sqlalchemy import Engine

from app.content.change import Change
from app.content.doctor_log import chain
from app.content.files import parse_entry
from app.content.log import FORMAT, write_document
from app.database import write_session
from app.fields import Kind, Significance
from app.library.bundle import Bundle
from app.library.canonical import sha256
from app.library.entry import Entry
from app.queries.doctor import LoggedRevision
from app.tables import Release, Revision
from tests.factories import Data
from tests.publishing import PUBLISHED_AT

Entries = dict[Kind, dict[str, Entry]]
Step = Callable[[Entries], None]

ODD_NAMES = (
    "Zebra", "apple", "Apple", "ab", "a-b", "a b", "a_b", "zoo", "10", "9", "ss",
    "\u00e9clair", "Eclair", "\U0001f600", "\U0001d49clpha", "\uffee", "\u00df",
    "\u0130stanbul", "istanbul", "\u03a9mega", "\u4e2d", "\ufb01",
)  # fmt: skip
"""Names that each language sorts in its own way, and code points in none of them."""


def write_past(engine: Engine, shipped: Bundle) -> None:
    """Write the log alone, as publishing would: all else can be made of it."""
    checksum, before = "", None
    with write_session(engine) as session:
        for number, (note, bundle) in enumerate(list_past(shipped), 1):
            revisions = list(_list_revisions(Change.of(before, bundle), number))
            checksum, before = chain(checksum, revisions), bundle
            release = Release(
                number=number,
                created_at=PUBLISHED_AT + timedelta(hours=number, microseconds=number),
                key_name="Zoë 😀" if number % 2 else None,
                note=note,
                significance=list(Significance)[number % len(Significance)],
                checksum=checksum,
            )
            session.add(release)
            session.flush()
            session.add_all(
                Revision(
                    release=one.release,
                    kind=Kind(one.kind),
                    slug=one.slug,
                    format=one.format,
                    document=one.document,
                    hash=one.hash,
                )
                for one in revisions
            )


def list_past(shipped: Bundle) -> Iterator[tuple[str, Bundle]]:
    """Yield the note of each release, and the library as it left it."""
    entries: Entries = {kind: dict(shipped.of_kind(kind)) for kind in Kind}
    yield "The first release.", shipped
    for note, step in (
        ("É 😀: other words.", _edit),
        ("Odd names.", _add_odd),
        ("Some of them go.", _remove_odd),
        ("Release 3 once more.", _add_odd),
        ("", _remove_last),
    ):
        step(entries)
        yield (
            note,
            Bundle.of({kind: dict(of_kind) for kind, of_kind in entries.items()}),
        )


def _list_revisions(change: Change, number: int) -> Iterator[LoggedRevision]:
    for (kind, slug), (_, entry) in sorted(change.items.items()):
        document = write_document(entry) if entry else None
        digest = sha256(document) if document is not None else ""
        yield LoggedRevision(number, kind.value, slug, FORMAT, document, digest)


def _edit(entries: Entries) -> None:
    """Change texts that search finds."""
    for kind, slug, more in (
        (
            Kind.TREATMENTS,
            "walking",
            ["Spazierg\u00e4nge", "WALK\u0130NG", "\U0001d4b2alk"],
        ),
        (Kind.FINDINGS, "fever", ["Fieber", "fi\u00e8vre \U0001f525"]),
        (Kind.WARNING_SIGNS, "cauda-equina", ["\u03a9mega numbness"]),
    ):
        document = _read(entries, kind, slug)
        aliases = [*document.get("aliases", []), *more]
        entries[kind][slug] = parse_entry(kind, {**document, "aliases": aliases})


def _add_odd(entries: Entries) -> None:
    """Put in a reference, a treatment and a finding by each odd name."""
    for kind, slug, field in (
        (Kind.REFERENCES, "nice-ng59-2016", "title"),
        (Kind.TREATMENTS, "walking", "name"),
        (Kind.FINDINGS, "fever", "label"),
    ):
        like = _read(entries, kind, slug) | (
            {"aliases": []} if field != "title" else {}
        )
        for number, name in enumerate(ODD_NAMES):
            odd = {**like, "slug": f"odd-{number}", field: name}
            entries[kind][f"odd-{number}"] = parse_entry(kind, odd)


def _remove_odd(entries: Entries) -> None:
    for kind in (Kind.REFERENCES, Kind.TREATMENTS, Kind.FINDINGS):
        for number in range(0, len(ODD_NAMES), 3):
            del entries[kind][f"odd-{number}"]


def _remove_last(entries: Entries) -> None:
    del entries[Kind.TREATMENTS][f"odd-{len(ODD_NAMES) - 1}"]


def _read(entries: Entries, kind: Kind, slug: str) -> Data:
    document: Data = json.loads(write_document(entries[kind][slug]))
    return document
