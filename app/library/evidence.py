"""What is known of a treatment: a GRADE judgement and the figures behind it."""

from typing import Annotated

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from app.fields import Benefit, Certainty, FigureUnit
from app.library.entry import Line, Part, Sources, Text

OUT_OF = 100
"""People and points are counted out of this many, so that figures compare."""

Amount = Annotated[float, Field(ge=0, le=365)]
"""A number of people, points or days."""


class Figure(Part):
    """What a source counted, on the same scale everywhere: out of 100.

    `people`: how many of 100 had the outcome. `points`: on a scale from 0 to 100.
    `days`: until the outcome. Give `treated`, alone or with `compared`, or only the
    `difference` in favour of the treatment where the source states no more.
    """

    outcome: Line
    unit: FigureUnit
    treated: Amount | None = None
    compared: Amount | None = None
    difference: Annotated[float, Field(ge=-365, le=365)] | None = None
    comparator: Line | None = None
    after: Line | None = None
    sources: Sources

    @model_validator(mode="after")
    def _is_one_finding(self) -> "Figure":
        is_compared = self.difference is not None and self.compared is not None
        if (self.treated is None) == (self.difference is None) or is_compared:
            raise PydanticCustomError("figure", "Needs treated, or only difference.")
        versus = self.compared if self.difference is None else self.difference
        if (versus is None) != (self.comparator is None):
            raise PydanticCustomError(
                "figure", "A comparator needs its figure, and a figure its comparator."
            )
        if self.unit is not FigureUnit.DAYS and self._is_over_100():
            raise PydanticCustomError("figure", "People and points are out of 100.")
        if self.after is None and self.unit is not FigureUnit.DAYS:
            raise PydanticCustomError("figure", "Needs `after`: when it was counted.")
        return self

    def _is_over_100(self) -> bool:
        numbers = (self.treated, self.compared, self.difference)
        return any(abs(number or 0) > OUT_OF for number in numbers)


class Evidence(Part):
    """What the body of evidence says, in GRADE words, for this use.

    `figures` are the key numbers; without any, `figures_unknown` says what was
    looked for.
    """

    benefit: Benefit
    certainty: Certainty
    statement: Text
    figures: tuple[Figure, ...] = ()
    figures_unknown: Text | None = None
    sources: Sources

    @model_validator(mode="after")
    def _has_figures_or_not(self) -> "Evidence":
        if self.figures and self.figures_unknown:
            raise PydanticCustomError(
                "figures", "Has figures, so figures_unknown has no place."
            )
        return self
