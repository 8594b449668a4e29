"""What is searched for: patients' words, wrongly and oddly written, and no words."""

from collections.abc import Iterator
from string import ascii_lowercase
from typing import Any, get_args

import yaml

from app.library.search_ranks import SearchedKind
from app.settings import ROOT
from tests.database.same.both import Asked, get

SEARCH = "/v1/search"
QUERIES: list[str] = [
    str(one["q"])
    for one in yaml.safe_load(
        (ROOT / "tests" / "search_queries.yaml").read_text(encoding="utf-8")
    )
]
ODD_WORDS = (
    *ascii_lowercase, "0", "19", "\u00e9", "\u00df", "\u07c0", "\u4e2d", "\U0001d49c",
    "the", "and", "not", "no", "of the", "I am", "with", "to be or not to be",
    "pain", "back pain", "leg", "injection", "injections", "treatment", "steroid",
    "FEVER", "Fever", "fev\u00e9r", "fe\u0301ver", "fi\u200bbro", "\ufb01bro",
    "\uff26\uff25\uff36\uff25\uff32", "can\u2019t pee", "can't pee",
    "\U0001d4ef\U0001d4ee\U0001d4ff\U0001d4ee\U0001d4fb",
    "fever \U0001f525", "\U0001f525", "\U0001f600\U0001f600",
    "\u0130stanbul", "istanbul", "SS", "\u03a9mega", "\u03c9MEGA", "numb-ness", "x-ray",
    "walk", "walki", "walkin", "walking", "wlaking", "exersise", "radiofreqency",
    "fevver", "ibuprofin", "nsaid", "NSAIDs", "no fever", "not numb", "zzzz",
    "never had any fever or chills", "'", '"', "%", "_", "*", "%_\\", "')--", "a AND b",
    "\u27e6fever\u27e7", "\u202efever", "\ufefffever", "fever\u2028pain", "x" * 200,
    "a b " * 50, "pain " * 40, "\u00e9" * 200, "\U0001f600" * 200,
)  # fmt: skip
"""Single letters, what nearly every text has, and signs of all planes."""


def ask_patients_words() -> Iterator[Asked]:
    """Yield what patients ask, written in six ways."""
    for words in QUERIES:
        yield get(SEARCH, q=words)
    for number, words in enumerate(QUERIES):
        for write in (_drop, _swap, _cut, str.upper, _accent):
            yield get(SEARCH, q=write(words), limit=1 + number % 20)


def ask_odd_words() -> Iterator[Asked]:
    """Yield words that say little, or are hardly words."""
    for words in ODD_WORDS:
        yield get(SEARCH, q=words, limit=100)
        yield get(SEARCH, q=words, limit=3, offset=3)


def ask_words_of_kinds() -> Iterator[Asked]:
    """Yield searches of one kind, and lists that words narrow."""
    every = [*QUERIES, *ODD_WORDS]
    for number, words in enumerate(every):
        for kind in get_args(SearchedKind):
            yield get(SEARCH, q=words, kind=kind)
        for name, more in _OF_LISTS:
            page: dict[str, Any] = {"limit": 1 + number % 30, "offset": number % 2}
            yield get(name, q=words, **more, **page)


_OF_LISTS: tuple[tuple[str, dict[str, str]], ...] = (
    ("/v1/treatments", {"sort": "-certainty", "fields": "name,evidence"}),
    ("/v1/treatments", {"category": "medication"}),
    ("/v1/failure-causes", {"sort": "-name"}),
    ("/v1/failure-causes", {"topic": "facet-joint-injection"}),
    ("/v1/warning-signs", {}),
    ("/v1/warning-signs", {"urgency": "emergency", "sort": "slug"}),
)


def _longest(words: str) -> str:
    return max(words.split(), key=len)


def _drop(words: str) -> str:
    """Leave a letter out of the longest word."""
    word = _longest(words)
    at = len(word) // 2
    return words.replace(word, word[:at] + word[at + 1 :]) or words


def _swap(words: str) -> str:
    word = _longest(words)
    at = len(word) // 2
    return words.replace(
        word, word[: at - 1] + word[at : at + 1] + word[at - 1] + word[at + 1 :]
    )


def _cut(words: str) -> str:
    """Leave the last word unfinished."""
    return words[: max(3, len(words) - 2)]


def _accent(words: str) -> str:
    return words.translate(str.maketrans("aeiou", "àéïøü"))
