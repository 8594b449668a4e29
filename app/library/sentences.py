"""The sentences of a text: what can be quoted without altering what it says."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from app.library.plain_text import Line, list_plain_lines

_END = re.compile(r"(?<![.!?\u2026])[.!?\u2026]+[\"'\u2019\u201d)\]]*(?=\s)")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_LAST_WORD = re.compile(r"[^\s(\[\"'\u2018\u201c]*$")
_OPENING = "\"'\u2018\u201c("
_TITLES = frozenset({"cf", "dr", "fr", "mr", "mrs", "ms", "mt", "prof", "st", "vs"})
"""After these a dot ends no sentence."""
_BEFORE_NUMBERS = frozenset(
    {"approx", "ca", "ch", "fig", "figs", "max", "min", "no", "nos", "nr", "p", "pp"}
)
"""After these a dot ends no sentence if a number follows."""
_INITIALS = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]")
_SIGN = re.compile(r"\s*(?:[-+>]|\d{1,9}[.)])+(?!\S)")
"""What would be the sign of a list or a quotation at the beginning of a sentence."""

_LOOKED_AT = 40
"""So many characters around a dot tell whether a sentence ends there."""

_FINISHED = re.compile(r"[.!?\u2026][\"'\u2019\u201d)\]]*$")


def split_sentences(text: str) -> list[str]:
    """Return the sentences of a text without markup, each on one line.

    Where it is not sure that a sentence ends, it goes on: no piece says what the whole
    does not. So what is in brackets stays whole, and a line that has no full stop, such
    as "Do not take it if you have:", goes on in the list below it.
    """
    return [one for line in _list_whole(text) for one in _split(line)]


def _list_whole(text: str) -> list[str]:
    """Return the lines of a text, what is unfinished with the items below it."""
    whole: list[str] = []
    for line in list_plain_lines(text):
        if line.is_item and whole and not _FINISHED.search(whole[-1][-_LOOKED_AT:]):
            whole[-1] = _join(whole[-1], line)
        else:
            whole.append(line.text)
    return whole


def _join(before: str, item: Line) -> str:
    return f"{before}{' ' if before.endswith(':') else '; '}{item.text}"


def _split(line: str) -> Iterator[str]:
    start = 0
    brackets = [match.span() for match in _BRACKETS.finditer(line)]
    for match in _END.finditer(line):
        end = match.end()
        before = line[max(start, match.start() - _LOOKED_AT) : match.start() + 1]
        after = line[end : end + _LOOKED_AT]
        if not _is_inside(end, brackets) and _is_end(before, after):
            yield line[start:end].strip()
            start = end
    yield line[start:].strip()


def _is_inside(place: int, brackets: Sequence[tuple[int, int]]) -> bool:
    """Say whether a place is between brackets, given their places in order."""
    index = bisect_left(brackets, (place, 0)) - 1
    return index >= 0 and place < brackets[index][1]


def _is_end(before: str, after: str) -> bool:
    """Say whether a sentence surely ends between the two."""
    following = after.lstrip().lstrip(_OPENING)[:1]
    if following.islower() or _SIGN.match(after):
        return False
    if before[-1] != ".":
        return True
    found = _LAST_WORD.search(before[:-1])
    word = (found[0] if found else "").casefold()
    if following.isdigit() and word in _BEFORE_NUMBERS:
        return False
    return word not in _TITLES and _INITIALS.fullmatch(word) is None
