"""Screens: what is asked in one question, and which fact stands in which."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.engine.facts import (
    MEASURE,
    finding_fact,
    path_fact,
    qualifier_fact,
    tried_fact,
)
from app.library.bundle import Bundle
from app.library.profile_fields import PROFILE_FIELDS
from app.library.vocabulary import QUALIFIERS
from app.library.vocabulary_entries import FindingEntry


@dataclass(frozen=True, eq=False, slots=True)
class Screen:
    """A question and the facts that its answer settles."""

    slug: str
    question: str
    facts: tuple[str, ...]


def build_screens(bundle: Bundle) -> tuple[Screen, ...]:
    """Return the written screens, and one for everything that stands in none."""
    written = [
        Screen(
            screen.slug,
            screen.question,
            tuple(sorted(finding_fact(finding) for finding in screen.findings)),
        )
        for screen in bundle.screens.values()
    ]
    grouped = {fact for screen in written for fact in screen.facts}
    alone = [
        Screen(finding.slug, finding.question, (finding_fact(finding.slug),))
        for finding in bundle.findings.values()
        if finding_fact(finding.slug) not in grouped
    ]
    fields = [
        Screen(_slug(path_fact(path)), field.question, (path_fact(path),))
        for path, field in PROFILE_FIELDS.items()
    ]
    measures = [
        Screen(f"measure-{one.slug}", one.question, (f"{MEASURE}{one.slug}",))
        for one in bundle.measures.values()
    ]
    tried = [
        Screen(
            f"tried-{one.slug}",
            f"Have you tried this, and did it help: {one.name}?",
            (tried_fact(one.slug),),
        )
        for one in bundle.treatments.values()
    ]
    screens = [*written, *alone, *fields, *measures, *tried]
    return tuple(sorted(screens, key=lambda screen: screen.slug))


def _slug(fact: str) -> str:
    return fact.translate(str.maketrans("/._", "---"))


def index_screens(
    screens: Iterable[Screen], findings: Mapping[str, FindingEntry]
) -> Mapping[str, Screen]:
    """Return the screen that each fact is asked in.

    What is left to know of a finding that is present (since when, which trend) is a
    question of its own.
    """
    index = {fact: screen for screen in screens for fact in screen.facts}
    for finding in findings.values():
        about = _ask_about(finding)
        index |= dict.fromkeys(about.facts, about)
    return index


def _ask_about(finding: FindingEntry) -> Screen:
    question = (
        f"About this: {finding.label}. Since when have you had it, "
        "and is it worse, unchanged or better?"
    )
    facts = tuple(qualifier_fact(finding.slug, one) for one in QUALIFIERS)
    return Screen(f"about-{finding.slug}", question, facts)


def group(
    facts: Iterable[str], screen_of: Mapping[str, Screen]
) -> dict[Screen, tuple[str, ...]]:
    """Return which of the facts are asked in which screen, in order."""
    asked: dict[Screen, list[str]] = {}
    for fact in sorted(facts):
        asked.setdefault(screen_of[fact], []).append(fact)
    return {screen: tuple(found) for screen, found in asked.items()}
