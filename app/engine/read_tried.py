"""What was tried: a part speaks for its parents, "not tried" for its parts."""

from collections.abc import Mapping

from app.engine.answers import TriedAnswer
from app.engine.facts import tried_fact
from app.engine.recommendation import Note
from app.fields import NoteKind, TriedOutcome

Tried = Mapping[str, TriedOutcome]
Ancestors = Mapping[str, tuple[str, ...]]


def read_tried(
    tried: Tried, ancestors: Ancestors
) -> tuple[dict[str, TriedAnswer], list[Note]]:
    """Return what is known of every treatment.

    What a person says about a treatment itself counts first. Else the outcomes of its
    parts do (and leave it open, since another part may have done otherwise); else a
    parent that was not tried.
    """
    answers = {
        slug: TriedAnswer(frozenset((outcome.value,)), closed=True)
        for slug, outcome in tried.items()
    }
    notes = []
    by_parts = _by_parts(tried, ancestors)
    for slug, outcomes in by_parts.items():
        if slug not in tried:
            answers[slug] = TriedAnswer(outcomes, closed=False)
        elif tried[slug] is TriedOutcome.NOT_TRIED:
            unsure = frozenset((TriedOutcome.UNSURE.value,))
            answers[slug] = TriedAnswer(unsure, closed=True)
            notes.append(_contradiction(slug))
    for slug, above in ancestors.items():
        if slug not in answers and _is_ruled_out(above, answers):
            not_tried = frozenset((TriedOutcome.NOT_TRIED.value,))
            answers[slug] = TriedAnswer(not_tried, closed=True)
    return answers, notes


def _by_parts(tried: Tried, ancestors: Ancestors) -> dict[str, frozenset[str]]:
    outcomes: dict[str, frozenset[str]] = {}
    for slug, outcome in tried.items():
        if outcome is not TriedOutcome.NOT_TRIED:
            for above in ancestors[slug]:
                known = outcomes.get(above, frozenset())
                outcomes[above] = known | {outcome.value}
    return outcomes


def _is_ruled_out(above: tuple[str, ...], answers: Mapping[str, TriedAnswer]) -> bool:
    return any(
        answers[slug].outcomes == {TriedOutcome.NOT_TRIED.value}
        for slug in above
        if slug in answers
    )


def _contradiction(slug: str) -> Note:
    return Note(
        kind=NoteKind.CONTRADICTION,
        facts=(tried_fact(slug),),
        detail="Not tried, but a part of it was: it counts as not sure.",
    )
