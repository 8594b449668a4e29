"""Screens: what is asked in one question, and which fact stands in which."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.engine.facts import (
    MEASURE,
    finding_fact,
    finding_of,
    is_qualifier,
    path_fact,
    tried_fact,
)
from app.library.bundle import Bundle
from app.library.profile_fields import PROFILE_FIELDS
from app.library.vocabulary_entries import FindingEntry


@dataclass(frozen=True, slots=True)
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


def group(
    facts: Iterable[str],
    screens: Mapping[str, Screen],
    findings: Mapping[str, FindingEntry],
) -> dict[Screen, tuple[str, ...]]:
    """Return which of the facts stand in which screen; `screens` is by fact.

    What is left to know of a finding that is present (since when, which trend) is a
    question of its own.
    """
    asked: dict[Screen, list[str]] = {}
    for fact in sorted(facts):
        screen = (
            _about(findings[finding_of(fact)]) if is_qualifier(fact) else screens[fact]
        )
        asked.setdefault(screen, []).append(fact)
    return {screen: tuple(found) for screen, found in asked.items()}


def _about(finding: FindingEntry) -> Screen:
    question = (
        f"About this: {finding.label}. Since when have you had it, "
        "and is it worse, unchanged or better?"
    )
    return Screen(f"about-{finding.slug}", question, (finding_fact(finding.slug),))
