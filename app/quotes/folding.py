"""Texts as quotes are compared: what may differ is folded, everything else is kept."""

import re
from typing import NamedTuple

from app.library.about import PLACEHOLDERS
from app.library.sentences import split_sentences
from app.library.words import WORD_MAX, compose

_BULLETS = "\u2022\u2023\u25e6\u25aa\u2013\u2014"
_BULLET = re.compile(rf"^(\s*)[{_BULLETS}](?=\s)")
_EMPHASIS = re.compile(
    r"(?<![\w_])_{1,3}(?=[\"'(\[*\u2018\u201c])"
    r"|(?<=[.!?)\"'\]*\u2019\u201d\u2026])_{1,3}(?![\w_])"
)

# Signs that would be taken away as markup where they may be more than that: a number
# that is multiplied, a cell of a table, a gap to fill in, a link that hides words or
# another number.
_HEADING = re.compile(r"[\s>]*#{1,6}(?=\s|$)")
_IN_WORD = re.compile(r"(?<=\w)[*`]+(?=\w)")
_ALONE = re.compile(r"(?<=\S)\s+[*`]+(?=\s|$)")
_INNER_CELL = re.compile(r"(?<=[^\s.!?|])\s*\|(?=\s*[^\s|])")
_GAP = re.compile(r"(?<!\w)(?<!^)_+(?!\w)|^_+(?=\s+[^\s_])")
_OPAQUE_LINK = re.compile(r"\](?=\((?!(?:https?://|/|#)[^\s()]*\)))|!(?=\[)")
_SIGNS = "*`#|]!_"
_SHIELDED = "".join(chr(0xFDD0 + index) for index in range(len(_SIGNS)))
_IS_MARKED = re.compile(rf"[{re.escape(_SIGNS)}{_SHIELDED}{_BULLETS}]")
_SHIELD = str.maketrans(_SIGNS, _SHIELDED)
_UNSHIELD = str.maketrans(_SHIELDED, _SIGNS)
_FOREIGN = str.maketrans(dict.fromkeys(_SHIELDED, "\ufffd"))

PLACEHOLDER_WORDS = frozenset(f"{{{name}}}" for name in PLACEHOLDERS)
"""What stands in a sentence of the library where a region's numbers are filled in."""

_TYPOGRAPHIC = str.maketrans(
    dict.fromkeys("\u2018\u2019\u201b", "'")
    | dict.fromkeys("\u201c\u201d\u201e\u201f", '"')
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-")
)
_PLACEHOLDER = "|".join(map(re.escape, sorted(PLACEHOLDER_WORDS)))
_TOKEN = re.compile(
    rf" ?(?:{_PLACEHOLDER}|\d+(?:[.,:/]\d+)*|[^\W\d_]+(?:'[^\W\d_]+)*|\S)"
)


class Token(NamedTuple):
    """A word, a number or a sign, with the space before it, and as it is compared."""

    text: str
    folded: str

    @property
    def word(self) -> str:
        """The folded word or sign alone, as far as it is looked at."""
        return self.folded.strip()[:WORD_MAX]


def read_sentences(text: str) -> list[str]:
    """Return the sentences of a text in light Markdown, without its markup."""
    # Most texts are without any sign, and need no closer look.
    if _IS_MARKED.search(text) is None:
        return split_sentences(text)
    lines = map(_shield, text.translate(_FOREIGN).splitlines())
    sentences = split_sentences("\n".join(lines))
    return [one.translate(_UNSHIELD) for one in sentences]


def read_tokens(sentence: str) -> tuple[Token, ...]:
    """Return the tokens of a sentence: two with the same folded ones are the same.

    Case, the amount of space, the shape of quotes and dashes, and one full stop at the
    end make no difference. A placeholder is like no other: it was to be filled in.
    """
    return tuple(
        token._replace(folded=f"{token.folded}\0") if _is_placeholder(token) else token
        for token in read_template_tokens(sentence)
    )


def read_template_tokens(sentence: str) -> tuple[Token, ...]:
    """Return the tokens of a sentence of the library, which may have placeholders."""
    words = compose(sentence).translate(_TYPOGRAPHIC).split()
    line = " ".join(words).removesuffix(".").rstrip()
    found: list[str] = _TOKEN.findall(f" {line}" if line else "")
    return tuple([Token(one, one.casefold()) for one in found])


def _is_placeholder(token: Token) -> bool:
    return token.word in PLACEHOLDER_WORDS


def _shield(line: str) -> str:
    """Drop what a sentence is listed or emphasised with, keep what may be no markup."""
    heading = _HEADING.match(line)
    start = heading.end() if heading else 0
    line = line[:start] + line[start:].replace("#", "#".translate(_SHIELD))
    line = _BULLET.sub(r"\1-", _EMPHASIS.sub("", line))
    for pattern in (_IN_WORD, _ALONE, _INNER_CELL, _GAP, _OPAQUE_LINK):
        line = pattern.sub(_shield_match, line)
    return line


def _shield_match(match: re.Match[str]) -> str:
    return match[0].translate(_SHIELD)
