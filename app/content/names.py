"""The names that texts use: of treatments, and of what they cite."""

import re
from collections.abc import Iterable
from functools import lru_cache

from app.library.entry import Entry
from app.library.sources import ReferenceEntry
from app.library.treatments import TreatmentEntry

_BRACKETS = re.compile(r"[()]")
_BULLET = re.compile(r"(?m)^(\s*)\*(?=\s)")
_PLAIN = str.maketrans(
    {"\u2019": "'", "\u201c": '"', "\u201d": '"', "\u2013": ",", "\u2014": ","}
    | dict.fromkeys("*_`#")
)
_TOKENS = re.compile(r"\w+|[^\w\s]")


def fold(text: str) -> str:
    """Return a text as names are looked for in it: lower case, no markup, plain marks.

    Curly quotes become straight ones, and dashes commas, which part a sentence too; a
    bullet stays one.
    """
    listed = _BULLET.sub(r"\1-", text) if "*" in text else text
    return listed.lower().translate(_PLAIN)


def list_names(entry: Entry) -> tuple[str, ...]:
    """Return what an entry is called in texts."""
    match entry:
        case TreatmentEntry():
            return (entry.name, *entry.aliases)
        case ReferenceEntry():
            return (entry.title,)
        case _:
            return ()


@lru_cache(maxsize=65_536)
def list_parts(name: str) -> tuple[str, ...]:
    """Return a folded name, and what it has before, in and after brackets."""
    folded = fold(name)
    parts = (folded, *_BRACKETS.split(folded)) if "(" in folded else (folded,)
    return tuple(part.strip() for part in parts if part.strip())


@lru_cache(maxsize=65_536)
def _split(name: str) -> tuple[str, int]:
    """Return the first token of a name, and how many follow it."""
    first, *rest = _TOKENS.findall(name)
    return first, len(rest)


class Names:
    """Puts a word in place of every name in a text: the longest where several fit.

    What a name has in brackets, such as its abbreviation, is a name too.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._known = frozenset(part for name in names for part in list_parts(name))
        self._longest: dict[str, int] = {}
        for name in self._known:
            first, following = _split(name)
            self._longest[first] = max(self._longest.get(first, 0), following)

    def replace(self, text: str, word: str) -> str:
        """Return a folded text with a word in place of every whole name."""
        tokens = list(_TOKENS.finditer(text))
        parts, at, index = [], 0, 0
        while index < len(tokens):
            last = self._find(text, tokens, index)
            if last is not None:
                parts += [text[at : tokens[index].start()], word]
                at, index = tokens[last].end(), last
            index += 1
        return "".join((*parts, text[at:]))

    def _find(self, text: str, tokens: list[re.Match[str]], first: int) -> int | None:
        """Return the last token of the longest name that begins with a token."""
        longest = self._longest.get(tokens[first].group())
        if longest is None:
            return None
        start = tokens[first].start()
        for last in range(min(first + longest, len(tokens) - 1), first - 1, -1):
            if text[start : tokens[last].end()] in self._known:
                return last
        return None
