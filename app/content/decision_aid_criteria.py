"""Criteria on helping people to decide: what IPDAS asks of the content of such aids.

Other criteria hold the rest of that checklist (doi 10.1177/0272989X13501721): doing
nothing as an option, dates, figures out of the same number, sources, plain words.
"""

from collections.abc import Iterable, Iterator
from statistics import fmean

from app.content.criterion import Criterion, Mark, Subject, mark
from app.fields import Benefit, Certainty, Kind, Outcome, SectionName
from app.library.treatments import TreatmentEntry

EVEN_MAX = 3
"""How many times as long benefits or harms may be told as the other side."""

_COURSE = (
    SectionName.HOW_LIKELY_TO_HELP,
    SectionName.HOW_SOON,
    SectionName.HOW_LONG,
)
"""What tells the natural course of somebody who waits, and the benefit of others."""

_HARMS = (SectionName.COMMON_HARMS, SectionName.SERIOUS_HARMS)
_SURE = (Certainty.HIGH, Certainty.MODERATE)


def _find_course(subject: Subject) -> Iterator[Mark]:
    library = subject.bundle.library
    waiting = subject.bundle.treatments.get(library.wait_and_see or "")
    untold = [one for one in _COURSE if not waiting or not waiting.sections[one].text]
    yield mark(
        Kind.LIBRARY,
        library.slug,
        is_met=not untold,
        detail="The treatment that it names as wait_and_see has to tell: "
        f"{', '.join(untold)}.",
        pointer="/wait_and_see",
    )


def _find_balance(subject: Subject) -> Iterator[Mark]:
    for treatment in subject.part.treatments.values():
        benefits = _mean_length(treatment, _COURSE)
        harms = _mean_length(treatment, _HARMS)
        if not benefits or not harms:
            outcome = Outcome.NOT_APPLICABLE
            detail = "Of benefits or of harms nothing is written."
        elif max(benefits, harms) > EVEN_MAX * min(benefits, harms):
            outcome = Outcome.NOT_MET
            detail = f"Its benefits have {benefits:g} words a section, its harms "
            detail += f"{harms:g}."
        else:
            outcome, detail = Outcome.MET, ""
        yield Mark(Kind.TREATMENTS, treatment.slug, "/sections", outcome, detail)


def _mean_length(treatment: TreatmentEntry, names: Iterable[SectionName]) -> float:
    """Return the mean number of words of what is written, 0 if nothing is."""
    sections = [treatment.sections[name] for name in names]
    lengths = [section.words for section in sections if section.text]
    return round(fmean(lengths), 1) if lengths else 0


def _find_certainty(subject: Subject) -> Iterator[Mark]:
    for treatment in subject.part.treatments.values():
        evidence = treatment.evidence
        yield mark(
            Kind.TREATMENTS,
            treatment.slug,
            is_met=evidence.benefit is not Benefit.LIKELY
            or evidence.certainty in _SURE,
            detail=f"Its benefit is likely, and the certainty {evidence.certainty}.",
            pointer="/evidence/certainty",
        )


def _find_authors(subject: Subject) -> Iterator[Mark]:
    yield mark(
        Kind.LIBRARY,
        subject.bundle.library.slug,
        is_met=subject.bundle.library.authors is not None,
        detail="It does not say who wrote it.",
        pointer="/authors",
    )


def _find_funding(subject: Subject) -> Iterator[Mark]:
    yield mark(
        Kind.LIBRARY,
        subject.bundle.library.slug,
        is_met=subject.bundle.library.funding is not None,
        detail="It does not say who paid for it, or that nobody is known to have.",
        pointer="/funding",
    )


DECISION_AID_CRITERIA = (
    Criterion(
        "natural-course",
        "What may happen without a new treatment is described: whether it gets "
        "better, how soon and for how long.",
        refuses=False,
        find=_find_course,
    ),
    Criterion(
        "benefits-and-harms-even",
        "Benefits and harms of a treatment are told in equal detail: the sections "
        f"of neither are over {EVEN_MAX} times as long as those of the other.",
        refuses=False,
        find=_find_balance,
    ),
    Criterion(
        "uncertainty-stated",
        "The certainty of the evidence is given for every treatment, and where it "
        "is low or less, no benefit is called likely.",
        refuses=False,
        find=_find_certainty,
    ),
    Criterion(
        "authors-stated",
        "The library says who wrote it.",
        refuses=False,
        find=_find_authors,
    ),
    Criterion(
        "funding-stated",
        "The library says who paid for it, or that nobody is known to have.",
        refuses=False,
        find=_find_funding,
    ),
)
