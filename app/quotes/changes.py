"""What is other in a quote than in the sentence that it comes from."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import LCSseq

from app.library.about import fill_in
from app.quotes.folding import Token
from app.quotes.lexicon import ChangeKind
from app.quotes.meaning import Kinds, find_kinds, is_turned

Span = tuple[int, int, int, int]
"""Where a change begins and ends in the sentence, and in what is said."""


@dataclass(frozen=True, slots=True)
class Change:
    """Words of the library and those said in their place; either may be empty.

    `kinds` has at least one, the gravest first; wording only where there is no other.
    """

    was: str
    now: str
    kinds: tuple[ChangeKind, ...]


def list_changes(
    sentence: Sequence[Token], said: Sequence[Token], drugs: frozenset[str]
) -> tuple[Change, ...]:
    """Return every change in order; none only if the two are the same quote.

    `drugs` are the stems of the words that name medicines.
    """
    was_kinds = find_kinds([token.word for token in sentence], drugs)
    now_kinds = find_kinds([token.word for token in said], drugs)
    return tuple(
        _describe(
            sentence[start:end],
            said[from_:to],
            frozenset[ChangeKind]().union(*was_kinds[start:end], *now_kinds[from_:to]),
        )
        for start, end, from_, to in _find_spans(sentence, said)
    )


def _describe(was: Sequence[Token], now: Sequence[Token], kinds: Kinds) -> Change:
    if is_turned([token.word for token in was], [token.word for token in now]):
        kinds |= {ChangeKind.NEGATION}
    return Change(
        was=fill_in("".join(token.text for token in was).strip(), None),
        now="".join(token.text for token in now).strip(),
        kinds=tuple(kind for kind in ChangeKind if kind in kinds)
        or (ChangeKind.WORDING,),
    )


def _find_spans(sentence: Sequence[Token], said: Sequence[Token]) -> Iterator[Span]:
    """Yield what lies between the most tokens that are the same in the same order."""
    numbers: dict[str, int] = {}
    one, other = (
        [numbers.setdefault(token.folded, len(numbers)) for token in tokens]
        for tokens in (sentence, said)
    )
    at, from_ = 0, 0
    for block in LCSseq.opcodes(one, other).as_matching_blocks():
        if (at, from_) != (block.a, block.b):
            yield at, block.a, from_, block.b
        at, from_ = block.a + block.size, block.b + block.size
