"""The facts behind a verdict."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.engine.facts import (
    finding_fact,
    finding_of,
    is_qualifier,
    path_fact,
    qualifier_fact,
    tried_fact,
)
from app.engine.named_conditions import named_in, resolve
from app.engine.read_profile import read_profile
from app.engine.verdicts import Judgement, Verdict, judge, passes, turn_round
from app.fields import Kind
from app.library.condition_syntax import parse_condition
from app.library.conditions import Condition, Is, Not, Range
from tests.engine.strategies import Said, answers_to, to_profile
from tests.factories import make_bundle, make_guide, make_profile
from tests.library.strategies import Words, conditions

GUIDE = make_guide()
WORDS = Words()
BOTH = [{"has": "fever"}, {"age": 58}, {"has": "foot-drop"}]


def _judge(condition: dict[str, Any], **profile: Any) -> Judgement:
    answers, _ = read_profile(make_profile(**profile), GUIDE.vocabulary)
    return judge(parse_condition(condition), answers)


FACTS: dict[str, tuple[dict[str, Any], dict[str, Any], set[str]]] = {
    "all that match": (
        {"all": BOTH},
        {"age": 58, "has": ["fever", "foot-drop"]},
        {"finding/fever", "field/age", "finding/foot-drop"},
    ),
    "the ones that do not match": (
        {"all": BOTH}, {"age": 59, "has": ["fever"]}, {"field/age"}
    ),
    "the ones that are missing": (
        {"all": BOTH}, {"age": 58}, {"finding/fever", "finding/foot-drop"}
    ),
    "the one that matches": ({"any": BOTH}, {"age": 58}, {"field/age"}),
    "the ones missing of many": (
        {"any": BOTH}, {"age": 59}, {"finding/fever", "finding/foot-drop"}
    ),
    "inside a not": ({"not": {"age": 58}}, {"age": 59}, {"field/age"}),
    "a finding before its qualifiers": (
        {"has": {"finding": "fever", "trend": "worse", "since_days": 3}},
        {},
        {"finding/fever"},
    ),
    "the qualifiers of what is present": (
        {"has": {"finding": "fever", "trend": "worse", "since_days": 3}},
        {"has": ["fever"]},
        {"finding/fever.trend", "finding/fever.since_days"},
    ),
    "a measure": (
        {"measures.block-relief-percent": 3}, {}, {"measure/block-relief-percent"}
    ),
    "a treatment": (
        {"tried": {"treatment": "walking", "outcome": "worse"}}, {}, {"tried/walking"}
    ),
    "nothing": ({"always": True}, {}, set()),
}  # fmt: skip


@pytest.mark.parametrize(
    ("condition", "profile", "facts"), list(FACTS.values()), ids=list(FACTS)
)
def test_a_verdict_names_the_facts_that_made_it(
    condition: dict[str, Any], profile: dict[str, Any], facts: set[str]
) -> None:
    assert _judge(condition, **profile).facts == facts


ASKED = (
    *(finding_fact(slug) for slug in WORDS.findings),
    *(qualifier_fact(slug, "trend") for slug in WORDS.findings),
    *(path_fact(path) for path in WORDS.paths),
    *(tried_fact(slug) for slug in WORDS.treatments),
)
ANSWERS = {fact: answers_to(fact, GUIDE.vocabulary) for fact in ASKED}


@given(conditions(WORDS), st.fixed_dictionaries({}, optional=ANSWERS))
def test_not_not_is_the_condition_itself(condition: Condition, said: Said) -> None:
    answers, _ = read_profile(to_profile(said), GUIDE.vocabulary)

    assert judge(Not(Not(condition)), answers) == judge(condition, answers)


def test_what_is_turned_round_keeps_its_facts() -> None:
    judged = Judgement(Verdict.NO_MATCH, frozenset({"field/age"}))

    assert turn_round(judged) == Judgement(Verdict.MATCH, frozenset({"field/age"}))


def test_a_named_condition_must_be_resolved_first() -> None:
    answers, _ = read_profile(make_profile(), GUIDE.vocabulary)

    with pytest.raises(ValueError, match="'nerve-sign' was not resolved"):
        judge(Is("nerve-sign"), answers)


NAMED = {
    Kind.CONDITIONS: [
        {"slug": "weak", "description": "Weak.", "when": {"has": "leg-weakness"}},
        {
            "slug": "nerve-sign",
            "description": "A nerve.",
            "when": {"any": [{"is": "weak"}, {"all": [{"not": {"is": "weak"}}]}]},
        },
    ]
}


def test_named_conditions_are_put_in_place_all_the_way_down() -> None:
    named = make_bundle(NAMED).conditions

    resolved = resolve(parse_condition({"is": "nerve-sign"}), named)

    weak = {"has": "leg-weakness"}
    assert resolved == parse_condition({"any": [weak, {"all": [{"not": weak}]}]})


def test_the_names_that_a_condition_uses() -> None:
    condition = parse_condition({"all": [{"is": "weak"}, {"not": {"is": "old"}}]})

    assert list(named_in(condition)) == ["weak", "old"]


@pytest.mark.parametrize(
    ("fact", "finding", "qualified"),
    [
        ("finding/fever", "fever", False),
        ("finding/fever.trend", "fever", True),
        ("field/pain.months", "field/pain", False),
    ],
    ids=["a finding", "a qualifier", "a field"],
)
def test_a_fact_says_what_it_is_about(
    fact: str, finding: str, *, qualified: bool
) -> None:
    assert (finding_of(fact), is_qualifier(fact)) == (finding, qualified)


def test_a_word_is_never_in_a_range() -> None:
    assert not passes("worse", Range(at_least=0))
