"""What a sentence is quoted with: a name in front of it says nothing by itself."""

from collections.abc import Collection, Iterator, Sequence

from app.quotes.folding import Token
from app.render.framing import finish

Unit = tuple[str, ...]
"""A sentence, and before it those that say nothing but by it."""

UNIT_MAX = 3
"""A title, the name again, and what is said."""

_STOP = Token(".", ".")
_FINISHED = tuple(".?!")


def list_units(sentences: Sequence[str], leads: Collection[str]) -> Iterator[Unit]:
    """Yield each sentence by itself, and with the leads before it; no lead alone."""
    led: Unit = ()
    for sentence in sentences:
        led = (*led, sentence)
        if sentence not in leads:
            yield from (led[start:] for start in range(len(led)))
            led = ()


def join_sentences(sentences: Sequence[str]) -> str:
    """Return sentences as one, each but the last with a full stop."""
    *leads, last = sentences
    return " ".join([*map(finish, leads), last])


def join_tokens(sentences: Sequence[Sequence[Token]]) -> tuple[Token, ...]:
    """Return the tokens of sentences as those of `join_sentences` are."""
    joined: list[Token] = []
    for tokens in sentences:
        if joined and joined[-1].word not in _FINISHED:
            joined.append(_STOP)
        joined += tokens
    return tuple(joined)
