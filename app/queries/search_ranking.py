"""Ranks what the words of a search are found in: pure, and the same everywhere."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from operator import attrgetter

from app.library.search_ranks import FINDING, SIGN
from app.library.words import NOT, SMALL_WORDS, Word
from app.queries.search_vocabulary import Sense, Vocabulary

_WEIGHTS = (1.0, 0.55, 0.2)
"""What a line counts by its tier."""
_TITLE, _DENIED = 1.05, 0.8
"""What a line counts that is the name itself, and one that is denied."""
_ELSEWHERE = 0.15
"""What a word counts that stands elsewhere in the item than the best line."""
_ENOUGH, _PART = 1.0, 0.6
"""What a finding counts for a sign that needs nothing else, or more."""
_SIGN_SHARE, _LEAST_SHARE = 0.76, 0.2
"""From such a share of the best on a sign comes first, and an item is shown at all."""
_SAID_SHARE = 0.4
"""From such a share of the best on a line counts more that is not denied."""
_DENYING_COVER = 0.6
"""So much of a line that denies something must be there for it to mean the same."""
_FIRST_SIGNS = 2
"""So many signs come first: then what words of a profile were meant, and the others."""

_NONE = (0.0, 0)
_REST = -1
"""Stands for the lines of an item of which each word is stored but once."""

Row = tuple[str, int, str, int, int]
"""Word, tier, item, line, and the length of the line."""
_Line = tuple[float, int, int]
"""What a line counts, its number with a minus, and which words it has."""


@dataclass(frozen=True)
class AskedWords:
    """The words of a search that may mean something, each with what it may mean."""

    words: Sequence[tuple[Word, Sense]]
    vocabulary: Vocabulary
    _known: dict[int, float] = field(default_factory=dict)

    @cached_property
    def weights(self) -> list[float]:
        """How much each word tells items apart."""
        weigh = self.vocabulary.weigh
        return [weigh(sense.stems) * sense.trust for _, sense in self.words]

    @cached_property
    def bits(self) -> Mapping[str, int]:
        """The places, as bits, of what to look for: words, and two in a row."""
        counts = self.vocabulary.counts
        bits: dict[str, int] = {}
        before: tuple[str, ...] = ()
        for place, (_, sense) in enumerate(self.words):
            for stem in sense.stems:
                bits[stem] = bits.get(stem, 0) | 1 << place
            for one in before:
                for other in sense.stems:
                    pair = f"{one} {other}"
                    if pair in counts:
                        bits[pair] = bits.get(pair, 0) | 3 << place - 1
            before = sense.stems
        return bits

    @cached_property
    def whole(self) -> float:
        """How much all words together do."""
        return sum(self.weights)

    def weigh(self, mask: int) -> float:
        """Return how much the words at some places do."""
        known = self._known.get(mask)
        if known is None:
            known = self._known[mask] = sum(
                weight for place, weight in enumerate(self.weights) if mask >> place & 1
            )
        return known

    @cached_property
    def small(self) -> int:
        """The places of words by which alone nothing is found."""
        return self._mask(SMALL_WORDS)

    @cached_property
    def denying(self) -> int:
        """The places of words that deny others."""
        return self._mask((NOT,))

    @cached_property
    def denied(self) -> int:
        """The places of words that are denied."""
        return sum(
            1 << place for place, (word, _) in enumerate(self.words) if word.is_denied
        )

    def _mask(self, stems: Collection[str]) -> int:
        return sum(
            1 << place
            for place, (word, _) in enumerate(self.words)
            if word.stem in stems
        )


@dataclass(slots=True)
class Found:
    """An item, how well it fits, and the line that says so, its own or a finding's."""

    item: str
    score: float
    is_denied: bool
    source: str
    line: int


def rank(asked: AskedWords, rows: Iterable[Row]) -> list[Found]:
    """Return what fits, the best first, and before all else signs that fit well."""
    found = _score(asked, rows)
    if not found:
        return []
    _warn(asked.vocabulary, found)
    best = max(map(attrgetter("score"), found.values()))
    kept = [one for one in found.values() if one.score >= _LEAST_SHARE * best]
    kept.sort(key=lambda one: (-one.score, one.item))
    signs = [
        one
        for one in kept
        if one.item[0] == SIGN and not one.is_denied and one.score >= _SIGN_SHARE * best
    ]
    first = signs[:_FIRST_SIGNS]
    return [*first, *(one for one in kept if one not in first)] if first else kept


def _warn(vocabulary: Vocabulary, found: dict[str, Found]) -> None:
    """Let signs count what the findings do that they ask for."""
    findings = [one for key, one in found.items() if key[0] == FINDING]
    for finding in findings:
        for sign, is_enough in vocabulary.signs.get(finding.item, ()):
            score = finding.score * (_ENOUGH if is_enough else _PART)
            # What is denied is said of the finding first of all.
            score *= _DENIED if finding.is_denied else 1.0
            own = found.get(sign)
            worth = (not finding.is_denied, score)
            if own is None or worth > (not own.is_denied, own.score):
                found[sign] = Found(
                    sign, score, finding.is_denied, finding.source, finding.line
                )


def _score(asked: AskedWords, rows: Iterable[Row]) -> dict[str, Found]:
    """Return every item that has one of the words, with its best line."""
    said: dict[str, _Line] = {}
    denied: dict[str, _Line] = {}
    masks: dict[str, int] = {}
    weighed: dict[tuple[int, int, int, bool], tuple[float, bool]] = {}
    for (item, _), (mask, tier, length, line) in _gather(asked, rows).items():
        alike = (mask, tier, length, line == 0)
        known = weighed.get(alike)
        if known is None:
            known = weighed[alike] = _weigh(asked, *alike)
        score, is_denied = known
        side = denied if is_denied else said
        # Of equal lines the first counts.
        one = (score, -line, mask)
        best = side.get(item)
        if best is None or one > best:
            side[item] = one
        masks[item] = masks.get(item, 0) | mask
    return _choose(asked, said, denied, masks)


def _gather(asked: AskedWords, rows: Iterable[Row]) -> dict[tuple[str, int], list[int]]:
    """Return the words of each line, with its tier, its length and its number.

    What the rest of an item says, where each word is stored but once, counts as one
    line: the one with the weightiest word stands for it.
    """
    bits = asked.bits
    weights = {word: asked.weigh(mask) for word, mask in bits.items()}
    lines: dict[tuple[str, int], list[int]] = {}
    heaviest: dict[str, tuple[float, int]] = {}
    for word, tier, item, line, length in rows:
        key = (item, line if length else _REST)
        if key in lines:
            lines[key][0] |= bits[word]
        else:
            lines[key] = [bits[word], tier, length, line]
        if not length:
            heaviest[item] = max(heaviest.get(item, _NONE), (weights[word], -line))
            lines[key][3] = -heaviest[item][1]
    small = asked.small
    return {key: line for key, line in lines.items() if line[0] & ~small}


def _choose(
    asked: AskedWords,
    said: dict[str, _Line],
    denied: Mapping[str, _Line],
    masks: Mapping[str, int],
) -> dict[str, Found]:
    """Return items with the line that fits best, rather one that is not denied."""
    lines = said
    for item, other in denied.items():
        best = said.get(item)
        if best is None or best[0] < _SAID_SHARE * other[0]:
            lines[item] = other
    least = _LEAST_SHARE * max((line[0] for line in lines.values()), default=0)
    found = {}
    for item, (score, line, mask) in lines.items():
        if score < least:
            continue
        rest = masks[item] & ~mask
        more = _ELSEWHERE * asked.weigh(rest) if rest else 0.0
        is_denied = denied.get(item) == (score, line, mask)
        found[item] = Found(item, score + more, is_denied, item, -line)
    return found


def _weigh(
    asked: AskedWords, mask: int, tier: int, length: int, is_name: int
) -> tuple[float, bool]:
    """Return what a line counts that has these words, and whether it is denied.

    It is if all that was found is, unless it denies something itself.
    """
    weight = asked.weigh(mask)
    cover = min(1.0, mask.bit_count() / length) if length else 0.0
    score = _WEIGHTS[tier] * weight * (weight / asked.whole + cover) / 2
    denies = mask & asked.denying and cover >= _DENYING_COVER
    is_denied = not mask & ~asked.small & ~asked.denied and not denies
    score *= _TITLE if is_name else 1.0
    return score * (_DENIED if is_denied else 1.0), is_denied
