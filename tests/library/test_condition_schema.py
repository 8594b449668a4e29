from typing import Any

import pytest
from hypothesis import given
from jsonschema import Draft202012Validator
from pydantic_core import PydanticCustomError

from app.library.condition_schema import condition_schema
from app.library.condition_syntax import parse_condition
from app.library.conditions import Condition, dump_condition
from app.library.profile_fields import PROFILE_FIELDS
from tests.library.strategies import Words, conditions

WORDS = Words(named=("nerve-sign",))
SLUGS = {
    "findings": WORDS.findings,
    "treatments": WORDS.treatments,
    "measures": WORDS.measures,
    "conditions": WORDS.named,
}
CONDITION = condition_schema(SLUGS)
SCHEMA = {"$defs": {"condition": CONDITION}, "$ref": "#/$defs/condition"}
VALIDATOR = Draft202012Validator(SCHEMA)
FEVER = {"has": "fever"}


def _parses(raw: object) -> bool:
    try:
        parse_condition(raw)
    except PydanticCustomError:
        return False
    return True


def _qualified(**qualifiers: Any) -> dict[str, Any]:
    return {"has": {"finding": "fever", **qualifiers}}


def _tried(outcome: object) -> dict[str, Any]:
    return {"tried": {"treatment": "walking", "outcome": outcome}}


REFUSED: dict[str, object] = {
    "no mapping": "fever",
    "nothing": {},
    "two keys": {"has": "fever", "age": 58},
    "an unknown operator": {"hass": "fever"},
    "all of nothing": {"all": []},
    "any with a mapping": {"any": FEVER},
    "a broken part": {"all": [FEVER, {}]},
    "not with a list": {"not": [FEVER]},
    "always false": {"always": False},
    "always one": {"always": 1},
    "has a number": {"has": 3},
    "has without a finding": {"has": {"trend": "worse"}},
    "has with an unknown key": _qualified(since=3),
    "a trend of our own": _qualified(trend="bad"),
    "no trend": _qualified(trend=[]),
    "a range of trends": _qualified(trend={"at_least": 1}),
    "days below zero": _qualified(since_days={"at_least": -1}),
    "more days than a life": _qualified(since_days=36_501),
    "tried a slug": {"tried": "walking"},
    "tried without an outcome": {"tried": {"treatment": "walking"}},
    "no outcome": _tried([]),
    "an outcome of our own": _tried("great"),
    "is a number": {"is": 3},
    "a number as text": {"age": "58"},
    "a yes for a number": {"age": True},
    "a number out of bounds": {"age": 121},
    "no number": {"age": []},
    "a range of nothing": {"age": {}},
    "an unknown bound": {"age": {"over": 3}},
    "a bound as text": {"age": {"at_least": "3"}},
    "a word for a field": {"sex": "man"},
    "a range of words": {"sex": {"at_least": 1}},
    "a measure as text": {"measures.block-relief-percent": "much"},
}
BEYOND_THE_SYNTAX: dict[str, object] = {
    "an unknown finding": {"has": "headache"},
    "an unknown qualified finding": {"has": {"finding": "headache"}},
    "an unknown treatment": {"tried": {"treatment": "magic", "outcome": "helped"}},
    "an unknown named condition": {"is": "nerve-sing"},
    "an unknown measure": {"measures.height": 3},
}


def test_the_schema_of_a_condition_is_valid_json_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)


@given(conditions(WORDS))
def test_the_schema_accepts_every_condition(condition: Condition) -> None:
    assert VALIDATOR.is_valid(dump_condition(condition))


@pytest.mark.parametrize("raw", list(REFUSED.values()), ids=list(REFUSED))
def test_the_schema_refuses_what_does_not_parse(raw: object) -> None:
    assert not _parses(raw)
    assert not VALIDATOR.is_valid(raw)


@pytest.mark.parametrize(
    "raw", list(BEYOND_THE_SYNTAX.values()), ids=list(BEYOND_THE_SYNTAX)
)
def test_the_schema_also_refuses_unknown_slugs(raw: object) -> None:
    assert _parses(raw)
    assert not VALIDATOR.is_valid(raw)


@pytest.mark.parametrize("path", list(PROFILE_FIELDS))
def test_the_schema_describes_every_field(path: str) -> None:
    assert path in CONDITION["properties"]


def test_without_slugs_the_schema_takes_any_text() -> None:
    schema = condition_schema(dict.fromkeys(SLUGS, ()))

    assert schema["properties"]["is"] == {"type": "string"}
