from typing import Any

import pytest
from hypothesis import given

from app.fields import Kind
from app.library.condition_syntax import parse_condition
from app.library.conditions import (
    AllOf,
    Always,
    AnyOf,
    Compare,
    Condition,
    Has,
    Is,
    Not,
    OneOf,
    Range,
    Tried,
    dump_condition,
    mentions,
    walk,
)
from tests.library.strategies import Words, conditions

ANY_CONDITION = conditions(Words(named=("nerve-sign",)))
FEVER = {"has": "fever"}
OPERATORS: dict[str, tuple[dict[str, Any], Condition]] = {
    "always": ({"always": True}, Always()),
    "has, a slug": (FEVER, Has("fever")),
    "has, with days": (
        {"has": {"finding": "fever", "since_days": {"at_least": 15}}},
        Has("fever", since_days=Range(at_least=15)),
    ),
    "has, with trends": (
        {"has": {"finding": "fever", "trend": ["better", "unchanged"]}},
        Has("fever", trend=OneOf(frozenset({"better", "unchanged"}))),
    ),
    "tried, many outcomes": (
        {"tried": {"treatment": "walking", "outcome": ["no-help", "worse"]}},
        Tried("walking", frozenset({"no-help", "worse"})),
    ),
    "is": ({"is": "nerve-sign"}, Is("nerve-sign")),
    "a field, one value": ({"age": 58}, Compare("age", OneOf(frozenset({58})))),
    "a field, a word": ({"sex": "male"}, Compare("sex", OneOf(frozenset({"male"})))),
    "a field, many values": (
        {"pain.severity": [9, 10]},
        Compare("pain.severity", OneOf(frozenset({9, 10}))),
    ),
    "a field, at least": (
        {"pain.months": {"at_least": 3}},
        Compare("pain.months", Range(at_least=3)),
    ),
    "a field, at most zero": (
        {"last_treatment.relief_days": {"at_most": 0}},
        Compare("last_treatment.relief_days", Range(at_most=0)),
    ),
    "a measure, between": (
        {"measures.block-relief-percent": {"at_least": 50, "at_most": 79.5}},
        Compare("measures.block-relief-percent", Range(50, 79.5)),
    ),
    "all": ({"all": [FEVER, {"always": True}]}, AllOf((Has("fever"), Always()))),
    "any": ({"any": [FEVER]}, AnyOf((Has("fever"),))),
    "not": ({"not": FEVER}, Not(Has("fever"))),
}
FORMS = pytest.mark.parametrize(
    ("plain", "parsed"), list(OPERATORS.values()), ids=list(OPERATORS)
)


@FORMS
def test_parse_condition_reads_every_operator(
    plain: dict[str, Any], parsed: Condition
) -> None:
    assert parse_condition(plain) == parsed


@FORMS
def test_dump_condition_writes_every_operator(
    plain: dict[str, Any], parsed: Condition
) -> None:
    assert dump_condition(parsed) == plain


def test_parse_condition_reads_one_outcome_without_a_list() -> None:
    one = parse_condition({"tried": {"treatment": "walking", "outcome": "helped"}})

    assert one == Tried("walking", frozenset({"helped"}))


def test_parse_condition_leaves_a_condition_as_it_is() -> None:
    assert parse_condition(Has("fever")) == Has("fever")


@given(ANY_CONDITION)
def test_a_dumped_condition_parses_to_itself(condition: Condition) -> None:
    assert parse_condition(dump_condition(condition)) == condition


@given(ANY_CONDITION)
def test_every_node_stands_where_walk_says(condition: Condition) -> None:
    plain = dump_condition(condition)

    for pointer, node in walk(condition):
        assert _at(plain, pointer) == dump_condition(node)


def _at(plain: Any, pointer: str) -> Any:
    for step in pointer.split("/")[1:]:
        plain = plain[int(step)] if isinstance(plain, list) else plain[step]
    return plain


def test_walk_begins_with_the_outermost_node() -> None:
    inner = AllOf((Has("fever"), Not(Is("nerve-sign"))))

    pointers = [pointer for pointer, _ in walk(AnyOf((Always(), inner)))]

    assert pointers == [
        "", "/any/0", "/any/1", "/any/1/all/0", "/any/1/all/1", "/any/1/all/1/not"
    ]  # fmt: skip


def test_mentions_names_every_item_with_its_place() -> None:
    condition = parse_condition(
        {
            "all": [
                {"has": {"finding": "fever", "trend": "worse"}},
                {"not": {"tried": {"treatment": "walking", "outcome": "worse"}}},
                {"any": [{"is": "nerve-sign"}, {"always": True}]},
                {"measures.block-relief-percent": 80},
                {"age": 58},
            ]
        }
    )

    assert list(mentions(condition)) == [
        ("/all/0/has", Kind.FINDINGS, "fever"),
        ("/all/1/not/tried", Kind.TREATMENTS, "walking"),
        ("/all/2/any/0/is", Kind.CONDITIONS, "nerve-sign"),
        ("/all/3", Kind.MEASURES, "block-relief-percent"),
    ]
