"""Finds the sentence of a book that is nearest to what is said, by bounded work."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import Indel, LCSseq

from app.quotes.book import Key, QuoteBook, put_placeholders, to_key, to_stem
from app.quotes.folding import Token

COMPARED_MAX = 1_000
"""With so many sentences of a book one that is said is compared at most."""

_ALIKE = 0.6
_MOSTLY_IN = 0.8
"""So much is the same in a part of a sentence, or in a sentence with more around it."""
_PART_MIN = 4
_WHOLE_MAX = 8
"""Shorter parts, and parts of what is so many times as long, are anywhere by chance."""


@dataclass(frozen=True, slots=True)
class Nearest:
    """A sentence of a book by its number, and the tokens as they compare with it."""

    number: int
    said: tuple[Token, ...]


def find_nearest(book: QuoteBook, said: tuple[Token, ...]) -> Nearest | None:
    """Return the sentence that what is said comes from; none if it comes from none.

    The one that has most in common; and if none has much, the one that it is a part
    of, or that is a part of it. Of those that are equal, the first.
    """
    candidates = _list_candidates(book, said)
    if not candidates:
        return None
    keys = [book.keys[number] for number in candidates]
    readings = {said: to_key(book, said)}
    filled = put_placeholders(book, said)
    readings[filled] = to_key(book, filled)
    wholes = [
        (*process.extractOne(key, keys, scorer=Indel.normalized_similarity), reading)
        for reading, key in readings.items()
    ]
    best, alike, index, reading = max(wholes, key=lambda found: found[1])
    if alike >= _ALIKE or _is_one_word_off(best, readings[reading]):
        return Nearest(candidates[index], reading)
    mostly, index = max(
        (_measure_part(one, readings[said]), -at) for at, one in enumerate(keys)
    )
    return Nearest(candidates[-index], said) if mostly >= _MOSTLY_IN else None


def _list_candidates(book: QuoteBook, said: Sequence[Token]) -> list[int]:
    """Return the numbers of sentences that share the rarest words with what is said.

    Where there are too many, those that are nearest in length.
    """
    found: set[int] = set()
    left = COMPARED_MAX
    first = bisect_left(book.keys, len(said), key=len)
    stems = {to_stem(token.folded) for token in said}
    known = sorted(stems & book.postings.keys())
    for posting in sorted((book.postings[stem] for stem in known), key=len):
        window = _cut(posting, first, left)
        found.update(window)
        left -= len(window)
    return sorted(found)


def _cut(posting: Sequence[int], first: int, size: int) -> Sequence[int]:
    """Return so many of the sentences around the first: they are in order of length."""
    at = bisect_left(posting, first)
    start = max(0, min(at - size // 2, len(posting) - size))
    return posting[start : start + size]


def _is_one_word_off(one: Key, other: Key) -> bool:
    longest = max(len(one), len(other))
    return LCSseq.similarity(one, other) == longest - 1 > 0


def _measure_part(one: Key, other: Key) -> float:
    """Return how much of the shorter one is in the longer one, in the same order."""
    shortest, longest = sorted((len(one), len(other)))
    if shortest < _PART_MIN or longest > _WHOLE_MAX * shortest:
        return 0
    return LCSseq.similarity(one, other) / shortest
