"""Every check on a bundle that needs more than one entry to see."""

import re
from collections.abc import Callable, Collection, Iterator, Sequence

from app.content.case_checks import check_cases
from app.content.cycles import check_cycles, sound_conditions
from app.content.places import EntryFault
from app.content.rule_checks import check_possible_when, check_rule
from app.content.texts import texts_of
from app.engine.named_conditions import named_in
from app.fields import Benefit, Kind
from app.library.about import PLACEHOLDERS
from app.library.bundle import Bundle, Identity, ancestors
from app.library.entry import mentions
from app.library.nearest import name_choices
from app.library.rule_lists import list_rules
from app.library.vocabulary import (
    check_measure_bounds,
)

Check = Callable[[Bundle, Bundle], Iterator[EntryFault]]
"""Yields the mistakes in a part of a library, given the whole."""

Unreadable = Collection[Kind | Identity]
TWICE = "It is given twice."
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


def check_bundle(
    bundle: Bundle, part: Bundle | None = None, *, unreadable: Unreadable = frozenset()
) -> list[EntryFault]:
    """Return every mistake in the bundle, or in a part of it.

    What is `unreadable`, items and whole kinds, may be named, though nothing more is
    known of it. Cases are looked at only where all that they could name is there.
    """
    part = part or bundle
    faults = list(_check_mentions(bundle, part, unreadable))
    is_whole = not faults and not unreadable
    checks = (*_CHECKS, check_cases) if is_whole else _CHECKS
    found = (fault for check in checks for fault in check(bundle, part))
    return sorted([*faults, *found])


def _check_mentions(
    bundle: Bundle, part: Bundle, unreadable: Unreadable
) -> Iterator[EntryFault]:
    for kind, entry in part:
        for pointer, named_kind, slug in mentions(entry):
            known = bundle.of_kind(named_kind)
            is_there = slug in known or (named_kind, slug) in unreadable
            if not is_there and named_kind not in unreadable:
                choices = name_choices(slug, known)
                detail = f"There is no {named_kind.singular} {slug!r}. {choices}"
                yield EntryFault(kind, entry.slug, pointer, detail)


def _check_rule_slugs(_bundle: Bundle, part: Bundle) -> Iterator[EntryFault]:
    for kind, entry in part:
        listed_rules = list(list_rules(kind, entry))
        # Within a topic each option is an item of its own, and each of its lists.
        names = [
            listed.id if kind is Kind.TOPICS else listed.rule.slug
            for listed in listed_rules
        ]
        for name, listed in zip(names, listed_rules, strict=True):
            if names.count(name) > 1:
                where = f"{listed.pointer}/slug"
                yield EntryFault(kind, entry.slug, where, "Two rules have this slug.")


def _check_rules(bundle: Bundle, part: Bundle) -> Iterator[EntryFault]:
    sound = sound_conditions(bundle)
    for kind, entry in part:
        for listed in list_rules(kind, entry):
            parts = [one for one in (listed.rule.when, listed.rule.unless) if one]
            if all(sound.issuperset(named_in(part)) for part in parts):
                for fault in check_rule(listed, bundle.conditions):
                    yield EntryFault(kind, entry.slug, fault.pointer, fault.detail)


def _check_measures(bundle: Bundle, part: Bundle) -> Iterator[EntryFault]:
    for kind, entry in part:
        for listed in list_rules(kind, entry):
            for key in ("when", "unless"):
                condition = getattr(listed.rule, key)
                if condition is None:
                    continue
                for fault in check_measure_bounds(condition, bundle.measures):
                    where = f"{listed.pointer}/{key}{fault.pointer}"
                    yield EntryFault(kind, entry.slug, where, fault.detail)
    for named in part.conditions.values():
        for fault in check_measure_bounds(named.when, bundle.measures):
            where = f"/when{fault.pointer}"
            yield EntryFault(Kind.CONDITIONS, named.slug, where, fault.detail)


def _check_findings(_bundle: Bundle, part: Bundle) -> Iterator[EntryFault]:
    for finding in part.findings.values():
        if finding.possible_when is not None:
            for fault in check_possible_when(finding.possible_when):
                yield EntryFault(
                    Kind.FINDINGS, finding.slug, fault.pointer, fault.detail
                )


def _check_screens(bundle: Bundle, _part: Bundle) -> Iterator[EntryFault]:
    first: dict[str, str] = {}
    for screen in bundle.screens.values():
        if screen.slug in bundle.findings:
            detail = "A finding has this slug, and may be asked as a screen of its own."
            yield EntryFault(Kind.SCREENS, screen.slug, "/slug", detail)
        for index, finding in enumerate(screen.findings):
            if finding in first:
                detail = f"It is asked in the screen {first[finding]!r} already."
                where = f"/findings/{index}"
                yield EntryFault(Kind.SCREENS, screen.slug, where, detail)
            first.setdefault(finding, screen.slug)


def _check_regions(_bundle: Bundle, part: Bundle) -> Iterator[EntryFault]:
    slugs = [region.slug for region in part.library.regions]
    for index in _repeated(slugs):
        where = f"/regions/{index}/slug"
        yield EntryFault(Kind.LIBRARY, part.library.slug, where, TWICE)


def _check_not_with(bundle: Bundle, part: Bundle) -> Iterator[EntryFault]:
    for treatment in part.treatments.values():
        own = {treatment.slug, *ancestors(bundle.treatments, treatment.slug)}
        for index, excluded in enumerate(treatment.not_with):
            if excluded.treatment in own:
                detail = "It cannot exclude itself or what it is part of."
                where = f"/not_with/{index}/treatment"
                yield EntryFault(Kind.TREATMENTS, treatment.slug, where, detail)


def _repeated(slugs: Sequence[str]) -> list[int]:
    return [index for index, slug in enumerate(slugs) if slug in slugs[:index]]


def _check_topics(bundle: Bundle, part: Bundle) -> Iterator[EntryFault]:
    for topic in part.topics.values():
        for index in _repeated(topic.failure_causes):
            where = f"/failure_causes/{index}"
            yield EntryFault(Kind.TOPICS, topic.slug, where, TWICE)
        for index in _repeated([option.treatment for option in topic.options]):
            where = f"/options/{index}/treatment"
            yield EntryFault(Kind.TOPICS, topic.slug, where, TWICE)
        for index, option in enumerate(topic.options):
            where = f"/options/{index}"
            treatment = bundle.treatments.get(option.treatment)
            is_unlikely = treatment and treatment.evidence.benefit is Benefit.UNLIKELY
            if option.recommend_when and is_unlikely:
                detail = "Its benefit is unlikely, so it has no recommend_when."
                yield EntryFault(
                    Kind.TOPICS, topic.slug, f"{where}/recommend_when", detail
                )


def _check_placeholders(_bundle: Bundle, part: Bundle) -> Iterator[EntryFault]:
    for kind, entry in part:
        for pointer, text in texts_of(entry):
            is_filled = kind is Kind.WARNING_SIGNS and pointer.startswith("/what_to_do")
            choices = PLACEHOLDERS if is_filled else ()
            for name in _PLACEHOLDER.findall(text):
                if name not in choices:
                    detail = f"Unknown placeholder. {name_choices(name, choices)}"
                    yield EntryFault(kind, entry.slug, pointer, detail)


_CHECKS: tuple[Check, ...] = (
    check_cycles,
    _check_rule_slugs,
    _check_rules,
    _check_measures,
    _check_findings,
    _check_screens,
    _check_topics,
    _check_regions,
    _check_not_with,
    _check_placeholders,
)
