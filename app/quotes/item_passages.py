"""The sentences that stand in the fields of an item, and where each stands."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import singledispatch

from app.fields import Kind
from app.library.about import LibraryEntry
from app.library.bundle import Bundle
from app.library.entry import Entry
from app.library.failure_causes import FailureCauseEntry
from app.library.rule_lists import list_rules
from app.library.sources import GuidelineEntry
from app.library.topics import TopicEntry
from app.library.treatments import TreatmentEntry
from app.library.vocabulary_entries import FindingEntry, MeasureEntry, ScreenEntry
from app.library.warning_signs import WarningSignEntry
from app.quotes.folding import read_sentences
from app.quotes.library_passage import LibraryPassage, Sources


@dataclass(frozen=True, slots=True)
class _Field:
    """A text of an entry, with the pointer to it and its sources."""

    pointer: str
    text: str | None
    sources: Sources = ()


def list_item_passages(
    kind: Kind, entry: Entry, bundle: Bundle
) -> Iterator[LibraryPassage]:
    """Yield the sentences of an entry that may be quoted; none if nobody is shown it.

    Names are none: they say nothing. Where a guideline stands is sourced by it.
    """
    for field in _list_fields(kind, entry, bundle):
        for sentence in read_sentences(field.text or ""):
            yield LibraryPassage(
                kind, entry.slug, field.pointer, sentence, field.sources
            )


def _list_fields(kind: Kind, entry: Entry, bundle: Bundle) -> Iterator[_Field]:
    yield from _list_texts(entry)
    for listed in list_rules(kind, entry):
        rule = listed.rule
        yield _Field(f"{listed.pointer}/because", rule.because, rule.sources)
    if isinstance(entry, TreatmentEntry):
        for index, position in enumerate(entry.positions):
            reference = bundle.guidelines[position.guideline].reference
            yield _Field(f"/positions/{index}/scope", position.scope, (reference,))


@singledispatch
def _list_texts(_entry: Entry) -> Iterator[_Field]:
    yield from ()


@_list_texts.register
def _of_treatment(entry: TreatmentEntry) -> Iterator[_Field]:
    yield _Field("/summary", entry.summary)
    evidence = entry.evidence
    yield _Field("/evidence/statement", evidence.statement, evidence.sources)
    yield _Field("/evidence/figures_unknown", evidence.figures_unknown)
    for name, section in entry.sections.items():
        pointer, sources = f"/sections/{name.value}", section.sources or ()
        yield _Field(f"{pointer}/text", section.text, sources)
        yield _Field(f"{pointer}/looked_for", section.looked_for)
        yield _Field(f"{pointer}/why", section.why)
    for index, one in enumerate(entry.not_with):
        yield _Field(f"/not_with/{index}/because", one.because, one.sources)
    yield from _listed("/questions_to_ask", entry.questions_to_ask)


@_list_texts.register
def _of_cause(entry: FailureCauseEntry) -> Iterator[_Field]:
    yield _Field("/summary", entry.summary, entry.sources)
    yield _Field("/text", entry.text, entry.sources)
    yield from _listed("/how_to_check", entry.how_to_check, entry.sources)
    for index, one in enumerate(entry.points_to):
        yield _Field(f"/points_to/{index}/because", one.because, entry.sources)


@_list_texts.register
def _of_sign(entry: WarningSignEntry) -> Iterator[_Field]:
    yield _Field("/question", entry.question, entry.sources)
    yield from _listed("/what_to_do", entry.what_to_do, entry.sources)
    yield _Field("/what_to_say", entry.what_to_say, entry.sources)
    yield _Field("/why", entry.why, entry.sources)


@_list_texts.register
def _of_topic(entry: TopicEntry) -> Iterator[_Field]:
    yield _Field("/introduction", entry.introduction, entry.sources)
    for step, text in entry.plan.items():
        yield _Field(f"/plan/{step.value}/because", text.because, text.sources)
    yield from _listed("/questions_to_ask", entry.questions_to_ask, entry.sources)


@_list_texts.register
def _of_question(entry: FindingEntry | MeasureEntry | ScreenEntry) -> Iterator[_Field]:
    yield _Field("/question", entry.question)


@_list_texts.register
def _of_guideline(entry: GuidelineEntry) -> Iterator[_Field]:
    yield _Field("/scope", entry.scope, (entry.reference,))
    yield _Field("/note", entry.note, (entry.reference,))


@_list_texts.register
def _of_library(entry: LibraryEntry) -> Iterator[_Field]:
    yield _Field("/intended_use", entry.intended_use)
    yield _Field("/disclaimer", entry.disclaimer)
    for index, region in enumerate(entry.regions):
        yield _Field(f"/regions/{index}/note", region.note)


def _listed(
    pointer: str, texts: Iterable[str], sources: Sources = ()
) -> Iterator[_Field]:
    for index, text in enumerate(texts):
        yield _Field(f"{pointer}/{index}", text, sources)
