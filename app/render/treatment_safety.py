"""What is said with every text about a treatment, however short."""

import re
from collections.abc import Iterable, Iterator

from app.fields import SectionName
from app.library.conditions import Always
from app.library.entry import Rule
from app.library.plain_text import to_plain
from app.library.treatments import Section
from app.render.framing import SIGNS_FIRST, Names
from app.render.rule_texts import describe_not_with, name_rule
from app.render.section_questions import SECTION_QUESTIONS
from app.render.shapes import TreatmentOut

_AVOID = "Not without asking a clinician"
_ASK = "Ask a clinician first"
_HELP = re.compile(
    r"\bemergency (?:number|department)|\bambulance\b|\bin a crisis\b|\bcrisis line\b"
    r"|\b(?:get|seek|needs?)(?: \w+)? help\b"
    r"|\b(?:call|phone|seen|looked at)\b[^.]*\b(?:at once|now|today|same day)\b",
    re.IGNORECASE,
)
"""What a section says if it names when help is needed fast."""


def list_treatment_safety(treatment: TreatmentOut, names: Names) -> tuple[str, ...]:
    """Return when to get help and whom it may harm: all of it, in plain sentences.

    Each reason against it is told; of what to ask first, whom it is about is enough.
    """
    avoided = (*treatment.avoid_when, *treatment.inherited_avoid_when)
    cautions = (*treatment.caution_when, *treatment.inherited_caution_when)
    asked = [caution for caution in cautions if caution.ask_first]
    not_with = (*treatment.not_with, *treatment.inherited_not_with)
    lines = (
        SIGNS_FIRST,
        *_tell_help(treatment, is_ruled=bool(avoided or asked)),
        *(_tell_rule(_AVOID, rule, names) for rule in avoided),
        *_tell_questions(asked, avoided, names),
        *(to_plain(one.text) for one in describe_not_with(not_with, names)),
    )
    return tuple(dict.fromkeys(lines))


def answer_section(section: Section) -> str:
    """Return what a section answers, or that the answer is not known."""
    if section.text:
        return section.text
    if section.looked_for:
        return f"Not known. We looked for: {section.looked_for}"
    return f"Does not apply. {section.why}"


def _tell_help(treatment: TreatmentOut, *, is_ruled: bool) -> Iterator[str]:
    """Yield the sections on serious harms and on help that is needed fast, whole.

    Where no rule says who should not choose it, the section on that does.
    """
    always = {SectionName.SERIOUS_HARMS}
    if not is_ruled:
        always.add(SectionName.WHO_SHOULD_NOT)
    for name in SectionName:
        section = treatment.sections[name]
        answer = answer_section(section)
        is_told = name in always and not section.not_applicable
        if is_told or _HELP.search(answer):
            yield f"{SECTION_QUESTIONS[name]} {to_plain(answer)}"


def _tell_questions(
    asked: Iterable[Rule], avoided: Iterable[Rule], names: Names
) -> Iterator[str]:
    """Yield whom to ask first is for, less those who are told more of it already."""
    told = {name for rule in avoided for name in name_rule(rule, names)}
    named = [name for rule in asked for name in name_rule(rule, names)]
    known = [name for name in dict.fromkeys(named) if name not in told]
    if known:
        yield f"{_ASK} if any of these applies: {'; '.join(known)}."
    for rule in asked:
        if not name_rule(rule, names):
            yield _tell_rule(_ASK, rule, names)


def _tell_rule(frame: str, rule: Rule, names: Names) -> str:
    because = to_plain(rule.because)
    named = "; ".join(name_rule(rule, names))
    if named:
        return f"{frame}: {named}. {because}"
    if isinstance(rule.when, Always):
        return f"{frame}: {because}"
    return f"{frame}, if this applies to you: {because}"
