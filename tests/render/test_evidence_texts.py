"""Figures and positions are told as they stand, never converted or averaged."""

from typing import Any

import pytest

from app.engine.recommendation import PositionAnswer
from app.fields import Stance
from app.library.evidence import Evidence
from app.render.evidence_texts import describe_evidence, describe_positions
from app.render.rendering import Heading, list_passages

SHAM = {"comparator": "a sham", "after": "a day"}
COMPARED = {"compared": 20, "comparator": "tea", "after": "a year"}


def _make(**values: Any) -> Evidence:
    base = {"benefit": "possible", "certainty": "low", "statement": "It may help."}
    return Evidence.model_validate({**base, "sources": ["own"], **values})


@pytest.mark.parametrize(
    ("figure", "told"),
    [
        (
            {"unit": "people", "treated": 30, **COMPARED},
            "30 of 100 people, against 20 of 100 people with tea, after a year.",
        ),
        (
            {"unit": "points", "treated": 7.5, "after": "a year"},
            "7.5 points out of 100, after a year.",
        ),
        (
            {"unit": "points", "difference": -3, **SHAM},
            "3 points out of 100 worse than with a sham, after a day.",
        ),
        (
            {"unit": "people", "difference": 5, **SHAM},
            "5 of 100 people better than with a sham, after a day.",
        ),
        ({"unit": "days", "treated": 42}, "42 days."),
    ],
    ids=["people", "points alone", "worse", "better", "days"],
)  # fmt: skip
def test_a_figure_is_told(figure: dict[str, Any], told: str) -> None:
    evidence = _make(figures=[{"outcome": "Less pain", "sources": ["its"], **figure}])

    *_, passage = list_passages(describe_evidence(evidence))

    assert passage.text == f"Less pain: {told}"
    assert passage.sources == ("its",)


def test_without_figures_it_says_what_was_looked_for() -> None:
    passages = list_passages(describe_evidence(_make(figures_unknown="No trial.")))

    assert [passage.text for passage in passages] == [
        "This may help (low certainty).",
        "It may help.",
        "No figures are known. No trial.",
    ]


@pytest.mark.parametrize(
    ("stance", "words"),
    [
        (Stance.FOR, "for it"),
        (Stance.CONDITIONAL, "for it on conditions"),
        (Stance.AGAINST, "against it"),
        (Stance.SILENT, "says nothing about it"),
    ],
)
def test_a_position_is_told_with_its_guideline(stance: Stance, words: str) -> None:
    told = [
        PositionAnswer("a", "NICE", "UK", 2016, stance, "weak", "Adults."),
        PositionAnswer("b", "ACP", "US", 2017, stance, None, None),
    ]

    heading, bullets = describe_positions(tuple(told))

    assert heading == Heading("What guidelines say")
    assert [passage.text for passage in list_passages([bullets])] == [
        f"NICE (UK, 2016): {words} (weak). Adults.",
        f"ACP (US, 2017): {words}.",
    ]


def test_no_positions_have_no_heading() -> None:
    assert list(describe_positions(())) == []
