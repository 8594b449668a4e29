"""What was tried: a part speaks for its parents, "not tried" for its parts."""

from collections.abc import Mapping

from app.engine.answers import Answer, TriedAnswer
from app.engine.facts import tried_fact
from app.engine.recommendation import Note
from app.fields import NoteKind
from app.library.vocabulary import Vocabulary
from app.profile_words import TriedOutcome

NOT_TRIED = TriedOutcome.NOT_TRIED.value

Tried = Mapping[str, str]
"""The outcome told of each treatment."""


def read_tried(
    tried: Tried, vocabulary: Vocabulary
) -> tuple[Mapping[str, Answer], list[Note]]:
    """Return what is known of every treatment, and where parts did otherwise."""
    read: dict[str, Answer] = {}
    add_tried(read, tried, vocabulary)
    notes = []
    for slug, own in tried.items():
        parts = {tried.get(part, NOT_TRIED) for part in vocabulary.parts[slug]}
        told = parts - {NOT_TRIED}
        if told and own not in told:
            notes.append(_contradiction(slug))
    return read, notes


def _contradiction(slug: str) -> Note:
    return Note(
        kind=NoteKind.CONTRADICTION,
        facts=(tried_fact(slug),),
        detail="A part of it did otherwise: what the part did counts too.",
    )


def add_tried(read: dict[str, Answer], tried: Tried, vocabulary: Vocabulary) -> None:
    """Add what was tried to what is known.

    What its parts did counts for a treatment, beside what is said of it itself. Where
    only parts are known it stays open: another part may have done otherwise. A
    treatment of which nothing is known was not tried if a parent was not.
    """
    told = {slug: one for slug, one in tried.items() if one != NOT_TRIED}
    for slug, outcome in told.items():
        _add_outcome(read, slug, outcome, closes=True)
        for above in vocabulary.ancestors[slug]:
            _add_outcome(read, above, outcome, closes=False)
    none = TriedAnswer(frozenset((NOT_TRIED,)), closed=True)
    for slug in tried.keys() - told.keys():
        if tried_fact(slug) not in read:
            for part in (slug, *vocabulary.parts[slug]):
                read.setdefault(tried_fact(part), none)


def _add_outcome(
    read: dict[str, Answer], slug: str, outcome: str, *, closes: bool
) -> None:
    fact = tried_fact(slug)
    outcomes, is_closed = frozenset((outcome,)), closes
    before = read.get(fact)
    if isinstance(before, TriedAnswer):
        outcomes |= before.outcomes
        is_closed |= before.closed
    read[fact] = TriedAnswer(outcomes, closed=is_closed)
