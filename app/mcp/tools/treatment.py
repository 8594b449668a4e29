"""The tool that tells of one treatment: whom it may harm, what it is and does."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Annotated

from pydantic import BeforeValidator, TypeAdapter

from app.fields import Benefit, Category, Certainty, Kind, SectionName, Stance
from app.mcp.items import read_item
from app.mcp.rest import Rest, parse
from app.mcp.shapes import Given, Out, fit, read_text
from app.mcp.tool import Tool
from app.render.section_questions import SECTION_QUESTIONS
from app.render.shapes import TreatmentOut
from app.render.text_json import TextAnswer
from app.render.treatment_safety import answer_section

_TREATMENT, _TEXT = TypeAdapter(TreatmentOut), TypeAdapter(TextAnswer)

# What harms it may do, and to whom, is in what must be said of it.
_SHOWN = (
    SectionName.WHAT_IT_IS,
    SectionName.HOW_LIKELY_TO_HELP,
    SectionName.COMMON_HARMS,
    SectionName.HOW_SOON,
)


class TreatmentGiven(Given):
    """A treatment, and which of the patients' questions are to be answered."""

    slug: str
    sections: Annotated[tuple[SectionName, ...], BeforeValidator(read_text)] = _SHOWN


class SectionOut(Out):
    """The answer to one of the patients' questions."""

    section: str
    question: str
    text: str
    sources: tuple[str, ...]


class GetTreatmentOut(Out):
    """A treatment in short. `safety` must be said; `more` can be asked for."""

    slug: str
    name: str
    safety: tuple[str, ...]
    summary: str
    category: Category
    parts: tuple[str, ...]
    benefit: Benefit
    certainty: Certainty
    statement: str
    sources: tuple[str, ...]
    positions: dict[Stance, int]
    sections: tuple[SectionOut, ...]
    more: tuple[str, ...]
    last_reviewed_on: date
    reviewed_by: str | None = None
    disclaimer: str


async def get_treatment(rest: Rest, asked: TreatmentGiven) -> GetTreatmentOut:
    """Return a treatment with what must be said of it."""
    kind = Kind.TREATMENTS
    document = await read_item(rest, kind, asked.slug)
    text = await read_item(rest, kind, asked.slug, format="json", length="medium")
    treatment, said = parse(_TREATMENT, document), parse(_TEXT, text)
    names = dict.fromkeys(asked.sections)
    sections = tuple(_describe(treatment, name) for name in names)
    evidence = treatment.evidence
    told = GetTreatmentOut(
        slug=treatment.slug,
        name=treatment.name,
        safety=said.safety,
        summary=treatment.summary,
        category=treatment.category,
        parts=treatment.parts,
        benefit=evidence.benefit,
        certainty=evidence.certainty,
        statement=evidence.statement,
        sources=evidence.sources,
        positions=dict(Counter(one.stance for one in treatment.positions)),
        sections=sections,
        more=_name_others(sections),
        last_reviewed_on=treatment.last_reviewed_on,
        reviewed_by=treatment.reviewed_by,
        disclaimer=said.disclaimer,
    )
    return fit(told, _shorten)


def _describe(treatment: TreatmentOut, name: SectionName) -> SectionOut:
    section = treatment.sections[name]
    return SectionOut(
        section=name,
        question=SECTION_QUESTIONS[name],
        text=answer_section(section),
        sources=section.sources or (),
    )


def _shorten(told: GetTreatmentOut) -> GetTreatmentOut | None:
    if not told.sections:
        return None
    kept = told.sections[:-1]
    return told.model_copy(update={"sections": kept, "more": _name_others(kept)})


def _name_others(sections: Iterable[SectionOut]) -> tuple[str, ...]:
    shown = {one.section for one in sections}
    return tuple(name.value for name in SectionName if name.value not in shown)


TOOL = Tool(
    "What one treatment is, how likely it is to help, how sure that is, and whom it "
    "may harm, when a person asks about it. Whether it fits them only "
    "recommend_next_steps tells. Say all of `safety`. `more` are `sections` to ask "
    "for.",
    TreatmentGiven,
    GetTreatmentOut,
    get_treatment,
)
