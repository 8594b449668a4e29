"""What a figure may be, so that figures compare; and what evidence says without any."""

from typing import Any

import pytest
from pydantic import ValidationError

from app.library.evidence import Evidence, Figure
from tests.factories import SOURCES

Data = dict[str, Any]
COUNTED: Data = {
    "outcome": "Half of the pain gone",
    "unit": "people",
    "treated": 56,
    "compared": 24,
    "comparator": "A sham procedure",
    "after": "3 months",
    "sources": SOURCES,
}
STATED: Data = {
    "outcome": "Less pain",
    "unit": "points",
    "difference": 12,
    "comparator": "A sham procedure",
    "after": "3 months",
    "sources": SOURCES,
}
JUDGED: Data = {
    "benefit": "possible",
    "certainty": "low",
    "statement": "It may help.",
    "sources": SOURCES,
}
NOT_ONE = "Needs treated, or only difference."
NOT_PAIRED = "A comparator needs its figure, and a figure its comparator."
OVER_100 = "People and points are out of 100."
NO_TIME = "Needs `after`: when it was counted."


def without(data: Data, *names: str) -> Data:
    return {name: value for name, value in data.items() if name not in names}


def alone(**values: Any) -> Data:
    """Return a figure of the treated only."""
    return {**without(COUNTED, "compared", "comparator"), **values}


def message(model: type[Figure | Evidence], data: Data) -> str:
    """Return why it is refused."""
    with pytest.raises(ValidationError) as refused:
        model.model_validate(data)
    [error] = refused.value.errors()
    return error["msg"]


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(COUNTED, id="people treated and compared"),
        pytest.param(alone(), id="people treated alone"),
        pytest.param(alone(treated=0), id="nobody"),
        pytest.param(alone(treated=100), id="everybody"),
        pytest.param({**COUNTED, "compared": 0}, id="compared with nobody"),
        pytest.param(STATED, id="only the difference"),
        pytest.param({**STATED, "difference": 0}, id="no difference"),
        pytest.param({**STATED, "difference": -100}, id="a difference against it"),
        pytest.param(alone(unit="points"), id="points"),
        pytest.param(alone(unit="days", treated=365), id="days of a year"),
        pytest.param(without(alone(unit="days"), "after"), id="days need no time"),
        pytest.param({**STATED, "unit": "days", "difference": -365}, id="a year later"),
    ],
)
def test_a_figure_may_be(data: Data) -> None:
    figure = Figure.model_validate(data)

    given = figure.model_dump(mode="json", exclude_none=True)
    assert given == data


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        pytest.param(without(alone(), "treated"), NOT_ONE, id="no number"),
        pytest.param(without(COUNTED, "treated"), NOT_ONE, id="only the compared"),
        pytest.param({**COUNTED, "difference": 32}, NOT_ONE, id="all three numbers"),
        pytest.param(
            alone(difference=32, comparator="A sham"), NOT_ONE,
            id="the treated and a difference",
        ),
        pytest.param({**STATED, "compared": 24}, NOT_ONE,
                     id="the compared and a difference"),
        pytest.param(without(COUNTED, "comparator"), NOT_PAIRED,
                     id="compared with nobody knows what"),
        pytest.param(without(COUNTED, "compared"), NOT_PAIRED,
                     id="a comparator without its figure"),
        pytest.param(without(STATED, "comparator"), NOT_PAIRED,
                     id="a difference to nobody knows what"),
        pytest.param(alone(treated=100.5), OVER_100, id="too many people"),
        pytest.param({**COUNTED, "compared": 101}, OVER_100, id="too many compared"),
        pytest.param({**STATED, "difference": 101}, OVER_100, id="too many points"),
        pytest.param({**STATED, "difference": -101}, OVER_100,
                     id="too many points against it"),
        pytest.param(without(COUNTED, "after"), NO_TIME, id="people at no time"),
        pytest.param(without(STATED, "after"), NO_TIME, id="points at no time"),
    ],
)  # fmt: skip
def test_a_figure_may_not_be(data: Data, reason: str) -> None:
    assert message(Figure, data) == reason


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("treated", -1),
        ("treated", 366),
        ("treated", float("nan")),
        ("compared", -0.5),
        ("difference", 365.5),
        ("difference", -366),
        ("unit", "percent"),
        ("outcome", " "),
        ("comparator", ""),
        ("after", ""),
        ("sources", []),
        ("per", 100),
    ],
)
def test_a_figure_refuses_a_value_of(name: str, value: object) -> None:
    with pytest.raises(ValidationError) as refused:
        Figure.model_validate({**COUNTED, "unit": "days", name: value})

    assert [error["loc"][0] for error in refused.value.errors()] == [name]


@pytest.mark.parametrize(
    "more",
    [
        pytest.param({"figures": [COUNTED, STATED]}, id="figures"),
        pytest.param({"figures_unknown": "No trial was found."}, id="none is known"),
        pytest.param({}, id="neither: the quality gate asks for one"),
    ],
)
def test_evidence_may_have(more: Data) -> None:
    evidence = Evidence.model_validate({**JUDGED, **more})

    assert len(evidence.figures) == len(more.get("figures", []))


def test_evidence_with_figures_does_not_say_that_none_is_known() -> None:
    both = {"figures": [COUNTED], "figures_unknown": "No trial was found."}

    reason = message(Evidence, {**JUDGED, **both})

    assert reason == "Has figures, so figures_unknown has no place."


@pytest.mark.parametrize("name", ["benefit", "certainty", "statement", "sources"])
def test_evidence_needs(name: str) -> None:
    assert message(Evidence, without(JUDGED, name)) == "Field required"
