"""The sentences of advice that are said of one item, whatever the profile."""

from collections.abc import Iterable, Iterator
from itertools import chain

from app.engine.facts import FINDING, MEASURE, TRIED, finding_of
from app.engine.screens import Screen, build_screens, index_screens
from app.fields import Kind
from app.library.bundle import Bundle, Identity, ancestors
from app.quotes.advice_texts import tell_cautions, tell_question, tell_sign
from app.quotes.folding import read_sentences
from app.quotes.library_passage import WHOLE_ITEM, LibraryPassage
from app.quotes.units import Unit, join_sentences, list_units

_Said = tuple[Identity, Iterable[Unit]]
"""An item, and what is said of it."""


def list_advice_passages(bundle: Bundle) -> Iterator[LibraryPassage]:
    """Yield what is said of a sign alone, of a question, and with an option."""
    said = (_of_signs(bundle), _of_questions(bundle), _of_options(bundle))
    for (kind, slug), units in chain(*said):
        for unit in dict.fromkeys(units):
            yield LibraryPassage(kind, slug, WHOLE_ITEM, join_sentences(unit))


def _of_signs(bundle: Bundle) -> Iterator[_Said]:
    for sign in bundle.warning_signs.values():
        yield (Kind.WARNING_SIGNS, sign.slug), _read(tell_sign(sign))


def _of_questions(bundle: Bundle) -> Iterator[_Said]:
    screens = index_screens(build_screens(bundle), bundle.findings)
    for screen in dict.fromkeys(screens.values()):
        told = tell_question(screen.question)
        yield _find_item(screen, bundle), chain(*map(_read_question, told))


def _of_options(bundle: Bundle) -> Iterator[_Said]:
    for slug, treatment in bundle.treatments.items():
        above = [bundle.treatments[one] for one in ancestors(bundle.treatments, slug)]
        told = tell_cautions(treatment, [treatment, *above])
        yield (Kind.TREATMENTS, slug), _read(told)


def _read(told: Iterable[str]) -> Iterator[Unit]:
    for text in told:
        yield from list_units(read_sentences(text), ())


def _read_question(text: str) -> Iterator[Unit]:
    """Yield its sentences; one that leads to the question says nothing without it."""
    sentences = read_sentences(text)
    leads = [one for one in sentences[:-1] if not one.endswith("?")]
    return list_units(sentences, leads)


def _find_item(screen: Screen, bundle: Bundle) -> Identity:
    """Return what a question stands in, or is about."""
    if screen.slug in bundle.screens:
        return Kind.SCREENS, screen.slug
    fact = screen.facts[0]
    if fact.startswith(FINDING):
        return Kind.FINDINGS, finding_of(fact)
    if fact.startswith(MEASURE):
        return Kind.MEASURES, fact.removeprefix(MEASURE)
    if fact.startswith(TRIED):
        return Kind.TREATMENTS, fact.removeprefix(TRIED)
    return Kind.LIBRARY, bundle.library.slug
