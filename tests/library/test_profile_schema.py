import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from pydantic import ValidationError

from app.library.profile import PatientProfile
from app.library.profile_fields import PROFILE_FIELDS, NumberField, WordField
from app.library.profile_schema import profile_schema
from app.library.vocabulary import Vocabulary, check_profile
from tests.factories import make_bundle

VOCABULARY = Vocabulary.of(make_bundle())
SCHEMA = profile_schema(VOCABULARY)


def _is_accepted(raw: object) -> bool:
    try:
        profile = PatientProfile.model_validate_json(json.dumps(raw))
    except ValidationError:
        return False
    return not check_profile(profile, VOCABULARY)


def _schema_of(path: str) -> dict[str, Any]:
    at: dict[str, Any] = SCHEMA
    for step in path.split("."):
        at = _follow(at["properties"][step])
    return at


def _follow(schema: dict[str, Any]) -> dict[str, Any]:
    if "$ref" not in schema:
        return schema
    followed: dict[str, Any] = SCHEMA["$defs"][schema["$ref"].rpartition("/")[2]]
    return followed


def test_the_schema_is_valid_json_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("path", list(PROFILE_FIELDS))
def test_the_schema_and_the_list_of_fields_have_the_same_bounds(path: str) -> None:
    field = PROFILE_FIELDS[path]

    schema = _schema_of(path)

    match field:
        case NumberField(minimum=minimum, maximum=maximum, whole=whole):
            given = (schema["type"], schema["minimum"], schema["maximum"])
            assert given == ("integer" if whole else "number", minimum, maximum)
        case WordField(words=words):
            assert tuple(schema["enum"]) == words


def test_every_field_of_the_profile_is_in_the_list_of_fields() -> None:
    names = {"age", "sex"} | {
        f"{group}.{name}"
        for group in ("pain", "last_treatment")
        for name in _schema_of(group)["properties"]
    }

    assert names == set(PROFILE_FIELDS)


RAW: dict[str, tuple[object, bool]] = {
    "nothing": ({}, True),
    "empty groups": ({"pain": {}, "has": [], "tried": {}, "measures": {}}, True),
    "fields": ({"age": 58, "sex": "female", "pain": {"months": 14}}, True),
    "a quarter of a day": ({"last_treatment": {"days_ago": 0.25}}, True),
    "half a month": ({"pain": {"months": 0.5}}, False),
    "an age beyond the bounds": ({"age": 121}, False),
    "null": ({"age": None}, False),
    "an unknown key": ({"name": "x"}, False),
    "a finding by name": ({"has": ["fever"]}, True),
    "a finding with qualifiers": (
        {"has": [{"finding": "fever", "since_days": 3, "trend": "worse"}]}, True
    ),
    "an unknown finding": ({"has": ["headache"]}, False),
    "an unknown finding with qualifiers": (
        {"has": [{"finding": "headache", "trend": "worse"}]}, False
    ),
    "a wrong trend": ({"has": [{"finding": "fever", "trend": "bad"}]}, False),
    "findings that are absent": ({"has_not": ["fever", "foot-drop"]}, True),
    "a qualified finding that is absent": ({"has_not": [{"finding": "fever"}]}, False),
    "an unknown absent finding": ({"has_not": ["headache"]}, False),
    "unsure of a finding": ({"not_sure": ["fever"]}, True),
    "unsure of a qualifier": ({"not_sure": ["fever.since_days"]}, True),
    "unsure of an unknown qualifier": ({"not_sure": ["fever.colour"]}, False),
    "unsure of a field": ({"not_sure": ["pain.months"]}, True),
    "unsure of a group": ({"not_sure": ["pain"]}, False),
    "unsure of a measure": ({"not_sure": ["measures.block-relief-percent"]}, True),
    "unsure of a measure by its slug": ({"not_sure": ["block-relief-percent"]}, False),
    "a measure": ({"measures": {"block-relief-percent": 80}}, True),
    "a measure out of range": ({"measures": {"block-relief-percent": 101}}, False),
    "an unknown measure": ({"measures": {"height": 1}}, False),
    "a treatment that was tried": ({"tried": {"walking": "no-help"}}, True),
    "an unknown treatment": ({"tried": {"magic": "helped"}}, False),
    "an unknown outcome": ({"tried": {"walking": "great"}}, False),
    "too many findings": ({"has": ["fever"] * 201}, False),
    "a list": ([], False),
}  # fmt: skip
TABLE = pytest.mark.parametrize(("raw", "accepted"), list(RAW.values()), ids=list(RAW))


@TABLE
def test_the_schema_accepts_the_profiles_of_the_vocabulary(
    raw: object, *, accepted: bool
) -> None:
    assert Draft202012Validator(SCHEMA).is_valid(raw) is accepted


@TABLE
def test_the_service_accepts_what_the_schema_accepts(
    raw: object, *, accepted: bool
) -> None:
    assert _is_accepted(raw) is accepted
