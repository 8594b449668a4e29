"""Answers, and more answers that refine them."""

from hypothesis import strategies as st

from app.engine.facts import tried_fact
from app.engine.guide import Guide
from app.engine.read_profile import read_profile
from app.fields import NoteKind
from tests.engine.strategies import (
    Said,
    complete_answers,
    partial_answers,
    to_profile,
)


@st.composite
def refinements(draw: st.DrawFn, guide: Guide) -> tuple[Said, Said]:
    """Two sets of answers, the second of which refines the first (design §3).

    It keeps every answer and adds only to what the first leaves open. What the first
    implies, and what contradicts it in the second, is answered in the first as well.
    """
    fuller = draw(partial_answers(guide) | complete_answers(guide))
    mask = draw(st.integers(min_value=0, max_value=2 ** len(fuller) - 1))
    chosen = {fact for place, fact in enumerate(fuller) if mask >> place & 1}
    disputed = _disputed(fuller, guide)
    kept = {fact for fact in fuller if fact in chosen or fact in disputed}
    while True:
        shorter = {fact: one for fact, one in fuller.items() if fact in kept}
        settled = _settled(shorter, guide)
        again = {fact for fact in fuller if fact in settled} - kept
        if not again:
            return shorter, fuller
        kept |= again


def _disputed(said: Said, guide: Guide) -> set[str]:
    """Return the facts whose answers do not fit together."""
    _, notes = read_profile(to_profile(said), guide.vocabulary)
    disputed = {fact for note in notes for fact in note.facts}
    if any(note.kind is NoteKind.UNEXPECTED for note in notes):
        disputed |= {"field/age", "field/sex"}
    for slug, above in guide.vocabulary.ancestors.items():
        for whole in above:
            pair = {tried_fact(slug), tried_fact(whole)}
            if len({said[fact] for fact in pair if fact in said}) > 1:
                disputed |= pair
    return disputed


def _settled(said: Said, guide: Guide) -> set[str]:
    """Return the facts that these answers settle, what they imply included."""
    answers, _ = read_profile(to_profile(said), guide.vocabulary)
    return set(answers)
