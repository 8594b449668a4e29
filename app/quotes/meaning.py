"""What the words of a sentence say that a quote must not change."""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from app.library.words import SMALL_WORDS, list_words, stem_word
from app.quotes.folding import PLACEHOLDER_WORDS
from app.quotes.lexicon import (
    OPPOSITES,
    PHRASES,
    STEMS,
    TIMES,
    TURNING_PREFIXES,
    TURNING_SUFFIXES,
    ChangeKind,
)

Kinds = frozenset[ChangeKind]

_LONGEST_PHRASE = max(map(len, PHRASES))
_WITHIN_REACH = 4
_TURNED_MIN = 3
"""So many letters of a word are left at least without what turns it."""


def find_kinds(words: Sequence[str], drugs: frozenset[str]) -> list[Kinds]:
    """Return for each of the folded words of a sentence what changes with it.

    `drugs` are the stems of the words that name medicines.
    """
    found = [
        read_kinds(word) | ({ChangeKind.DRUG} if _names(word, drugs) else frozenset())
        for word in words
    ]
    for index, kind in _find_together(words):
        found[index] |= {kind}
    return found


def is_turned(before: Iterable[str], after: Iterable[str]) -> bool:
    """Say whether words have the opposite of one that stood there before them."""
    there = set(after)
    stems = {stem_word(word) for word in there}
    return any(
        not there.isdisjoint(_list_turned(word))
        or not stems.isdisjoint(OPPOSITES.get(stem_word(word), ()))
        for word in before
    )


@lru_cache(maxsize=65_536)
def read_kinds(word: str) -> Kinds:
    """Return what changes with a folded word, wherever it stands."""
    if word.rstrip("\0") in PLACEHOLDER_WORDS:
        return frozenset({ChangeKind.NUMBER, ChangeKind.URGENCY})
    stem = stem_word(word)
    kinds = {kind for kind, stems in STEMS.items() if stem in stems}
    if word.endswith("n't") or not SMALL_WORDS.isdisjoint(_list_stems(word)):
        kinds.add(ChangeKind.NEGATION)
    if any(sign.isnumeric() for sign in word):
        kinds.add(ChangeKind.NUMBER)
    return frozenset(kinds)


def _names(word: str, drugs: frozenset[str]) -> bool:
    return not drugs.isdisjoint(_list_stems(word))


@lru_cache(maxsize=65_536)
def _list_stems(word: str) -> tuple[str, ...]:
    return tuple([one.stem for one in list_words(word)])


def _find_together(words: Sequence[str]) -> Iterator[tuple[int, ChangeKind]]:
    """Yield what words say only together, for the index of each of them."""
    for index, word in enumerate(words):
        for end in range(index + 2, min(index + _LONGEST_PHRASE, len(words)) + 1):
            kind = PHRASES.get(tuple(words[index:end]))
            if kind:
                yield from ((inside, kind) for inside in range(index, end))
        before = words[max(0, index - _WITHIN_REACH) : index]
        if "within" in before and stem_word(word) in TIMES:
            yield index, ChangeKind.URGENCY


def _list_turned(word: str) -> Iterator[str]:
    for prefix in TURNING_PREFIXES:
        yield prefix + word
        if word.startswith(prefix) and len(word) >= len(prefix) + _TURNED_MIN:
            yield word.removeprefix(prefix)
    for suffix, other in TURNING_SUFFIXES:
        if word.endswith(suffix):
            yield word.removesuffix(suffix) + other
        yield word + suffix
