"""The words of a text, folded and stemmed: as they are indexed and as they are asked.

"Can't" and "no" are words of their own: what cannot be done, or is not there, is
another thing than what can be, or is.
"""

import re
import unicodedata
from collections.abc import Container, Iterator
from functools import lru_cache
from typing import NamedTuple

from snowballstemmer import stemmer  # type: ignore[import-untyped]

WORD_MAX = 40
"""So many characters of a word are looked at."""

OPENING, CLOSING = "\u27e6", "\u27e7"
"""What marks a word that was asked for; no text that is shown has such a sign."""

NOT, CANNOT = "not", "cannot"
SMALL_WORDS = frozenset({NOT, CANNOT})
"""They tell phrases apart, but nothing is found by them alone."""


def _list(words: str) -> frozenset[str]:
    return frozenset(words.split())


_STEMMER = stemmer("english")
_WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*")
_PAUSE = re.compile(r"[^\w\s'\u2019/-]")
_DENIALS = _list(
    """
    no not never without nor neither none isnt arent wasnt werent dont doesnt
    didnt havent hasnt hadnt aint deny denies denied
    """
)
_INABILITIES = frozenset({"cannot", "cant", "couldnt", "wont", "unable"})
_STOPPED = _list(
    """
    a about after all also am an and any are as at be because been being but by
    can could d did do does doing eg else etc ever for from get gets getting
    goes got had has have having he her here hers him his how i id if ill
    im in into is it its ive just let like ll m make makes may me might
    mine my myself of oh on only or our out please put quite rather re really s
    say says shall she should since so some such sure t than that thats the
    their them then there these they thing things think this those to u until us
    ve very was we well were what whats when where which while who why will with
    would yes yet you your youre
    """
)
_SILENT = _STOPPED | _DENIALS
_AFTER_WHICH_NOT_IS_CANNOT = frozenset({"can", "could", "will"})
# Who has no feeling, or no control, misses what should be there.
_BEFORE_WHICH_NOT_IS_CANNOT = _list(
    "able longer feel feeling sensation control strength power"
)
_BEFORE_WHICH_NOT_IS_NOTHING = frozenset({"only", "sure", "just", "certain"})
_NEW_CLAUSE = _list(
    """
    and but however although though except i im ive he she it because just then
    """
)
_REACH = 6
"""Over so many words after it a denial reaches at most."""


class Word(NamedTuple):
    """A word that says something, where it stands, and whether it is denied."""

    stem: str
    plain: str
    start: int
    end: int
    is_denied: bool = False


class _Token(NamedTuple):
    plain: str
    start: int
    end: int
    follows_pause: bool


def compose(text: str) -> str:
    """Return a text in which every letter is one character where there is one."""
    return unicodedata.normalize("NFC", text)


def list_words(text: str) -> Iterator[Word]:
    """Yield the words of a composed text in order, without those that say nothing."""
    denied_for = 0
    tokens = list(_split(text))
    for index, token in enumerate(tokens):
        if token.follows_pause or (denied_for < _REACH and token.plain in _NEW_CLAUSE):
            denied_for = 0
        small = _read_small(tokens, index)
        if small is None and token.plain in _SILENT:
            continue
        plain = small or token.plain
        is_denied = denied_for > 0 and small is None
        yield Word(stem_word(plain), plain, token.start, token.end, is_denied)
        denied_for = _REACH if small == NOT else max(0, denied_for - 1)


def list_stems(text: str) -> list[str]:
    """Return the stems of a composed text in order."""
    return [word.stem for word in list_words(text)]


def find_stems(text: str, stems: Container[str]) -> list[tuple[int, int]]:
    """Return where words of a composed text stand that have one of the stems."""
    return [
        match.span() for match in _WORD.finditer(text) if _read_word(match[0]) in stems
    ]


@lru_cache(maxsize=65_536)
def _read_word(word: str) -> str:
    plain = _fold(word)
    if plain in _INABILITIES:
        return CANNOT
    return NOT if plain in _DENIALS else stem_word(plain)


def _read_small(tokens: list[_Token], index: int) -> str | None:
    """Return the small word that a token is, none if it is another or says nothing."""
    plain = tokens[index].plain
    if plain in _INABILITIES:
        return CANNOT
    if plain not in _DENIALS:
        return None
    before = tokens[index - 1].plain if index else ""
    following = [one.plain for one in tokens[index + 1 : index + 4]]
    if following[:1] and following[0] in _BEFORE_WHICH_NOT_IS_NOTHING:
        return None
    after = next((one for one in following if one not in _STOPPED), "")
    is_inability = (
        before in _AFTER_WHICH_NOT_IS_CANNOT or after in _BEFORE_WHICH_NOT_IS_CANNOT
    )
    return CANNOT if is_inability else NOT


def _split(text: str) -> Iterator[_Token]:
    end = 0
    for match in _WORD.finditer(text):
        has_pause = _PAUSE.search(text, end, match.start()) is not None
        end = match.end()
        yield _Token(_fold(match[0]), match.start(), end, has_pause)


@lru_cache(maxsize=65_536)
def _fold(word: str) -> str:
    """Return a word in lower case, without accents and apostrophes."""
    letters = unicodedata.normalize("NFKD", word.casefold())
    return "".join(one for one in letters if one.isalnum())[:WORD_MAX]


@lru_cache(maxsize=65_536)
def stem_word(plain: str) -> str:
    """Return what a folded word shares with its other forms."""
    stem: str = _STEMMER.stemWord(plain)
    return stem
