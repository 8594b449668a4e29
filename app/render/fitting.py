"""Whole sentences of the library, as many as there is room for."""

import re
from collections.abc import Iterable

from app.library.plain_text import to_plain
from app.library.sentences import split_sentences
from app.render.rendering import Length, Passage

SHORT_MAX = 140
"""So many characters a short body has at most."""

MEDIUM_MAX = 80
"""So many words a medium body has at most."""

_TURN = re.compile(
    r"[\"'(]*(?:but|do not|don't|except|however|instead|never|no|nor|not|only|or"
    r"|otherwise|still|though|unless|yet)\b",
    re.IGNORECASE,
)
"""How a sentence begins that takes back or bounds what was said before it."""


def fits(text: str, length: Length) -> bool:
    """Say whether a body of this length has room for a text."""
    match length:
        case Length.SHORT:
            return len(text) <= SHORT_MAX
        case Length.MEDIUM:
            return len(text.split()) <= MEDIUM_MAX
        case Length.FULL:
            return True


def take_fitting(text: str, length: Length, *, beside: str = "") -> str:
    """Return the first sentences of a text that fit beside another, or nothing."""
    taken = ""
    for unit in _list_units(text):
        longer = f"{taken} {unit}".strip()
        if not fits(f"{longer} {beside}".strip(), length):
            break
        taken = longer
    return taken


def add_fitting(
    said: Iterable[Passage], more: Iterable[Passage], length: Length
) -> tuple[Passage, ...]:
    """Add passages in plain words, each whole or not at all, as far as they fit."""
    added = tuple(said)
    for passage in more:
        plain = Passage(to_plain(passage.text), passage.sources)
        longer = (*added, plain)
        if fits(" ".join(one.text for one in longer), length):
            added = longer
    return added


def _list_units(text: str) -> list[str]:
    """Return what can be said by itself: a sentence with those that take it back."""
    units: list[str] = []
    for sentence in split_sentences(text):
        if units and _TURN.match(sentence):
            units[-1] = f"{units[-1]} {sentence}"
        else:
            units.append(sentence)
    return units
