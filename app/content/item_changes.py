"""The items that only one of two libraries has, and those that differ in both."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass

from pydantic import JsonValue

from app.content.field_changes import Edit, compare_documents
from app.content.guarding import list_guarding
from app.content.library_diff import ChangedItem, DiffItem, FieldChange
from app.content.significance import highest, weigh_item, weigh_place
from app.fields import Significance
from app.library.bundle import Bundle, Identity
from app.library.canonical import canonical_json
from app.library.entry import name_of

_Document = dict[str, JsonValue]
_Documents = Mapping[Identity, _Document]
_Guarding = Collection[Identity]


@dataclass(frozen=True, slots=True)
class ItemChanges:
    """What differs, each by kind and slug."""

    added: list[DiffItem]
    changed: list[ChangedItem]
    removed: list[DiffItem]

    @property
    def all(self) -> list[DiffItem]:
        return [*self.added, *self.changed, *self.removed]


def compare_items(before: Bundle | None, after: Bundle) -> ItemChanges:
    """Return what differs between two libraries, or from none at all."""
    bundles = [one for one in (before, after) if one is not None]
    old, new = _dump(before), _dump(after)
    differing = [
        item
        for item in old.keys() & new.keys()
        # As the log tells them apart: in Python 1 equals 1.0, and True.
        if canonical_json(old[item]) != canonical_json(new[item])
    ]
    if not differing and old.keys() == new.keys():
        return ItemChanges([], [], [])
    guarding = frozenset().union(*(list_guarding(one) for one in bundles))
    return ItemChanges(
        added=_list(new, new.keys() - old.keys(), Edit.ADDED, guarding),
        changed=[
            _compare(item, old[item], new[item], guarding) for item in sorted(differing)
        ],
        removed=_list(old, old.keys() - new.keys(), Edit.REMOVED, guarding),
    )


def _dump(bundle: Bundle | None) -> _Documents:
    """Return the documents of a library as the log has them."""
    return {
        (kind, entry.slug): entry.model_dump(mode="json", exclude_none=True)
        for kind, entry in bundle or ()
    }


def _list(
    documents: _Documents, items: Iterable[Identity], edit: Edit, guarding: _Guarding
) -> list[DiffItem]:
    return [
        DiffItem(
            kind=kind,
            slug=slug,
            name=name_of(documents[kind, slug]),
            significance=weigh_item(
                (kind, slug), edit, documents[kind, slug], guarding=guarding
            ),
        )
        for kind, slug in sorted(items)
    ]


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
