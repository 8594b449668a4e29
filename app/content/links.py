"""Which items name which: what an entry hangs on, and what hangs on it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from app.engine.facts import FINDING, MEASURE, TRIED, finding_of
from app.fields import Kind
from app.library.bundle import Bundle, Identity
from app.library.cases import CaseEntry
from app.library.entry import Entry, mentions

_Names = Mapping[Identity, frozenset[Identity]]
_NONE: frozenset[Identity] = frozenset()


@dataclass(frozen=True)
class Links:
    """What each item names, and what names it; a case also names what it tells."""

    named: _Names = field(default_factory=dict)
    users: _Names = field(default_factory=dict)

    @classmethod
    def of(cls, bundle: Bundle) -> "Links":
        return cls().put({(kind, entry.slug): entry for kind, entry in bundle})

    def put(self, entries: Mapping[Identity, Entry | None]) -> "Links":
        """Return the links of a library that has these entries, or has lost them."""
        found = {
            item: _list_named(one) if one else _NONE for item, one in entries.items()
        }
        lost: defaultdict[Identity, set[Identity]] = defaultdict(set)
        gained: defaultdict[Identity, set[Identity]] = defaultdict(set)
        for item, names in found.items():
            before = self.named.get(item, _NONE)
            for one in before - names:
                lost[one].add(item)
            for one in names - before:
                gained[one].add(item)
        users = {
            one: (self.users.get(one, _NONE) - lost[one]) | gained[one]
            for one in [*lost, *gained]
        }
        return Links({**self.named, **found}, {**self.users, **users})


def follow(starts: Iterable[Identity], ways: _Names, kind: Kind) -> set[Identity]:
    """Return what can be reached by way of items of one kind, starts included."""
    reached: set[Identity] = set()
    ahead = [*starts]
    while ahead:
        item = ahead.pop()
        if item not in reached:
            reached.add(item)
            ahead += [one for one in ways.get(item, ()) if one[0] is kind]
    return reached


def _list_named(entry: Entry) -> frozenset[Identity]:
    named = {(kind, slug) for _, kind, slug in mentions(entry)}
    if isinstance(entry, CaseEntry):
        named.update(_list_told(entry), _list_expected(entry))
    return frozenset(named)


def _list_told(case: CaseEntry) -> Iterator[Identity]:
    """Yield the words of the profile."""
    profile = case.profile
    yield from ((Kind.FINDINGS, one.finding) for one in profile.has)
    yield from ((Kind.FINDINGS, slug) for slug in profile.has_not)
    yield from ((Kind.MEASURES, slug) for slug in profile.measures)
    yield from ((Kind.TREATMENTS, slug) for slug in profile.tried)
    for name in profile.not_sure:
        first, _, rest = name.partition(".")
        yield (Kind.MEASURES, rest) if first == "measures" else (Kind.FINDINGS, first)


def _list_expected(case: CaseEntry) -> Iterator[Identity]:
    """Yield the items whose rules or facts the case expects, or does not."""
    expect = case.expect
    for rule in (*expect.reasons, *expect.not_reasons):
        kind, _, rest = rule.partition("/")
        if kind in list(Kind):
            yield Kind(kind), rest.partition("/")[0]
    yield from _list_asked((*expect.asks, *expect.asks_first, *expect.not_asks))


def _list_asked(facts: Iterable[str]) -> Iterator[Identity]:
    for fact in facts:
        if fact.startswith(FINDING):
            yield Kind.FINDINGS, finding_of(fact)
        elif fact.startswith(MEASURE):
            yield Kind.MEASURES, fact.removeprefix(MEASURE)
        elif fact.startswith(TRIED):
            yield Kind.TREATMENTS, fact.removeprefix(TRIED)
