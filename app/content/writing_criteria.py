"""Criteria on what is written: every question answered, plainly and evenly."""

from collections.abc import Iterator
from statistics import median

from app.content.criterion import Criterion, Mark, Subject, mark
from app.content.names import list_names
from app.content.reading_grade import WORDS_MIN
from app.content.stop_orders import StopOrders
from app.fields import Category, Kind, Outcome, SectionName
from app.library.entry import Entry
from app.library.treatments import Section, TreatmentEntry

GRADE_MAX, GRADE_AIM = 8, 6
DETAIL_MAX = 3
"""How many times the median length of a section is still equal detail."""

_HARMS = (SectionName.COMMON_HARMS, SectionName.SERIOUS_HARMS)
_CITED_KINDS = (Kind.REFERENCES,)
"""Their texts are titles of others."""


def _find_answers(subject: Subject) -> Iterator[Mark]:
    for treatment in subject.part.treatments.values():
        for name, section in treatment.sections.items():
            outcome = Outcome.MET if section.text else Outcome.NOT_APPLICABLE
            yield Mark(
                Kind.TREATMENTS,
                treatment.slug,
                f"/sections/{name}",
                outcome,
                _say_unanswered(section),
            )


def _say_unanswered(section: Section) -> str:
    if section.unknown:
        return f"Not known. Looked for: {section.looked_for}"
    return section.why or ""


def _find_grades(subject: Subject, highest: int) -> Iterator[Mark]:
    for kind, slug, pointer, grade in subject.grades:
        if kind not in _CITED_KINDS:
            # Judged as it is told: 6.00 is not above 6.
            value = round(grade, 2)
            outcome = Outcome.MET if value <= highest else Outcome.NOT_MET
            detail = f"It reads at US grade {value:.2f}."
            yield Mark(kind, slug, pointer, outcome, detail, value=value)


def _find_evenness(subject: Subject) -> Iterator[Mark]:
    treatments = subject.bundle.treatments
    for topic in subject.bundle.topics.values():
        options = [treatments[option.treatment] for option in topic.options]
        if not any(one.slug in subject.part.treatments for one in options):
            continue
        for name in SectionName:
            lengths = {
                one.slug: one.sections[name].words
                for one in options
                if one.sections[name].text
            }
            middle = median(lengths.values()) if lengths else 0
            for slug in lengths.keys() & subject.part.treatments.keys():
                length = lengths[slug]
                detail = (
                    f"In the topic {topic.slug} it has {length} words, and the median "
                    f"is {middle:g}."
                )
                yield mark(
                    Kind.TREATMENTS,
                    slug,
                    is_met=length <= DETAIL_MAX * middle,
                    detail=detail,
                    pointer=f"/sections/{name}",
                )


def _find_benefits(subject: Subject) -> Iterator[Mark]:
    for treatment in subject.part.treatments.values():
        evidence = treatment.evidence
        yield mark(
            Kind.TREATMENTS,
            treatment.slug,
            is_met=bool(evidence.figures or evidence.figures_unknown),
            detail="It has no figures, and no figures_unknown that says so.",
            pointer="/evidence",
        )


def _find_harms(subject: Subject) -> Iterator[Mark]:
    for treatment in subject.part.treatments.values():
        yield mark(
            Kind.TREATMENTS,
            treatment.slug,
            is_met=not all(treatment.sections[name].unknown for name in _HARMS),
            detail="Neither common nor serious harms are described.",
            pointer="/sections",
        )


def _find_orders(subject: Subject) -> Iterator[Mark]:
    treatments = subject.bundle.treatments.values()
    medicines = [one for one in treatments if _is_medicine(one)]
    orders = StopOrders(name for one in medicines for name in list_names(one))
    for kind, entry, texts in subject.texts:
        if kind in (*_CITED_KINDS, Kind.CASES):
            continue
        is_its = _is_medicine(entry)
        told = [
            pointer for pointer, text in texts if orders.is_in(text, of_medicine=is_its)
        ]
        yield mark(
            kind,
            entry.slug,
            is_met=not told,
            detail="It tells to stop a medicine; say who to ask instead.",
            pointer=told[0] if told else "",
        )


def _is_medicine(entry: Entry) -> bool:
    return isinstance(entry, TreatmentEntry) and entry.category is Category.MEDICATION


READING_GRADE_AIM = Criterion(
    "reading-grade-aim",
    f"Every text of {WORDS_MIN} words or more reads at US grade {GRADE_AIM} or lower.",
    refuses=False,
    find=lambda subject: _find_grades(subject, GRADE_AIM),
)

WRITING_CRITERIA = (
    Criterion(
        "sections-answered",
        "Every section is written and sourced. One that is unknown, or does not "
        "apply, says so and counts as neither.",
        refuses=True,
        find=_find_answers,
    ),
    Criterion(
        "reading-grade-limit",
        f"No text of {WORDS_MIN} words or more reads above US grade {GRADE_MAX}.",
        refuses=True,
        find=lambda subject: _find_grades(subject, GRADE_MAX),
    ),
    READING_GRADE_AIM,
    Criterion(
        "equal-detail",
        f"No section is over {DETAIL_MAX} times as long as the median of its topic.",
        refuses=False,
        find=_find_evenness,
    ),
    Criterion(
        "benefit-in-figures",
        "The benefit is given as figures out of 100 over a time, or said to be "
        "unknown.",
        refuses=True,
        find=_find_benefits,
    ),
    Criterion(
        "harms-described",
        "Common or serious harms are described, or cannot be.",
        refuses=True,
        find=_find_harms,
    ),
    Criterion(
        "no-order-to-stop",
        "No text tells anybody to stop a medicine.",
        refuses=True,
        find=_find_orders,
    ),
)
