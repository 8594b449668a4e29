"""The items that only one of two libraries has, and those that differ in both."""

from collections.abc import Collection
from dataclasses import asdict, dataclass

from pydantic import JsonValue

from app.content.change import Change
from app.content.field_changes import Edit, compare_documents
from app.content.guarding import list_guarding
from app.content.library_diff import ChangedItem, DiffItem, FieldChange
from app.content.significance import VOCABULARY, highest, weigh_item, weigh_place
from app.fields import Kind, Significance
from app.library.bundle import Identity
from app.library.entry import Entry, name_of

_Document = dict[str, JsonValue]
_Guarding = Collection[Identity]
_NO_ADVICE = (Kind.LIBRARY, Kind.REFERENCES, Kind.GUIDELINES, Kind.CASES)


@dataclass(frozen=True, slots=True)
class ItemChanges:
    """What differs, each by kind and slug."""

    added: list[DiffItem]
    changed: list[ChangedItem]
    removed: list[DiffItem]

    @property
    def all(self) -> list[DiffItem]:
        return [*self.added, *self.changed, *self.removed]

    @property
    def advising(self) -> list[Identity]:
        """Return those on which advice hangs that a case could tell apart."""
        return [
            (one.kind, one.slug)
            for one in self.all
            if one.significance is not Significance.EDITORIAL
            and one.kind not in _NO_ADVICE
        ]


def compare_items(change: Change) -> ItemChanges:
    """Return what differs between two checked libraries, or from none at all."""
    return _compare_items(change, _list_guarding(change))


def list_advising(change: Change) -> list[Identity]:
    """Return the changed items on which advice hangs, if they fit each other or not."""
    return _compare_items(change, frozenset()).advising


def _compare_items(change: Change, guarding: _Guarding) -> ItemChanges:
    changes = ItemChanges([], [], [])
    for item, edited in change.items.items():
        before, after = (_dump(entry) if entry else None for entry in edited)
        if before is None and after is not None:
            changes.added.append(_describe(item, after, Edit.ADDED, guarding))
        elif before is not None and after is None:
            changes.removed.append(_describe(item, before, Edit.REMOVED, guarding))
        elif before is not None and after is not None:
            changes.changed.append(_compare(item, before, after, guarding))
    return changes


def _list_guarding(change: Change) -> _Guarding:
    """Return what signs and guards hang on; it matters to vocabulary alone."""
    if not any(kind in VOCABULARY for kind, _ in change.items):
        return frozenset()
    return frozenset().union(*map(list_guarding, change.bundles))


def _dump(entry: Entry) -> _Document:
    """Return an entry as the log has it."""
    document: _Document = entry.model_dump(mode="json", exclude_none=True)
    return document


def _describe(
    item: Identity, document: _Document, edit: Edit, guarding: _Guarding
) -> DiffItem:
    kind, slug = item
    significance = weigh_item(item, edit, document, guarding=guarding)
    return DiffItem(
        kind=kind, slug=slug, name=name_of(document), significance=significance
    )


def _compare(
    item: Identity, before: _Document, after: _Document, guarding: _Guarding
) -> ChangedItem:
    kind, slug = item
    fields = [
        FieldChange(
            **asdict(one), significance=weigh_place(item, one, guarding=guarding)
        )
        for one in compare_documents(before, after, item=f"{kind.value}/{slug}")
    ]
    significance = highest(field.significance for field in fields)
    return ChangedItem(
        kind=kind,
        slug=slug,
        name=name_of(after),
        significance=significance or Significance.EDITORIAL,
        fields=fields,
    )
