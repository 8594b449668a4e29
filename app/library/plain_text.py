"""The lines of a text in light Markdown, without its markup: fit to be read aloud."""

import re
from collections.abc import Iterator
from typing import NamedTuple

_LINK = re.compile(r"!?\[([^\[\]]*)\]\((?:[^()]|\([^()]*\))*\)")
_AUTOMATIC_LINK = re.compile(r"<(https?://[^<>\s]*)>")
_MARK = re.compile(r"[*`#|]|(?<!\w)_+(?=\w)|(?<=\w)_+(?!\w)")
# What is more than a number is no quotation.
_QUOTATION = re.compile(r"^(?:\s*>(?!\s*\d))+")
_HEADING = re.compile(r"\s*#{1,6}(?=\s|$)")
_ITEM = re.compile(r"\s*(?:[-+*]|\d{1,9}[.)])\s+")
_FIGURE = re.compile(r"\s*(?!1[.)])\d")
_BLANK = re.compile(r"\s*|\s*(?:[-*_=]\s*){3,}")
# Most texts are one line without any sign of markup, and need no closer look.
_PROSE = re.compile(
    r"(?!\s*(?:[-+>=]|\d))[^*`#|_\[<\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+"
)


class Line(NamedTuple):
    """A paragraph, or an item of a list, on one line."""

    text: str
    is_item: bool


def to_plain(text: str) -> str:
    """Return a text without markup on one line."""
    return " ".join(line.text for line in list_plain_lines(text))


def list_plain_lines(text: str) -> list[Line]:
    """Return paragraphs and items of lists, each on one line without markup."""
    if _PROSE.fullmatch(text) and not text.isspace():
        return [Line(" ".join(text.split()), is_item=False)]
    lines = [Line(_strip(line.text), line.is_item) for line in _unfold(text)]
    return [line for line in lines if line.text]


def _unfold(text: str) -> Iterator[Line]:
    """Yield what stands between blank lines and before items of lists as one line."""
    parts: list[str] = []
    is_item = False
    for written in text.splitlines():
        bare = _QUOTATION.sub("", written)
        begins_item = _begins_item(bare, is_new=not parts or is_item)
        is_apart = _BLANK.fullmatch(bare) or _HEADING.match(bare)
        if begins_item or is_apart:
            yield Line(" ".join(parts), is_item)
            parts = []
        is_item = begins_item or (is_item and not is_apart)
        if _HEADING.match(bare):
            yield Line(bare, is_item=False)
        elif not is_apart:
            parts.append(_ITEM.sub("", bare, count=1) if begins_item else bare)
    yield Line(" ".join(parts), is_item)


def _begins_item(bare: str, *, is_new: bool) -> bool:
    """Say whether a line begins an item of a list.

    A number that a paragraph goes on with does not, as in CommonMark: it is a figure.
    """
    if _ITEM.match(bare) is None or _BLANK.fullmatch(bare):
        return False
    return is_new or _FIGURE.match(bare) is None


def _strip(line: str) -> str:
    """Take away markup; what would become a link by that is kept apart."""
    line = _AUTOMATIC_LINK.sub(r"\1", _MARK.sub("", line))
    # A picture can be in a link.
    for _ in range(2):
        line = _LINK.sub(r"\1", line)
    return " ".join(_MARK.sub("", line).replace("](", "] (").split())
