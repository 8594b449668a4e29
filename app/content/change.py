"""A library before and after: the items that differ, and what the change touches."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from app.content.links import Links, follow
from app.content.log import write_document
from app.engine.compiler import Guidebook
from app.fields import Kind
from app.library.bundle import Bundle, Identity, ancestors
from app.library.entry import Entry

Edited = tuple[Entry | None, Entry | None]
"""An entry before and after, none where there is none."""

_MERELY_NAMED = (Kind.LIBRARY, Kind.REFERENCES, Kind.TOPICS)
"""What names one of these needs no more of it than that it is there."""

_OFFERED = (Kind.TREATMENTS, Kind.FAILURE_CAUSES)
"""Of these only the topics that offer them need more."""


@dataclass(frozen=True)
class Change:
    """Two libraries, with every item that differs as the log tells them apart.

    `links` and `guides_before` are those of the library before, if known already.
    """

    before: Bundle | None
    after: Bundle
    items: Mapping[Identity, Edited]
    links: Links | None = None
    guides_before: Guidebook | None = None

    @classmethod
    def of(
        cls,
        before: Bundle | None,
        after: Bundle,
        *,
        links: Links | None = None,
        guides: Guidebook | None = None,
    ) -> "Change":
        return cls(before, after, dict(_compare(before, after)), links, guides)

    @cached_property
    def guides(self) -> list[Guidebook]:
        """Return the guides of both libraries, or of the only one."""
        if self.before is None:
            return [Guidebook(self.after, release=0)]
        before = self.guides_before or Guidebook(self.before, release=0)
        return [before, Guidebook(self.after, release=0, beside=before)]

    @property
    def bundles(self) -> list[Bundle]:
        return [one for one in (self.before, self.after) if one is not None]

    @cached_property
    def sides(self) -> list[Links]:
        """Return the links of both libraries."""
        before = self.links or (Links.of(self.before) if self.before else Links())
        entries = {item: after for item, (_, after) in self.items.items()}
        return [before, before.put(entries)]

    def named_by(self, item: Identity) -> Iterator[Identity]:
        """Yield what an item names, or named."""
        for links in self.sides:
            yield from links.named.get(item, ())

    def users_of(self, item: Identity) -> Iterator[Identity]:
        """Yield what names an item, or named it."""
        for links in self.sides:
            yield from links.users.get(item, ())

    def is_whole(self, item: Identity) -> bool:
        """Say whether an item is new, or gone."""
        return None in self.items.get(item, ())


def _compare(before: Bundle | None, after: Bundle) -> Iterator[tuple[Identity, Edited]]:
    for kind in Kind:
        old = before.of_kind(kind) if before else {}
        new = after.of_kind(kind)
        for slug in sorted(old.keys() | new.keys()):
            edited = old.get(slug), new.get(slug)
            if not _is_same(*edited):
                yield (kind, slug), edited


def _is_same(before: Entry | None, after: Entry | None) -> bool:
    if before is after:
        return True
    if before is None or after is None:
        return False
    return write_document(before) == write_document(after)


def list_touched(change: Change, items: Collection[Identity]) -> frozenset[Identity]:
    """Return what hangs on items of a change, themselves included, however far.

    That is what names them, or what they count as, and the topics that hold those:
    anything else is as right as it was, and its advice the same.
    """
    if any(kind is Kind.LIBRARY for kind, _ in items):
        return _list_all(change)
    touched: set[Identity] = set()
    ahead = {*items, *(one for item in items for one in _list_equals(change, item))}
    while ahead:
        item = ahead.pop()
        touched.add(item)
        ahead.update(set(_list_hanging(change, item)) - touched)
    return frozenset(touched)


def _list_all(change: Change) -> frozenset[Identity]:
    return frozenset(item for bundle in change.bundles for item in bundle.items)


def _list_equals(change: Change, item: Identity) -> Iterable[Identity]:
    """Return what an item counts as, since who asks for that asks for it.

    A treatment counts as what it is part of, once it has come there, and a finding as
    what it implies; a screen asks for its findings.
    """
    kind, slug = item
    if kind is Kind.TREATMENTS:
        lineages = {ancestors(bundle.treatments, slug) for bundle in change.bundles}
        is_moved = len(lineages) > 1 or change.is_whole(item)
        above = {(kind, one) for lineage in lineages for one in lineage if is_moved}
        return above.union(*map(change.users_of, above))
    if kind in (Kind.FINDINGS, Kind.SCREENS):
        found = (follow([item], one.named, Kind.FINDINGS) for one in change.sides)
        return set().union(*found)
    return ()


def _list_hanging(change: Change, item: Identity) -> Iterator[Identity]:
    """Yield what hangs on an item directly."""
    kind, slug = item
    if kind is Kind.WARNING_SIGNS:
        for bundle in change.bundles:
            if slug in bundle.warning_signs:
                topics = bundle.warning_signs[slug].topics or bundle.topics
                yield from ((Kind.TOPICS, one) for one in topics)
    for user in change.users_of(item):
        if change.is_whole(item) or _needs_more(change, user, item):
            yield user


def _needs_more(change: Change, user: Identity, item: Identity) -> bool:
    """Say whether what names an item needs more of it than that it is there."""
    kind, slug = item
    if kind is Kind.TREATMENTS and user[0] is Kind.TREATMENTS:
        entries = (one.treatments.get(user[1]) for one in change.bundles)
        return any(entry is not None and entry.part_of == slug for entry in entries)
    return user[0] is Kind.TOPICS if kind in _OFFERED else kind not in _MERELY_NAMED
