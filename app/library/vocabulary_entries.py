"""The words of a profile: findings, measures, screens, and named conditions."""

from typing import Annotated

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from app.fields import FindingKind
from app.library.condition_syntax import ConditionField
from app.library.entry import Entry, FindingSlug, Line, Text

Bound = Annotated[float, Field(ge=-1_000_000_000, le=1_000_000_000)]
"""A number that a person can know: never infinite, nor written with an exponent."""


class FindingEntry(Entry):
    """Something that a person can have: present, absent, unsure or not asked.

    `implies` names what is then present too. Where `possible_when` (age and sex
    only) does not match, the finding counts as absent and is not asked.
    """

    kind: FindingKind
    label: Line
    question: Line
    aliases: tuple[Line, ...] = ()
    implies: tuple[FindingSlug, ...] = ()
    possible_when: ConditionField | None = None


class MeasureEntry(Entry):
    """A number that a person can know, from `minimum` to `maximum` in `unit`."""

    label: Line
    question: Line
    unit: Line
    minimum: Bound
    maximum: Bound

    @model_validator(mode="after")
    def _has_a_range(self) -> "MeasureEntry":
        if not self.minimum < self.maximum:
            raise PydanticCustomError("range", "minimum must be below maximum.")
        return self


class ScreenEntry(Entry):
    """Findings that are asked together, with "none of these" as one answer."""

    question: Text
    findings: Annotated[tuple[FindingSlug, ...], Field(min_length=2, max_length=7)]


class ConditionEntry(Entry):
    """A condition with a name, shared by rules through `is`."""

    description: Text
    when: ConditionField
