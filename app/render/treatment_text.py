"""A treatment as a text."""

from collections.abc import Iterable, Iterator

from app.fields import Kind, SectionName
from app.library.plain_text import to_plain
from app.render.evidence_texts import describe_evidence, describe_positions
from app.render.fitting import add_fitting, fits, take_fitting
from app.render.framing import (
    SETTING_WORDS,
    Names,
    finish,
    name_of,
    say_evidence,
)
from app.render.rendering import (
    Block,
    Bullets,
    Heading,
    Length,
    Paragraph,
    Passage,
    Rendering,
    list_under,
    paragraph,
)
from app.render.rule_texts import describe_not_with, describe_rules
from app.render.section_questions import SECTION_QUESTIONS
from app.render.shapes import TreatmentOut
from app.render.treatment_safety import answer_section, list_treatment_safety


def compose_treatment(
    treatment: TreatmentOut, length: Length, *, names: Names
) -> Rendering:
    """Return a treatment as a text; names are those of findings and treatments."""
    is_full = length is Length.FULL
    body = _tell_all(treatment, names) if is_full else _tell_briefly(treatment, length)
    return Rendering(
        title=to_plain(treatment.name),
        body=tuple(body),
        safety=list_treatment_safety(treatment, names),
        is_numbered=is_full,
    )


def _tell_briefly(treatment: TreatmentOut, length: Length) -> Iterator[Block]:
    """Yield what it is with how likely it is to help, which is never left out."""
    evidence = treatment.evidence
    judged = Passage(say_evidence(evidence), evidence.sources)
    what = take_fitting(treatment.summary, length, beside=judged.text)
    named = f"{to_plain(treatment.name)} ({treatment.category})."
    if not what and fits(f"{named} {judged.text}", length):
        what = named
    said = tuple(one for one in (Passage(what), judged) if one.text)
    if length is Length.MEDIUM:
        more = (Passage(evidence.statement, evidence.sources), *_tell_times(treatment))
        said = add_fitting(said, more, length)
    yield Paragraph(said)


def _tell_times(treatment: TreatmentOut) -> tuple[Passage, ...]:
    return (
        Passage(f"Time to benefit: {finish(treatment.time_to_benefit)}"),
        Passage(f"How long it lasts: {finish(treatment.duration_of_benefit)}"),
    )


def _tell_all(treatment: TreatmentOut, names: Names) -> Iterator[Block]:
    yield paragraph(treatment.summary)
    yield Bullets(tuple(_list_facts(treatment, names)))
    yield from describe_evidence(treatment.evidence)
    for name in SectionName:
        section = treatment.sections[name]
        yield Heading(SECTION_QUESTIONS[name])
        yield paragraph(answer_section(section), section.sources or ())
    yield from _tell_rules(treatment, names)
    yield from describe_positions(treatment.positions)
    yield from list_under("Questions to ask", map(Passage, treatment.questions_to_ask))


def _list_facts(treatment: TreatmentOut, names: Names) -> Iterator[Passage]:
    """Yield what the treatment is in few words, and what belongs to it."""
    related = {
        "Also called": treatment.aliases,
        "Part of": _name_all([treatment.part_of] if treatment.part_of else [], names),
        "Kinds of it": _name_all(treatment.parts, names),
        "Only one at a time of": _name_all(treatment.one_of, names),
        "Goes together with": _name_all(treatment.combines_with, names),
        "See also": _name_all(treatment.related, names),
        "Public names": [
            " ".join((term.system, term.name, term.code or "")).strip()
            for term in treatment.terms
        ],
        "Checked by": [treatment.reviewed_by] if treatment.reviewed_by else [],
    }
    where = SETTING_WORDS[treatment.setting]
    yield Passage(f"Kind of treatment: {treatment.category}, {where}.")
    yield Passage(f"Invasiveness: {treatment.invasiveness} of 4.")
    yield Passage(f"Reversible: {'yes' if treatment.reversible else 'no'}.")
    yield from _tell_times(treatment)
    for what, listed in related.items():
        if listed:
            yield Passage(f"{what}: {finish('; '.join(listed))}")
    reviewed, due = treatment.last_reviewed_on, treatment.review_due_on
    yield Passage(f"Last reviewed on {reviewed}, to be reviewed again by {due}.")


def _name_all(slugs: Iterable[str], names: Names) -> list[str]:
    return [name_of(Kind.TREATMENTS, slug, names) for slug in slugs]


def _tell_rules(treatment: TreatmentOut, names: Names) -> Iterator[Block]:
    avoided = (*treatment.avoid_when, *treatment.inherited_avoid_when)
    cautions = (*treatment.caution_when, *treatment.inherited_caution_when)
    asked = [caution for caution in cautions if caution.ask_first]
    others = [caution for caution in cautions if not caution.ask_first]
    not_with = (*treatment.not_with, *treatment.inherited_not_with)
    yield from list_under("What speaks against it", describe_rules(avoided, names))
    yield from list_under("What to ask about first", describe_rules(asked, names))
    yield from list_under("What to take care with", describe_rules(others, names))
    yield from list_under("Not together", describe_not_with(not_with, names))
