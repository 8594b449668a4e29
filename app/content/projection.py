"""The rows that a bundle makes: one item each, and what it is filtered by."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from sqlmodel import SQLModel

from app.content.check import Checked
from app.content.criterion import Mark
from app.content.listing import list_places
from app.content.quality import Quality
from app.content.search_index import Indexed, index, list_named_findings
from app.fields import Kind
from app.library.bundle import Bundle, Identity
from app.library.canonical import canonical_json, sha256
from app.library.entry import name_of
from app.render.documents import render_document, to_card
from app.tables import ITEM_TABLES, Item

_MARK_FIELDS = [field.name for field in fields(Mark)]
_Values = Mapping[str, Any]


@dataclass(frozen=True)
class ProjectedItem:
    """The row of one item, and the rows that belong to it.

    Of `marks`, the rows of its quality, there are many: they are plain values. So are
    the words of `search`, by which it is found.
    """

    kind: Kind
    row: Item
    links: tuple[SQLModel, ...]
    marks: Sequence[_Values]
    search: Indexed | None


def project(checked: Checked, *, release: int) -> Iterator[ProjectedItem]:
    """Yield the rows of every item of the part that was checked, as of this release."""
    bundle, marks = checked.bundle, _list_marks(checked.quality)
    for kind, entry in checked.part:
        document = render_document(kind, entry, bundle)
        search = index(kind, entry)
        own_marks = marks.get((kind, entry.slug), [])
        card = canonical_json(to_card(kind, document))
        text = canonical_json(document)
        row = ITEM_TABLES[kind](
            slug=entry.slug,
            name=name_of(dict(entry)),
            release=release,
            hash="",
            card=card,
            document=text,
            **_list_columns(checked, kind, entry.slug),
        )
        links = tuple(_list_links(bundle, kind, row))
        stored = [
            row.model_dump(exclude={"release", "hash"}),
            [one.model_dump(mode="json") for one in links],
            # What is found of its quality may change though the item itself does not.
            [[str(value) for value in one.values()] for one in own_marks],
            search and [search.entry.model_dump(), *search.words],
        ]
        row.hash = sha256(canonical_json(stored))
        yield ProjectedItem(kind, row, links, own_marks, search)


def _list_marks(quality: Quality) -> dict[Identity, list[_Values]]:
    marks: dict[Identity, list[_Values]] = {}
    for criterion, one in quality.marks:
        own = marks.setdefault((one.kind, one.slug), [])
        values = {name: getattr(one, name) for name in _MARK_FIELDS}
        own.append({**values, "criterion": criterion.slug, "position": len(own)})
    return marks


def _list_columns(checked: Checked, kind: Kind, slug: str) -> dict[str, str]:
    """Return what the row of an item has beside what every row has."""
    if kind is not Kind.CASES:
        return {}
    return {"tested": canonical_json(sorted(checked.tested[slug]))}


def _list_links(bundle: Bundle, kind: Kind, row: Item) -> Iterator[SQLModel]:
    """Yield the rows that an item is listed by, and a sign is found by."""
    yield from list_places(kind, row, bundle)
    if kind is Kind.WARNING_SIGNS:
        yield from list_named_findings(bundle, row.slug)
