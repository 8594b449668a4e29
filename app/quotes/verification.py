"""Says of each sentence of a text whether it is the library's own, word for word."""

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
from app.quotes.nearest import find_nearest
from app.quotes.passages import Passage

PLACES_MAX = 10
"""So many of the places of a sentence are named."""


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
    passages: tuple[Passage, ...] = ()
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
    read = {sentence: read_tokens(sentence) for sentence in sentences}
    checked = {
        sentence: _verify(book, sentence, tokens)
        for sentence, tokens in read.items()
        if tokens
    }
    return Verification(tuple(checked[one] for one in sentences if one in checked))


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


def _find_verbatim(book: QuoteBook, said: tuple[Token, ...]) -> tuple[Passage, ...]:
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
    passages: tuple[Passage, ...],
    changes: tuple[Change, ...] = (),
) -> SaidSentence:
    shown = tuple(
        replace(one, text=fill_in(one.text, None)) for one in passages[:PLACES_MAX]
    )
    return SaidSentence(text, fidelity, changes, shown, len(passages))
