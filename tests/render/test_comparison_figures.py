"""Figures side by side: one unit a row, never converted, and said where unknown."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.fields import FigureUnit, Kind
from app.library.bundle import Bundle
from tests.factories import SOURCES, Data, make_treatment
from tests.render.comparing import Served, compare_own, draw_group, serve

PAIR = ("walking", "facet-joint-injection")


@pytest.fixture(scope="module")
def served(seed_bundle: Bundle) -> Served:
    """The library that we ship, as readers get it."""
    return serve(seed_bundle)


@settings(deadline=None)
@given(st.data())
def test_every_figure_stands_once_in_the_row_of_its_unit(
    served: Served, data: st.DataObject
) -> None:
    slugs = draw_group(data, served)

    comparison = served.compare(slugs)

    for slug in slugs:
        shown = [
            figure
            for row in comparison.figures
            for cell in row.cells
            for figure in cell.figures
            if cell.treatment == slug
        ]
        own = served.treatments[slug].evidence.figures
        assert len(shown) == len(own)
        assert all(figure in shown for figure in own)
    for row in comparison.figures:
        units = {figure.unit for cell in row.cells for figure in cell.figures}
        assert units <= {row.unit}


@settings(deadline=None)
@given(st.data())
def test_a_treatment_without_figures_in_a_row_says_so(
    served: Served, data: st.DataObject
) -> None:
    comparison = served.compare(draw_group(data, served))

    for cell in (cell for row in comparison.figures for cell in row.cells):
        assert cell.unknown is not bool(cell.figures)
        assert bool(cell.why) is cell.unknown


def with_figures(slug: str, *figures: Data) -> Data:
    evidence = make_treatment()["evidence"]
    del evidence["figures_unknown"]
    return make_treatment(slug, evidence={**evidence, "figures": list(figures)})


def figure(unit: str, **values: object) -> Data:
    base = {"outcome": "Less pain", "unit": unit, "treated": 5, "sources": SOURCES}
    return {**base, "after": "3 months", **values}


def test_figures_in_other_units_are_named_and_not_converted() -> None:
    both = with_figures("both", figure("points"), figure("days"))
    own = {Kind.TREATMENTS: [both, with_figures("people", figure("people"))]}

    comparison = compare_own(own, "both", "people", "walking")

    assert [(row.unit, row.out_of) for row in comparison.figures] == [
        ("people", 100), ("points", 100), ("days", None),
    ]  # fmt: skip
    whys = [[cell.why for cell in row.cells] for row in comparison.figures]
    not_people = "No figure in this unit; there are figures in points and days."
    in_people = "No figure in this unit; there are figures in people."
    none = "No trial was found."
    assert whys == [
        [not_people, None, none],
        [None, in_people, none],
        [None, in_people, none],
    ]


def test_without_any_figure_the_row_of_people_says_so() -> None:
    comparison = compare_own({}, *PAIR)

    [row] = comparison.figures
    assert row.unit is FigureUnit.PEOPLE
    assert [cell.why for cell in row.cells] == ["No trial was found."] * 2


def test_evidence_that_says_nothing_of_figures_is_not_left_blank() -> None:
    own = {Kind.TREATMENTS: [with_figures("silent")]}

    [row] = compare_own(own, "silent", "walking").figures

    assert row.cells[0].why == "No figure is given."
