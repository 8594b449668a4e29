"""The words that an edition can be searched by, read once for each edition."""

import json
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from math import log
from typing import Any
from weakref import WeakKeyDictionary

from rapidfuzz import process
from rapidfuzz.distance import OSA
from sqlmodel import col, func, select

from app.fields import FindingKind, Kind, Urgency
from app.library.search_ranks import key_of
from app.library.words import Word, list_stems, stem_word
from app.queries.releases import Edition, get_edition
from app.queries.snapshots import Snapshot
from app.tables import (
    Library,
    ListedFinding,
    ListedWarningSign,
    SearchEntry,
    SearchWord,
    WarningSignFinding,
)
from app.tables.listed import ALL, write_filter

PREFIX_MIN, PREFIXED_MAX = 2, 6
"""From so many letters on a word may be completed, and to at most so many words."""

MISSPELT_MIN, MISSPELT_LONG = 4, 8
"""From so many letters on a word may have one slip, and from so many on two."""

MISSPELT_MAX = 3
"""So many words are thought of at most where one is misspelt."""

GUESSED_MAX = 10_000
"""So many words are remembered with what they may mean."""

CUT_MIN, ENDING_MAX = 5, 5
"""So much must be left of a word that is cut, and at most so much is cut off."""

_COMPLETED, _CUT, _SLIPPED = 0.85, 0.6, (1.0, 0.75, 0.6)
"""What a word counts that was completed or cut, and with so many slips."""


@dataclass(frozen=True, slots=True)
class Sense:
    """The words of the library that a word that was asked may mean."""

    stems: tuple[str, ...]
    trust: float


@dataclass(frozen=True)
class Vocabulary:
    """How often each word stands in the library, and which findings signs ask for."""

    edition: Edition
    counts: Mapping[str, int]
    size: int
    signs: Mapping[str, Sequence[tuple[str, bool]]]
    same: Mapping[str, Sequence[str]]
    _senses: dict[tuple[str, bool], Sense] = field(default_factory=dict)

    def weigh(self, words: Sequence[str]) -> float:
        """Return how much the words tell items apart: rare ones do more."""
        return log(1 + self.size / max(1, sum(self.counts[one] for one in words)))

    def join(self, words: Iterable[Word]) -> Iterator[Word]:
        """Yield two words as one where the library knows only that."""
        before: Word | None = None
        for word in words:
            if before is not None:
                both = f"{before.plain}{word.plain}"
                is_known = {before.stem, word.stem} <= self.counts.keys()
                stem = "" if is_known else stem_word(both)
                if stem in self.counts:
                    yield Word(stem, both, before.start, word.end, word.is_denied)
                    before = None
                    continue
                yield before
            before = word
        if before is not None:
            yield before

    def find(self, word: Word, *, is_last: bool) -> Sense | None:
        """Return what a word may mean: itself, one it begins, or one much like it."""
        same = self.same.get(word.stem)
        if same:
            return Sense(tuple(same), 1.0)
        if word.stem in self.counts:
            return Sense((word.stem,), 1.0)
        key = (word.plain, is_last)
        if key not in self._senses:
            if len(self._senses) >= GUESSED_MAX:
                self._senses.clear()
            self._senses[key] = self._guess(word, is_last=is_last)
        sense = self._senses[key]
        return sense if sense.stems else None

    def _guess(self, word: Word, *, is_last: bool) -> Sense:
        completed = tuple(self._complete(word.plain)) if is_last else ()
        if completed:
            return Sense(completed, _COMPLETED)
        length = len(word.stem)
        if length < MISSPELT_MIN:
            return Sense((), 0)
        found = self._correct(word.stem, 2 if length >= MISSPELT_LONG else 1)
        if not found:
            return Sense(tuple(self._cut(word.plain)), _CUT)
        nearest = min(distance for _, distance in found)
        stems = tuple(one for one, distance in found if distance == nearest)
        return Sense(stems, _SLIPPED[nearest])

    def _cut(self, word: str) -> Iterator[str]:
        """Yield the longest word that this one begins with, but for an ending."""
        for length in range(
            len(word) - 1, max(CUT_MIN, len(word) - ENDING_MAX) - 1, -1
        ):
            if word[:length] in self.counts:
                yield word[:length]
                return

    def _complete(self, beginning: str) -> Iterator[str]:
        if len(beginning) < PREFIX_MIN:
            return
        start = bisect_left(self._words, beginning)
        following = islice(self._words, start, start + 100)
        fitting = [one for one in following if one.startswith(beginning)]
        fitting.sort(key=lambda one: (-self.counts[one], one))
        yield from fitting[:PREFIXED_MAX]

    def _correct(self, stem: str, slips: int) -> list[tuple[str, int]]:
        lengths = range(len(stem) - slips, len(stem) + slips + 1)
        near = [one for at in lengths for one in self._by_initial[stem[0], at]]
        found = _extract(stem, near, slips)
        if not found:
            near = [one for at in lengths for one in self._by_length[at]]
            found = _extract(stem, near, slips)
        found.sort(key=lambda one: (one[1], -self.counts[one[0]], one[0]))
        return found[:MISSPELT_MAX]

    @cached_property
    def _words(self) -> list[str]:
        return sorted(one for one in self.counts if " " not in one)

    @cached_property
    def _by_length(self) -> Mapping[int, list[str]]:
        found: defaultdict[int, list[str]] = defaultdict(list)
        for word in self._words:
            found[len(word)].append(word)
        return found

    @cached_property
    def _by_initial(self) -> Mapping[tuple[str, int], list[str]]:
        found: defaultdict[tuple[str, int], list[str]] = defaultdict(list)
        for word in self._words:
            found[word[0], len(word)].append(word)
        return found


def _extract(stem: str, words: Sequence[str], slips: int) -> list[tuple[str, int]]:
    found = process.extract(
        stem, words, scorer=OSA.distance, score_cutoff=slips, limit=20
    )
    return [(word, int(distance)) for word, distance, _ in found]


_KNOWN: WeakKeyDictionary[Any, Vocabulary] = WeakKeyDictionary()
"""The newest by the pool of the database's connections, as long as that is in use."""

_COUNTS = select(SearchWord.word, func.count()).group_by(SearchWord.word)
_SIZE = select(func.count()).select_from(SearchEntry)
_LIBRARY = select(Library.document)
_SIGNS = (
    select(
        WarningSignFinding.finding,
        ListedWarningSign.urgency_rank,
        ListedWarningSign.slug,
        WarningSignFinding.is_enough,
    )
    .join(
        ListedWarningSign,
        (col(ListedWarningSign.slug) == WarningSignFinding.warning_sign)
        & (col(ListedWarningSign.among) == ALL),
    )
    .join(
        ListedFinding,
        (col(ListedFinding.slug) == WarningSignFinding.finding)
        & (col(ListedFinding.among) == write_filter("kind", FindingKind.SYMPTOM)),
        isouter=True,
    )
    .where(col(WarningSignFinding.is_enough) | col(ListedFinding.slug).is_not(None))
)


def load_vocabulary(snapshot: Snapshot) -> Vocabulary:
    """Return the vocabulary of the edition that the snapshot has."""
    pool = snapshot.connection.engine.pool
    edition = get_edition(snapshot)
    known = _KNOWN.get(pool)
    if known is None or known.edition != edition:
        known = _KNOWN[pool] = _load(snapshot, edition)
    return known


def _load(snapshot: Snapshot, edition: Edition) -> Vocabulary:
    rows: Any = snapshot.fetch(_COUNTS, {})
    counts: dict[str, int] = dict(rows)
    [[size]] = snapshot.fetch(_SIZE, {})
    return Vocabulary(
        edition=edition,
        counts=counts,
        size=size,
        signs=_load_signs(snapshot),
        same=_load_same_words(snapshot, counts),
    )


def _load_signs(snapshot: Snapshot) -> Mapping[str, Sequence[tuple[str, bool]]]:
    """Return the signs that ask for each finding, and whether it alone is enough."""
    signs: defaultdict[str, list[tuple[str, bool]]] = defaultdict(list)
    urgencies = list(Urgency)
    for finding, rank, slug, is_enough in snapshot.fetch(_SIGNS, {}):
        sign = key_of(Kind.WARNING_SIGNS, slug, urgencies[rank])
        signs[key_of(Kind.FINDINGS, finding)].append((sign, bool(is_enough)))
    return {finding: sorted(several) for finding, several in signs.items()}


def _load_same_words(
    snapshot: Snapshot, counts: Mapping[str, int]
) -> Mapping[str, Sequence[str]]:
    """Return what the library has of words that it calls the same, for each of them."""
    [[document]] = snapshot.fetch(_LIBRARY, {})
    same: dict[str, list[str]] = {}
    for group in json.loads(document).get("same_words", ()):
        stems = [stem for one in group for stem in list_stems(one)]
        known = [one for one in dict.fromkeys(stems) if one in counts]
        same |= dict.fromkeys(stems if known else (), known)
    return same
