"""The patient profile: its typed shape. Nothing of it is ever stored or logged."""

from typing import Annotated, Any

from pydantic import (
    BeforeValidator,
    Field,
    GetJsonSchemaHandler,
    StringConstraints,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError

from app.library.canonical import canonical_json
from app.library.entry import Part
from app.library.profile_fields import SINCE_DAYS_MAX
from app.profile_words import Relief, Sex, Trend, TriedOutcome

FINDINGS_MAX = 200
TRIED_MAX = 100


def _refuse_null(value: object) -> object:
    if value is None:
        raise PydanticCustomError("null", "Leave it out instead of sending null.")
    return value


class _NotNull:
    """Refuses an explicit null: what is not known is left out."""

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        shown = handler(schema)
        [choice] = [one for one in shown["anyOf"] if one != {"type": "null"}]
        without_null: JsonSchemaValue = choice
        return without_null


NotNull = (_NotNull(), BeforeValidator(_refuse_null))

Name = Annotated[str, StringConstraints(strict=True, max_length=100)]


def _read_whole(value: object) -> object:
    # JSON has one kind of number: 58.0 is as whole as 58.
    return int(value) if isinstance(value, float) and value.is_integer() else value


WHOLE = BeforeValidator(_read_whole)
Age = Annotated[int, Field(strict=True, ge=0, le=120), WHOLE]
Months = Annotated[int, Field(strict=True, ge=0, le=1200), WHOLE]
Severity = Annotated[int, Field(strict=True, ge=0, le=10), WHOLE]
Percent = Annotated[int, Field(strict=True, ge=0, le=100), WHOLE]
Times = Annotated[int, Field(strict=True, ge=0, le=100), WHOLE]
Days = Annotated[
    float, Field(strict=True, ge=0, le=SINCE_DAYS_MAX, allow_inf_nan=False)
]
MeasureValue = Annotated[float, Field(strict=True, allow_inf_nan=False)]


class Pain(Part):
    """The pain that the person seeks help for."""

    months: Annotated[Months | None, *NotNull] = None
    severity: Annotated[Severity | None, *NotNull] = None
    trend: Annotated[Trend | None, *NotNull] = None


class LastTreatment(Part):
    """The last time the topic's failed treatment was had, and what it did."""

    times: Annotated[Times | None, *NotNull] = None
    days_ago: Annotated[Days | None, *NotNull] = None
    relief: Annotated[Relief | None, *NotNull] = None
    relief_percent: Annotated[Percent | None, *NotNull] = None
    relief_days: Annotated[Days | None, *NotNull] = None
    first_hours_relief_percent: Annotated[Percent | None, *NotNull] = None


class Reported(Part):
    """A finding that is present, for how many days, and how it changes."""

    finding: Name
    since_days: Annotated[Days | None, *NotNull] = None
    trend: Annotated[Trend | None, *NotNull] = None


def _name_alone(value: object) -> object:
    if isinstance(value, str):
        return {"finding": value}
    if not isinstance(value, (dict, Reported)):
        detail = "Needs the slug of a finding, or a mapping with `finding`."
        raise PydanticCustomError("reported", detail)
    return value


HasItem = Annotated[
    Reported,
    BeforeValidator(_name_alone, json_schema_input_type=str | Reported),
]
Findings = Annotated[tuple[Name, ...], Field(max_length=FINDINGS_MAX)]
Tried = Annotated[dict[Name, TriedOutcome], Field(max_length=TRIED_MAX)]
Measures = Annotated[dict[Name, MeasureValue], Field(max_length=TRIED_MAX)]


class PatientProfile(Part):
    """What a person tells: all of it optional, and `{}` is a valid profile.

    A finding in none of the lists has not been asked. `not_sure` takes findings,
    the qualifiers of a finding (`foot-drop.trend`), field paths (`pain.months`) and
    measures (`measures.block-relief-percent`).
    """

    age: Annotated[Age | None, *NotNull] = None
    sex: Annotated[Sex | None, *NotNull] = None
    pain: Pain = Pain()
    last_treatment: LastTreatment = LastTreatment()
    has: Annotated[tuple[HasItem, ...], Field(max_length=FINDINGS_MAX)] = ()
    has_not: Findings = ()
    not_sure: Findings = ()
    measures: Measures = Field(default_factory=dict)
    tried: Tried = Field(default_factory=dict)


def field_values(profile: PatientProfile) -> dict[str, int | float | str]:
    """Return the given fields by path, `pain.months` and the like."""
    values: dict[str, Any] = {"age": profile.age, "sex": profile.sex}
    for group in ("pain", "last_treatment"):
        given = getattr(profile, group).model_dump()
        values |= {f"{group}.{name}": value for name, value in given.items()}
    return {path: value for path, value in values.items() if value is not None}


def normalise(profile: PatientProfile) -> dict[str, Any]:
    """Return the profile as plain data: nothing empty, nothing twice, in order."""
    given = profile.model_dump(mode="json", exclude_none=True)
    given["has"] = sorted(
        {canonical_json(reported): reported for reported in given["has"]}.items()
    )
    given["has"] = [reported for _, reported in given["has"]]
    for name in ("has_not", "not_sure"):
        given[name] = sorted(set(given[name]))
    return {name: value for name, value in given.items() if value not in ({}, [])}
