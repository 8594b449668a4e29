"""Criteria on the library as a whole: nothing unused, untested or overdue."""

from collections.abc import Iterable, Iterator

from app.content.criterion import Criterion, Mark, Subject, mark
from app.content.links import Links, follow
from app.engine.facts import FIELD, FINDING, MEASURE, TRIED
from app.engine.guide import Guide
from app.engine.recommend import recommend_as_is
from app.fields import Kind, Outcome, SectionName, Urgency
from app.library.profile import PatientProfile
from app.library.rule_lists import list_rules
from app.library.sources import ReferenceEntry
from app.profile_words import TriedOutcome

SCREENS_MAX = 6
"""How many questions may settle whether an emergency is possible."""

_RULED = (Kind.TREATMENTS, Kind.FAILURE_CAUSES, Kind.WARNING_SIGNS, Kind.TOPICS)
"""The kinds that have rules: nothing else of them asks for a finding."""

_COMPARED = (
    SectionName.HOW_LIKELY_TO_HELP,
    SectionName.COMMON_HARMS,
    SectionName.SERIOUS_HARMS,
    SectionName.IF_IT_FAILS,
)


def _find_waiting(subject: Subject) -> Iterator[Mark]:
    bundle = subject.bundle
    waiting = bundle.treatments.get(bundle.library.wait_and_see or "")
    is_full = waiting and all(waiting.sections[name].text for name in _COMPARED)
    for topic in subject.part.topics.values():
        options = {option.treatment for option in topic.options}
        yield mark(
            Kind.TOPICS,
            topic.slug,
            is_met=bool(waiting and is_full and waiting.slug in options),
            detail="Its options need the treatment that the library names as "
            "wait_and_see, with benefit, harms and what comes next written.",
            pointer="/options",
        )


def _find_reviews(subject: Subject) -> Iterator[Mark]:
    for treatment in subject.part.treatments.values():
        yield Mark(
            Kind.TREATMENTS,
            treatment.slug,
            "/review_due_on",
            Outcome.MET,
            f"The review is due on {treatment.review_due_on}.",
            due_on=treatment.review_due_on,
        )


def _find_sign_offs(subject: Subject) -> Iterator[Mark]:
    for treatment in subject.part.treatments.values():
        yield mark(
            Kind.TREATMENTS,
            treatment.slug,
            is_met=treatment.reviewed_by is not None,
            detail="No clinician has signed it off.",
            pointer="/reviewed_by",
        )


def _find_use(subject: Subject, kind: Kind) -> Iterator[Mark]:
    for slug in subject.part.of_kind(kind):
        is_used = bool(subject.links.users.get((kind, slug)))
        detail = f"Nothing names this {kind.singular}."
        yield mark(kind, slug, is_met=is_used, detail=detail)


def _find_completeness(subject: Subject) -> Iterator[Mark]:
    for reference in subject.part.references.values():
        yield mark(
            Kind.REFERENCES,
            reference.slug,
            is_met=_is_complete(reference),
            detail="It needs a year and a doi, pmid or url, or a note why not.",
        )


def _is_complete(reference: ReferenceEntry) -> bool:
    address = reference.doi or reference.pmid or reference.url
    return bool((reference.year and address) or reference.note)


def _find_asked(subject: Subject) -> Iterator[Mark]:
    for slug in subject.part.findings:
        yield mark(
            Kind.FINDINGS,
            slug,
            is_met=_is_asked(slug, subject.links),
            detail="No rule asks for it, or for what it implies.",
        )


def _is_asked(finding: str, links: Links) -> bool:
    implied = follow([(Kind.FINDINGS, finding)], links.named, Kind.FINDINGS)
    users = {user for one in implied for user in links.users.get(one, ())}
    conditions = [one for one in users if one[0] is Kind.CONDITIONS]
    using = follow(conditions, links.users, Kind.CONDITIONS)
    users.update(user for one in using for user in links.users.get(one, ()))
    return any(kind in _RULED for kind, _ in users)


def _find_tested(subject: Subject) -> Iterator[Mark]:
    for kind, entry in subject.part:
        for listed in list_rules(kind, entry):
            yield mark(
                kind,
                entry.slug,
                is_met=listed.id in subject.tested,
                detail=f"No case reaches the rule {listed.rule.slug!r}.",
                pointer=listed.pointer,
            )


def _find_screens(subject: Subject) -> Iterator[Mark]:
    for slug in subject.part.topics:
        count = _count_screens(subject.guides[slug])
        yield mark(
            Kind.TOPICS,
            slug,
            is_met=count <= SCREENS_MAX,
            detail=f"It takes {count} questions, all answered with none of these.",
        )


def _count_screens(guide: Guide) -> int:
    """Count the questions until nothing that is unsaid could show an emergency."""
    profile = PatientProfile()
    for count in range(len(guide.screens)):
        questions = recommend_as_is(guide, profile).ask_next
        # The most pressing question comes first.
        if not questions or questions[0].could_reveal is not Urgency.EMERGENCY:
            return count
        profile = _say_none(profile, questions[0].asks)
    return len(guide.screens)


def _say_none(profile: PatientProfile, facts: Iterable[str]) -> PatientProfile:
    """Answer "none of these": no finding, nothing tried, and every number unsure."""
    absent = _names(facts, FINDING)
    unsure = (
        *_names(facts, FIELD),
        *(f"measures.{one}" for one in _names(facts, MEASURE)),
    )
    untried = dict.fromkeys(_names(facts, TRIED), TriedOutcome.NOT_TRIED)
    return profile.model_copy(
        update={
            "has_not": (*profile.has_not, *absent),
            "not_sure": (*profile.not_sure, *unsure),
            "tried": {**profile.tried, **untried},
        }
    )


def _names(facts: Iterable[str], prefix: str) -> list[str]:
    return [one.removeprefix(prefix) for one in facts if one.startswith(prefix)]


LIBRARY_CRITERIA = (
    Criterion(
        "waiting-comparable",
        "Every topic offers to wait and see, in as much detail as the other options.",
        refuses=True,
        find=_find_waiting,
    ),
    Criterion(
        "review-in-time",
        "Every treatment says when it was reviewed, and its next review is not "
        "overdue.",
        refuses=False,
        find=_find_reviews,
    ),
    Criterion(
        "clinical-sign-off",
        "A clinician has reviewed every treatment and is named.",
        refuses=False,
        find=_find_sign_offs,
    ),
    Criterion(
        "references-used",
        "Every reference is cited.",
        refuses=True,
        find=lambda subject: _find_use(subject, Kind.REFERENCES),
        of_library=True,
    ),
    Criterion(
        "guidelines-used",
        "Every guideline takes a position.",
        refuses=True,
        find=lambda subject: _find_use(subject, Kind.GUIDELINES),
        of_library=True,
    ),
    Criterion(
        "references-complete",
        "Every reference has a year and an identifier or address, or says why not.",
        refuses=True,
        find=_find_completeness,
    ),
    Criterion(
        "findings-used",
        "Every finding is asked for by a rule, or implies one that is.",
        refuses=True,
        find=_find_asked,
        of_library=True,
    ),
    Criterion(
        "rules-tested",
        "Every rule is reached by a case.",
        refuses=True,
        find=_find_tested,
    ),
    Criterion(
        "emergency-screens",
        f"At most {SCREENS_MAX} questions settle whether an emergency is possible "
        "for somebody who has none of it.",
        refuses=True,
        find=_find_screens,
    ),
)
