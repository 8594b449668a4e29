"""The lines of an item that are searched, the first of all what it is called."""

import re
from collections.abc import Iterable, Iterator
from functools import singledispatch

from app.fields import SectionName
from app.library.entry import Entry
from app.library.failure_causes import FailureCauseEntry
from app.library.plain_text import to_plain
from app.library.search_ranks import Tier
from app.library.sentences import split_sentences
from app.library.sources import GuidelineEntry, ReferenceEntry
from app.library.topics import TopicEntry
from app.library.treatments import TreatmentEntry
from app.library.vocabulary_entries import FindingEntry, MeasureEntry
from app.library.warning_signs import WarningSignEntry
from app.library.words import CLOSING, OPENING, compose

Line = tuple[Tier, str]

_MARKS = str.maketrans({OPENING: "[", CLOSING: "]"})
_PLACEHOLDER = re.compile(r"\{\w+\}")


def list_lines(entry: Entry) -> Iterator[Line]:
    """Yield the lines of an item, each once; none if it is not searched."""
    seen: set[str] = set()
    for tier, text in _list_texts(entry):
        for line in _split(text) if tier else [_plain(to_plain(text))]:
            if line and line not in seen:
                seen.add(line)
                yield tier, line


@singledispatch
def _list_texts(_entry: Entry) -> Iterator[Line]:
    yield from ()


@_list_texts.register
def _of_sign(entry: WarningSignEntry) -> Iterator[Line]:
    yield from _named(entry.name, entry.aliases)
    yield Tier.HEAD, entry.question
    yield from ((Tier.BODY, one.because) for one in entry.rules)
    for text in (entry.why, *entry.what_to_do, entry.what_to_say):
        yield Tier.BODY, _PLACEHOLDER.sub("", text)


@_list_texts.register
def _of_finding(entry: FindingEntry) -> Iterator[Line]:
    yield from _named(entry.label, entry.aliases)
    yield Tier.HEAD, entry.question


@_list_texts.register
def _of_measure(entry: MeasureEntry) -> Iterator[Line]:
    yield from _named(entry.label)
    yield Tier.HEAD, entry.question


@_list_texts.register
def _of_treatment(entry: TreatmentEntry) -> Iterator[Line]:
    yield from _named(entry.name, (*entry.aliases, *(one.name for one in entry.terms)))
    yield Tier.HEAD, entry.summary
    # In one order, however they are written.
    sections = (entry.sections[name] for name in SectionName)
    yield from ((Tier.BODY, one.text or "") for one in sections)
    yield Tier.BODY, entry.evidence.statement


@_list_texts.register
def _of_cause(entry: FailureCauseEntry) -> Iterator[Line]:
    yield from _named(entry.name, entry.aliases)
    yield Tier.HEAD, entry.summary
    yield from ((Tier.BODY, one) for one in (entry.text, *entry.how_to_check))


@_list_texts.register
def _of_topic(entry: TopicEntry) -> Iterator[Line]:
    yield from _named(entry.name)
    yield Tier.HEAD, entry.introduction


@_list_texts.register
def _of_guideline(entry: GuidelineEntry) -> Iterator[Line]:
    yield from _named(entry.name, (entry.body,))
    yield Tier.HEAD, entry.scope


@_list_texts.register
def _of_reference(entry: ReferenceEntry) -> Iterator[Line]:
    yield Tier.HEAD, entry.title
    yield Tier.BODY, f"{entry.authors or ''} {entry.publisher}"


def _named(name: str, aliases: Iterable[str] = ()) -> Iterator[Line]:
    """Yield a name, its parts before and in brackets, and other names."""
    yield Tier.NAME, name
    before, bracket, after = name.partition("(")
    if bracket:
        yield from ((Tier.NAME, part.strip(" )")) for part in (before, after))
    yield from ((Tier.NAME, alias) for alias in aliases)


def _split(text: str) -> Iterator[str]:
    yield from map(_plain, split_sentences(text))


def _plain(text: str) -> str:
    return compose(text).translate(_MARKS)
