"""The words that name medicines in a library, so that no quote swaps one unseen."""

from collections import Counter
from collections.abc import Iterator

from app.fields import Category, FindingKind
from app.library.bundle import Bundle
from app.library.words import SMALL_WORDS, Word, compose, list_words
from app.quotes.meaning import read_kinds

_ORDINARY = 3
"""What names other things more than so many times as often names no medicine."""

_NAMED_AFTER_MEDICINES = frozenset({Category.INJECTION, Category.PROCEDURE})


def list_drug_words(bundle: Bundle) -> frozenset[str]:
    """Return the folded words that name medicines: treatments, and what people take.

    A name of one word always does. Of a longer one, such as "aspirin for my heart",
    those do that tell nothing else, such as how often, and name little else.
    """
    names = [_read(name) for name in _list_medicine_names(bundle)]
    inside = Counter(word.stem for words in names for word in words)
    others = Counter(
        word.stem for name in _list_other_names(bundle) for word in _read(name)
    )
    return frozenset(
        word.plain
        for words in names
        for word in words
        if len(words) == 1
        or (
            others[word.stem] <= _ORDINARY * inside[word.stem]
            and not read_kinds(word.plain)
        )
    )


def _read(name: str) -> list[Word]:
    words = list_words(compose(name))
    return [word for word in words if word.plain not in SMALL_WORDS]


def _list_medicine_names(bundle: Bundle) -> Iterator[str]:
    for treatment in bundle.treatments.values():
        if treatment.category is Category.MEDICATION:
            yield from (treatment.name, *treatment.aliases)
    for finding in bundle.findings.values():
        if finding.kind is FindingKind.MEDICINE:
            yield from (finding.label, *finding.aliases)


def _list_other_names(bundle: Bundle) -> Iterator[str]:
    for treatment in bundle.treatments.values():
        if treatment.category not in {Category.MEDICATION, *_NAMED_AFTER_MEDICINES}:
            yield from (treatment.name, *treatment.aliases)
    for finding in bundle.findings.values():
        if finding.kind is not FindingKind.MEDICINE:
            yield from (finding.label, *finding.aliases)
    for cause in bundle.failure_causes.values():
        yield from (cause.name, *cause.aliases)
    for sign in bundle.warning_signs.values():
        yield from (sign.name, *sign.aliases)
