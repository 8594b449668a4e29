"""Ways to say other than a sentence of the library says; each gives what it changed."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from app.fields import Category
from app.library.bundle import Bundle

Mutate = Callable[[int, str], Iterator[str]]
"""From a sentence and its number, so that the same place is not changed in each."""

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
_DIGITS = re.compile(r"\d+")
_DENIAL = re.compile(r"(?i)\b(?:not|no|never|without|nor|nothing)\b ?")

NUMBERS = {
    "one": "two", "two": "three", "three": "four", "four": "five", "five": "six",
    "six": "eight", "ten": "five", "twelve": "ten", "half": "all", "once": "twice",
    "twice": "once", "both": "one", "first": "second",
}  # fmt: skip
CERTAINTIES = {
    "may": "will", "can": "will", "might": "will", "will": "may", "must": "may",
    "should": "may", "usually": "always", "often": "always", "always": "sometimes",
    "sometimes": "always", "rarely": "often", "likely": "certain", "low": "high",
    "possible": "certain", "high": "low", "moderate": "high", "unlikely": "likely",
}  # fmt: skip
URGENCIES = {
    "now": "later", "today": "tomorrow", "soon": "later", "emergency": "routine",
    "urgent": "routine", "call": "email", "within": "after", "immediately": "later",
}  # fmt: skip
UNITS = {
    "minutes": "hours", "hours": "days", "day": "week", "days": "weeks", "mg": "g",
    "week": "month", "weeks": "months", "month": "year", "months": "years",
    "year": "month", "years": "months", "dose": "tablet", "points": "percent",
}  # fmt: skip


def swap(words: Mapping[str, str]) -> Mutate:
    """Put one word for another, wherever it stands."""

    def mutate(_number: int, sentence: str) -> Iterator[str]:
        for match in _WORD.finditer(sentence):
            other = words.get(match[0].lower())
            if other is not None:
                is_upper = match[0][0].isupper()
                yield _put(sentence, match, other.capitalize() if is_upper else other)

    return mutate


def swap_medicines(bundle: Bundle) -> Mutate:
    """Put another medicine of the library for each medicine."""
    names = sorted(
        one.name.lower()
        for one in bundle.treatments.values()
        if one.category is Category.MEDICATION and one.name.isalpha()
    )
    return swap(dict(zip(names, [*names[1:], names[0]], strict=True)))


def raise_figures(_number: int, sentence: str) -> Iterator[str]:
    for match in _DIGITS.finditer(sentence):
        yield _put(sentence, match, str(int(match[0]) + 1))


def drop_denials(_number: int, sentence: str) -> Iterator[str]:
    for match in _DENIAL.finditer(sentence):
        yield _put(sentence, match, "")


def add_denial(number: int, sentence: str) -> Iterator[str]:
    yield _put(sentence, word := _pick(number, sentence), f"{word[0]} not")


def drop_word(number: int, sentence: str) -> Iterator[str]:
    yield _put(sentence, _pick(number, sentence), "")


def add_word(number: int, sentence: str) -> Iterator[str]:
    yield _put(sentence, word := _pick(number, sentence), f"{word[0]} green")


def swap_neighbours(number: int, sentence: str) -> Iterator[str]:
    words = list(_WORD.finditer(sentence))
    if len(words) > 1:
        at = number % (len(words) - 1)
        one, other = words[at : at + 2]
        between = sentence[one.end() : other.start()]
        start, end = sentence[: one.start()], sentence[other.end() :]
        yield f"{start}{other[0]}{between}{one[0]}{end}"


def cut_short(number: int, sentence: str) -> Iterator[str]:
    words = sentence.split()
    yield " ".join(words[: -1 - number % 3])
    yield " ".join(words[1 + number % 3 :])


def join_halves(sentences: Sequence[str]) -> Mutate:
    """Say the first half of a sentence and the second half of another."""

    def mutate(number: int, sentence: str) -> Iterator[str]:
        words = sentence.split()
        others = sentences[(number * 7 + 3) % len(sentences)].split()
        yield " ".join(words[: len(words) // 2 + 1] + others[len(others) // 2 :])

    return mutate


def join_whole(sentences: Sequence[str]) -> Mutate:
    """Say a sentence and another in one."""

    def mutate(number: int, sentence: str) -> Iterator[str]:
        other = sentences[(number * 5 + 1) % len(sentences)]
        yield f"{sentence.rstrip('.?')}, and {other[0].lower()}{other[1:]}"

    return mutate


def put_in_front(*words: str) -> Mutate:
    """Say something before a sentence, in one with it."""

    def mutate(_number: int, sentence: str) -> Iterator[str]:
        yield from (f"{one}: {sentence}" for one in words)

    return mutate


def put_names_in_front(bundle: Bundle) -> Mutate:
    """Say a sentence of what another treatment or warning sign is called."""
    treatments, signs = bundle.treatments.values(), bundle.warning_signs.values()
    names = sorted([*(one.name for one in treatments), *(one.name for one in signs)])

    def mutate(number: int, sentence: str) -> Iterator[str]:
        name = names[number % len(names)]
        yield f"{name}: {sentence}"
        yield f"{name}. {sentence}"
        yield f"{name}\n\n{sentence}"

    return mutate


def swap_labels(sentences: Sequence[str]) -> Mutate:
    """Say what stands behind the label of one sentence behind that of another."""
    labels = sorted({one.partition(": ")[0] for one in sentences if ": " in one})

    def mutate(number: int, sentence: str) -> Iterator[str]:
        _, sign, said = sentence.partition(": ")
        if sign:
            yield f"{labels[(number * 7 + 3) % len(labels)]}: {said}"
            yield said

    return mutate


def change_lists(sentences: Sequence[str]) -> Mutate:
    """Drop a part of a list, put two of them in another order, or put one of others."""
    others = [part for one in sentences for part in _list_parts(one)[1]]

    def mutate(number: int, sentence: str) -> Iterator[str]:
        head, parts = _list_parts(sentence)
        for at, part in enumerate(parts):
            other = others[(number * 7 + at) % len(others)]
            before, after = parts[:at], parts[at + 1 :]
            for listed in (
                [*before, *after],
                [*before, other, *after],
                [*before, part, other, *after],
                [part, *before, *after],
            ):
                yield f"{head}: {'; '.join(listed)}."

    return mutate


def _list_parts(sentence: str) -> tuple[str, list[str]]:
    """Return what stands before a list, and its parts; none if there is no list."""
    head, _, listed = sentence.removesuffix(".").partition(": ")
    parts = listed.split("; ")
    return head, parts if len(parts) > 1 else []


def _pick(number: int, sentence: str) -> re.Match[str]:
    words = list(_WORD.finditer(sentence))
    return words[number % len(words)]


def _put(sentence: str, match: re.Match[str], words: str) -> str:
    return sentence[: match.start()] + words + sentence[match.end() :]
