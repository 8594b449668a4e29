"""Says of each sentence of a text whether it is the library's own, word for word."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from app.library.about import fill_in
from app.quotes.book import QuoteBook, put_placeholders, to_key
from app.quotes.changes import Change, list_changes
from app.quotes.folding import (
    Token,
    read_sentences,
    read_template_tokens,
    read_tokens,
)
from app.quotes.lexicon import ChangeKind
from app.quotes.library_passage import LibraryPassage
from app.quotes.nearest import find_nearest
from app.quotes.units import UNIT_MAX, join_sentences, join_tokens

PLACES_MAX = 10
"""So many of the places of a sentence are named."""

_Read = tuple[str, tuple[Token, ...]]
"""A sentence that is said, and its tokens."""


class Fidelity(StrEnum):
    """How a sentence that is said stands to the library."""

    VERBATIM = "verbatim"
    ALTERED = "altered"
    UNSUPPORTED = "unsupported"


@dataclass(frozen=True, slots=True)
class SaidSentence:
    """A sentence that is said, with the places that it, or what it was, comes from.

    `changes` says what is other than there; `places` is how many there are in all, of
    which `passages` has the first.
    """

    text: str
    fidelity: Fidelity
    changes: tuple[Change, ...] = ()
    passages: tuple[LibraryPassage, ...] = ()
    places: int = 0

    @property
    def kinds(self) -> tuple[ChangeKind, ...]:
        """What its changes are about, the gravest first."""
        found = {kind for change in self.changes for kind in change.kinds}
        return tuple(kind for kind in ChangeKind if kind in found)


@dataclass(frozen=True, slots=True)
class Verification:
    """The sentences of a text, in order."""

    sentences: tuple[SaidSentence, ...]

    @property
    def is_safe_to_quote(self) -> bool:
        """Whether every sentence is the library's own; a text without any is not."""
        return bool(self.sentences) and all(
            one.fidelity is Fidelity.VERBATIM for one in self.sentences
        )


def verify(book: QuoteBook, text: str) -> Verification:
    """Hold every sentence of a text in light Markdown against the library.

    The work grows with the length of the text and not with the book; who asks bounds
    that length.
    """
    sentences = read_sentences(text)
    read = {one: read_tokens(one) for one in dict.fromkeys(sentences)}
    said = [(one, read[one]) for one in sentences if read[one]]
    units = list(_join(book, said))
    checked = {one: _verify(book, one, tokens) for one, tokens in dict(units).items()}
    return Verification(tuple(checked[one] for one, _ in units))


def _join(book: QuoteBook, said: Sequence[_Read]) -> Iterator[_Read]:
    """Yield sentences, those as one that the book has only together."""
    at = 0
    while at < len(said):
        size = _count_together(book, said[at : at + UNIT_MAX])
        texts, tokens = zip(*said[at : at + size], strict=True)
        yield join_sentences(texts), join_tokens(tokens)
        at += size


def _count_together(book: QuoteBook, said: Sequence[_Read]) -> int:
    """Return how many of the first sentences are one of the book's, or one."""
    for size in range(len(said), 1, -1):
        if _find_verbatim(book, join_tokens([tokens for _, tokens in said[:size]])):
            return size
    return 1


def _verify(book: QuoteBook, text: str, said: tuple[Token, ...]) -> SaidSentence:
    passages = _find_verbatim(book, said)
    if passages:
        return _report(text, Fidelity.VERBATIM, passages)
    nearest = find_nearest(book, said)
    if nearest is None:
        return SaidSentence(text, Fidelity.UNSUPPORTED)
    passages = book.passages[nearest.number]
    sentence = read_template_tokens(passages[0].text)
    changes = list_changes(sentence, nearest.said, book.drugs)
    return _report(text, Fidelity.ALTERED, passages, changes)


def _find_verbatim(
    book: QuoteBook, said: tuple[Token, ...]
) -> tuple[LibraryPassage, ...]:
    """Return every place of a sentence, with its placeholders filled in anyhow."""
    keys = (to_key(book, one) for one in (said, put_placeholders(book, said)))
    numbers = dict.fromkeys(book.found[key] for key in keys if key in book.found)
    places = {
        (passage.kind, passage.slug, passage.pointer): passage
        for number in numbers
        for passage in book.passages[number]
    }
    return tuple(places.values())


def _report(
    text: str,
    fidelity: Fidelity,
    passages: tuple[LibraryPassage, ...],
    changes: tuple[Change, ...] = (),
) -> SaidSentence:
    shown = tuple(
        replace(one, text=fill_in(one.text, None)) for one in passages[:PLACES_MAX]
    )
    return SaidSentence(text, fidelity, changes, shown, len(passages))
