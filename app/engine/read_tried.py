"""What was tried: a part speaks for its parents, "not tried" for its parts."""

from collections.abc import Mapping

from app.engine.answers import TriedAnswer
from app.engine.facts import tried_fact
from app.engine.recommendation import Note
from app.fields import NoteKind, TriedOutcome

Tried = Mapping[str, TriedOutcome]
Ancestors = Mapping[str, tuple[str, ...]]

_NOT_TRIED = frozenset((TriedOutcome.NOT_TRIED.value,))


def read_tried(
    tried: Tried, ancestors: Ancestors
) -> tuple[dict[str, TriedAnswer], list[Note]]:
    """Return what is known of every treatment.

    What its parts did counts for a treatment, beside what is said of it itself. Where
    only parts are known it stays open: another part may have done otherwise. A
    treatment of which nothing is known was not tried if a parent was not.
    """
    if not tried:
        return {}, []
    answers = {
        slug: TriedAnswer(frozenset((outcome.value,)), closed=True)
        for slug, outcome in tried.items()
    }
    notes = []
    for slug, outcomes in _by_parts(tried, ancestors).items():
        own = tried.get(slug)
        if own is not None and own.value not in outcomes:
            notes.append(_contradiction(slug))
        is_told = own not in (None, TriedOutcome.NOT_TRIED)
        said = frozenset((own.value,)) if own and is_told else frozenset()
        answers[slug] = TriedAnswer(said | outcomes, closed=is_told)
    refused = {slug for slug, one in answers.items() if one.outcomes == _NOT_TRIED}
    if refused:
        for slug, above in ancestors.items():
            if slug not in answers and not refused.isdisjoint(above):
                answers[slug] = TriedAnswer(_NOT_TRIED, closed=True)
    return answers, notes


def _by_parts(tried: Tried, ancestors: Ancestors) -> dict[str, frozenset[str]]:
    outcomes: dict[str, frozenset[str]] = {}
    for slug, outcome in tried.items():
        if outcome is not TriedOutcome.NOT_TRIED:
            for above in ancestors[slug]:
                known = outcomes.get(above, frozenset())
                outcomes[above] = known | {outcome.value}
    return outcomes


def _contradiction(slug: str) -> Note:
    return Note(
        kind=NoteKind.CONTRADICTION,
        facts=(tried_fact(slug),),
        detail="A part of it did otherwise: what the part did counts too.",
    )
