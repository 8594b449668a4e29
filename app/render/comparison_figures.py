"""The figures of treatments side by side, in rows of one unit: never converted."""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from app.fields import FigureUnit
from app.library.evidence import OUT_OF, Evidence
from app.render.comparison_shapes import FigureCell, FigureRow
from app.render.shapes import TreatmentOut

FIGURES_NOTE = (
    "These figures are from different studies. They count different things, against "
    "other treatments and over other times, so they cannot be set off against each "
    "other."
)

UNIT_TITLES: Mapping[FigureUnit, str] = MappingProxyType(
    {
        FigureUnit.PEOPLE: "How many of 100 people?",
        FigureUnit.POINTS: "How many points on a scale from 0 to 100?",
        FigureUnit.DAYS: "How many days?",
    }
)


def list_figures(treatments: Sequence[TreatmentOut]) -> tuple[FigureRow, ...]:
    """Return a row for people out of 100, and for every other unit in use."""
    used = {
        figure.unit for treatment in treatments for figure in treatment.evidence.figures
    }
    return tuple(
        FigureRow(
            unit=unit,
            title=UNIT_TITLES[unit],
            out_of=None if unit is FigureUnit.DAYS else OUT_OF,
            cells=tuple(_cell(unit, treatment) for treatment in treatments),
        )
        for unit in FigureUnit
        if unit in used or unit is FigureUnit.PEOPLE
    )


def _cell(unit: FigureUnit, treatment: TreatmentOut) -> FigureCell:
    evidence = treatment.evidence
    figures = tuple(one for one in evidence.figures if one.unit is unit)
    return FigureCell(
        treatment=treatment.slug,
        figures=figures,
        certainty=evidence.certainty,
        unknown=not figures,
        why=None if figures else _say_unknown(evidence),
    )


def _say_unknown(evidence: Evidence) -> str:
    if evidence.figures:
        units = {figure.unit for figure in evidence.figures}
        return f"No figure in this unit; there are figures in {_join(units)}."
    return evidence.figures_unknown or "No figure is given."


def _join(units: Iterable[FigureUnit]) -> str:
    return " and ".join(unit for unit in FigureUnit if unit in set(units))
