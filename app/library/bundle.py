"""The whole library as one typed document."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Any

from app.fields import Kind
from app.library.about import LibraryEntry
from app.library.cases import CaseEntry
from app.library.entry import Entry
from app.library.failure_causes import FailureCauseEntry
from app.library.sources import GuidelineEntry, ReferenceEntry
from app.library.topics import TopicEntry
from app.library.treatments import TreatmentEntry
from app.library.vocabulary_entries import (
    ConditionEntry,
    FindingEntry,
    MeasureEntry,
    ScreenEntry,
)
from app.library.warning_signs import WarningSignEntry

Identity = tuple[Kind, str]
"""What an item is known by: its kind and its slug."""

ENTRY_TYPES: Mapping[Kind, type[Entry]] = MappingProxyType(
    {
        Kind.LIBRARY: LibraryEntry,
        Kind.REFERENCES: ReferenceEntry,
        Kind.GUIDELINES: GuidelineEntry,
        Kind.CONDITIONS: ConditionEntry,
        Kind.FINDINGS: FindingEntry,
        Kind.MEASURES: MeasureEntry,
        Kind.SCREENS: ScreenEntry,
        Kind.TREATMENTS: TreatmentEntry,
        Kind.FAILURE_CAUSES: FailureCauseEntry,
        Kind.WARNING_SIGNS: WarningSignEntry,
        Kind.TOPICS: TopicEntry,
        Kind.CASES: CaseEntry,
    }
)


@dataclass(frozen=True)
class Bundle:
    """Every entry of the library by kind and slug."""

    library: LibraryEntry
    references: Mapping[str, ReferenceEntry] = field(default_factory=dict)
    guidelines: Mapping[str, GuidelineEntry] = field(default_factory=dict)
    conditions: Mapping[str, ConditionEntry] = field(default_factory=dict)
    findings: Mapping[str, FindingEntry] = field(default_factory=dict)
    measures: Mapping[str, MeasureEntry] = field(default_factory=dict)
    screens: Mapping[str, ScreenEntry] = field(default_factory=dict)
    treatments: Mapping[str, TreatmentEntry] = field(default_factory=dict)
    failure_causes: Mapping[str, FailureCauseEntry] = field(default_factory=dict)
    warning_signs: Mapping[str, WarningSignEntry] = field(default_factory=dict)
    topics: Mapping[str, TopicEntry] = field(default_factory=dict)
    cases: Mapping[str, CaseEntry] = field(default_factory=dict)

    @classmethod
    def of(cls, entries: Mapping[Kind, Mapping[str, Entry]]) -> "Bundle":
        """Return the bundle of entries by kind and slug, with one library entry."""
        [library] = entries[Kind.LIBRARY].values()
        by_kind: dict[str, Any] = {
            kind.value.replace("-", "_"): found
            for kind, found in entries.items()
            if kind is not Kind.LIBRARY
        }
        return cls(library=library, **by_kind)  # type: ignore[arg-type]

    def of_kind(self, kind: Kind) -> Mapping[str, Entry]:
        """Return the entries of one kind by slug."""
        if kind is Kind.LIBRARY:
            return {self.library.slug: self.library}
        entries: Mapping[str, Entry] = getattr(self, kind.value.replace("-", "_"))
        return entries

    @property
    def items(self) -> Iterator[Identity]:
        """Yield the kind and slug of every entry."""
        return ((kind, entry.slug) for kind, entry in self)

    def put(self, entries: Mapping[Identity, Entry | None]) -> "Bundle":
        """Return the bundle with these entries in place of its own, or without them."""
        kept = {kind: dict(self.of_kind(kind)) for kind in Kind}
        for (kind, slug), entry in entries.items():
            if kind is Kind.LIBRARY and entry:
                # There is one, whatever it is called.
                kept[kind] = {slug: entry}
            elif entry:
                kept[kind][slug] = entry
            else:
                kept[kind].pop(slug, None)
        return Bundle.of(kept)

    def pick(self, items: Collection[Identity]) -> "Bundle":
        """Return those of the entries that are among the items, and the library's."""
        picked: dict[Kind, dict[str, Entry]] = {kind: {} for kind in Kind}
        # In the order of the whole, whatever the order of the items.
        for kind, slug in sorted(items):
            known = self.of_kind(kind)
            if slug in known:
                picked[kind][slug] = known[slug]
        picked[Kind.LIBRARY] = {self.library.slug: self.library}
        return Bundle.of(picked)

    @cached_property
    def topics_offering(self) -> Mapping[str, tuple[str, ...]]:
        """The topics that have each treatment as an option, both by slug."""
        return _turn(
            (option.treatment, topic.slug)
            for topic in self.topics.values()
            for option in topic.options
        )

    @cached_property
    def causes_pointing_to(self) -> Mapping[str, tuple[str, ...]]:
        """The failure causes that point to each treatment, both by slug."""
        return _turn(
            (one.treatment, cause.slug)
            for cause in self.failure_causes.values()
            for one in cause.points_to
        )

    @cached_property
    def parts_of(self) -> Mapping[str, tuple[str, ...]]:
        """The treatments that are part of each treatment, both by slug."""
        return _turn(
            (one.part_of, one.slug)
            for one in self.treatments.values()
            if one.part_of is not None
        )

    def __iter__(self) -> Iterator[tuple[Kind, Entry]]:
        for kind in Kind:
            for entry in self.of_kind(kind).values():
                yield kind, entry


def _turn(pairs: Iterable[tuple[str, str]]) -> Mapping[str, tuple[str, ...]]:
    turned: defaultdict[str, set[str]] = defaultdict(set)
    for one, other in pairs:
        turned[one].add(other)
    return {one: tuple(sorted(others)) for one, others in turned.items()}


def ancestors(treatments: Mapping[str, TreatmentEntry], slug: str) -> tuple[str, ...]:
    """Return what the treatment is part of, nearest first; stops at a cycle."""
    found: list[str] = []
    above = treatments[slug].part_of if slug in treatments else None
    while above is not None and above in treatments and above not in (slug, *found):
        found.append(above)
        above = treatments[above].part_of
    return tuple(found)
