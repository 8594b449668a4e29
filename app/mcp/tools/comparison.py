"""The tool that puts treatments side by side for a person."""

from collections.abc import Iterable
from typing import Annotated

from pydantic import BeforeValidator, Field, TypeAdapter

from app.fields import Benefit, Certainty, SectionName, Standing
from app.library.treatments import Section
from app.mcp.advice import Situation
from app.mcp.rest import Rest
from app.mcp.shapes import Out, SameProfile, Slugs, fit, read_text
from app.mcp.tool import Tool
from app.mcp.urgency import UrgencyOut, describe_urgency
from app.render.comparison_shapes import Cell, ComparedTreatment, Comparison, Row
from app.render.treatment_safety import answer_section

_COMPARISON = TypeAdapter(Comparison)
_SOURCES_LEFT = 2

# Where there is no room the last ones go: never is a benefit told without the harms.
_SHOWN = (
    SectionName.SERIOUS_HARMS,
    SectionName.HOW_LIKELY_TO_HELP,
    SectionName.WHO_SHOULD_NOT,
    SectionName.HOW_SOON,
)


class ComparisonGiven(Situation):
    """Treatments, for whom, and by which of the patients' questions."""

    treatments: Slugs = Field(description="Two to six slugs.")
    sections: Annotated[tuple[SectionName, ...], BeforeValidator(read_text)] = _SHOWN
    profile: SameProfile = Field(default_factory=dict)


class ColumnOut(Out):
    """A treatment: where it stands for the person, and what speaks against it there."""

    slug: str
    name: str
    standing: Standing | None = None
    no_standing: str | None = None
    against: tuple[str, ...]
    more_against: int = 0
    missing: int
    benefit: Benefit
    certainty: Certainty


class CellOut(Out):
    """What one treatment answers, or that it is not known or does not apply."""

    treatment: str
    text: str
    sources: tuple[str, ...]


class RowOut(Out):
    """One of the patients' questions, and the answer of every treatment."""

    section: str
    question: str
    cells: tuple[CellOut, ...]


class ComparisonOut(Out):
    """Treatments side by side in short; `more` can be asked for."""

    urgency: UrgencyOut | None = None
    treatments: tuple[ColumnOut, ...]
    rows: tuple[RowOut, ...]
    more: tuple[str, ...]
    wait_and_see: str | None = None
    notes: tuple[str, ...]
    disclaimer: str
    topic: str | None = None


async def compare_treatments(rest: Rest, asked: ComparisonGiven) -> ComparisonOut:
    """Return treatments side by side, as they stand for a profile."""
    body = asked.model_dump(mode="json", exclude={"sections"}, exclude_none=True)
    found = await rest.post(_COMPARISON, "/v1/compare", body)
    rows = {row.section: row for row in found.rows}
    chosen = tuple(_describe_row(rows[name]) for name in dict.fromkeys(asked.sections))
    told = ComparisonOut(
        urgency=describe_urgency(found.urgency) if found.urgency else None,
        treatments=tuple(_describe_column(one, found) for one in found.treatments),
        rows=chosen,
        more=_name_others(chosen),
        wait_and_see=found.wait_and_see.how if found.wait_and_see else None,
        notes=tuple(one.detail for one in found.notes),
        disclaimer=found.disclaimer,
        topic=found.topic,
    )
    return fit(told, _shorten)


def _describe_column(column: ComparedTreatment, found: Comparison) -> ColumnOut:
    notes = [one for one in found.safety if one.treatment == column.slug]
    return ColumnOut(
        slug=column.slug,
        name=column.name,
        standing=column.standing,
        no_standing=column.no_standing,
        against=tuple(one.text for one in notes if one.for_profile),
        missing=len(column.missing),
        benefit=column.evidence.benefit,
        certainty=column.evidence.certainty,
    )


def _describe_row(row: Row) -> RowOut:
    cells = tuple(map(_describe_cell, row.cells))
    return RowOut(section=row.section, question=row.question, cells=cells)


def _describe_cell(cell: Cell) -> CellOut:
    return CellOut(
        treatment=cell.treatment,
        text=answer_section(_read_section(cell)),
        sources=cell.sources,
    )


def _read_section(cell: Cell) -> Section:
    return Section(
        text=cell.text,
        sources=cell.sources or None,
        unknown=cell.unknown,
        looked_for=cell.looked_for,
        not_applicable=cell.not_applicable,
        why=cell.why,
    )


def _shorten(told: ComparisonOut) -> ComparisonOut | None:
    """Leave out the last question; of the only one first most of its sources.

    With no question left, count reasons against a treatment in place of telling them.
    """
    if not told.rows:
        return _cut_against(told)
    *kept, last = told.rows
    if not kept and any(len(cell.sources) > _SOURCES_LEFT for cell in last.cells):
        return told.model_copy(update={"rows": (_cut_sources(last),)})
    rows = tuple(kept)
    return told.model_copy(update={"rows": rows, "more": _name_others(rows)})


def _cut_against(told: ComparisonOut) -> ComparisonOut | None:
    """Count the last reason against the treatment that has most, where it was told."""
    columns = list(told.treatments)
    at = max(range(len(columns)), key=lambda one: len(columns[one].against))
    most = columns[at]
    if not most.against:
        return None
    update = {"against": most.against[:-1], "more_against": most.more_against + 1}
    columns[at] = most.model_copy(update=update)
    return told.model_copy(update={"treatments": tuple(columns)})


def _cut_sources(row: RowOut) -> RowOut:
    cells = tuple(
        cell.model_copy(update={"sources": cell.sources[:_SOURCES_LEFT]})
        for cell in row.cells
    )
    return row.model_copy(update={"cells": cells})


def _name_others(rows: Iterable[RowOut]) -> tuple[str, ...]:
    shown = {row.section for row in rows}
    return tuple(name.value for name in SectionName if name.value not in shown)


TOOL = Tool(
    "Treatments side by side, when a person weighs some of them: where each stands "
    "for the profile, what speaks against it, its harms and its benefit. `more` are "
    "`sections` to ask for; fewer treatments leave more room. Never set figures of "
    "different studies off against each other.",
    ComparisonGiven,
    ComparisonOut,
    compare_treatments,
)
