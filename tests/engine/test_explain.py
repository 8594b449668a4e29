"""The trace: what every rule says, beside the advice."""

import json
from typing import Any

import pytest

from app.engine.guide import Guide
from app.engine.recommend import explain, recommend
from app.engine.recommendation import Reason, TracedRule, write_json
from app.fields import Kind, VerdictWord
from tests.factories import (
    Data,
    make_cause,
    make_guide,
    make_option,
    make_profile,
    make_rule,
    make_topic,
    make_treatment,
)

OFFER = "topics/facet-joint-injection/options/walking/recommend_when/offer"
GUARD = "topics/facet-joint-injection/options/walking/avoid_when/guard"
MATCH, UNKNOWN, NO_MATCH = (
    VerdictWord.MATCH, VerdictWord.UNKNOWN, VerdictWord.NO_MATCH
)  # fmt: skip


def _guide(**lists: list[Data]) -> Guide:
    option = make_option("walking", **lists)
    return make_guide({Kind.TOPICS: [make_topic(options=[option])]})


def _traced(guide: Guide, rule: str, **profile: Any) -> TracedRule:
    trace = explain(guide, make_profile(**profile)).trace
    [traced] = [one for one in trace if one.rule == rule]
    return traced


FEVER, OLD = {"has": "fever"}, {"age": {"at_least": 65}}
FEVER_FACT, AGE_FACT = ("finding/fever",), ("field/age",)
Expected = tuple[VerdictWord, tuple[str, ...], tuple[str, ...]]
RULES: dict[str, tuple[str, Data, dict[str, Any], Expected]] = {
    "an offer that matches": (
        OFFER, {"when": FEVER}, {"has": ["fever"]}, (MATCH, FEVER_FACT, ())
    ),
    "an offer that does not match": (
        OFFER, {"when": FEVER}, {"has_not": ["fever"]}, (NO_MATCH, FEVER_FACT, ())
    ),
    "an offer that is open": (OFFER, {"when": FEVER}, {}, (UNKNOWN, (), FEVER_FACT)),
    "an offer that is not sure": (
        OFFER, {"when": FEVER}, {"not_sure": ["fever"]}, (UNKNOWN, (), FEVER_FACT)
    ),
    "an offer that fits and may be called off": (
        OFFER,
        {"when": FEVER, "unless": OLD},
        {"has": ["fever"]},
        (UNKNOWN, FEVER_FACT, AGE_FACT),
    ),
    "an offer that is called off": (
        OFFER,
        {"when": FEVER, "unless": OLD},
        {"has": ["fever"], "age": 70},
        (NO_MATCH, AGE_FACT, ()),
    ),
    "a guard that may be called off stands": (
        GUARD,
        {"when": FEVER, "unless": OLD},
        {"has": ["fever"]},
        (MATCH, FEVER_FACT, AGE_FACT),
    ),
    "a guard that is called off": (
        GUARD, {"when": FEVER, "unless": OLD}, {"age": 70}, (NO_MATCH, AGE_FACT, ())
    ),
    "a guard that is open": (
        GUARD, {"when": FEVER, "unless": OLD}, {}, (UNKNOWN, (), FEVER_FACT)
    ),
    "what always holds has no facts": (OFFER, {}, {}, (MATCH, (), ())),
}  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "values", "profile", "expected"), list(RULES.values()), ids=list(RULES)
)
def test_a_rule_is_traced_with_what_made_it_and_what_it_misses(
    rule: str, values: Data, profile: dict[str, Any], expected: Expected
) -> None:
    list_name, slug = rule.split("/")[-2:]
    guide = _guide(**{list_name: [make_rule(slug, **values)]})

    traced = _traced(guide, rule, **profile)

    assert (traced.verdict, traced.facts, traced.missing) == expected


def test_every_rule_is_traced_once_by_id_though_several_options_inherit_it() -> None:
    rules = {"avoid_when": [make_rule("b"), make_rule("a")]}
    treatments = [
        make_treatment("nsaids", **rules),
        make_treatment("ibuprofen", part_of="nsaids"),
        make_treatment("naproxen", part_of="nsaids"),
    ]
    options = [make_option(slug) for slug in ("nsaids", "ibuprofen", "naproxen")]
    topic = make_topic(
        options=options, failure_causes=["cause"], out_of_scope_when=[make_rule()]
    )
    guide = make_guide(
        {
            Kind.TREATMENTS: treatments,
            Kind.TOPICS: [topic],
            Kind.FAILURE_CAUSES: [
                make_cause(clues_for=[make_rule()], clues_against=[make_rule()])
            ],
        }
    )

    trace = explain(guide, make_profile()).trace

    assert [one.rule for one in trace] == [
        "failure-causes/cause/clues_against/rule",
        "failure-causes/cause/clues_for/rule",
        "topics/facet-joint-injection/out_of_scope_when/rule",
        "treatments/nsaids/avoid_when/a",
        "treatments/nsaids/avoid_when/b",
        "warning-signs/cauda-equina/rules/rule",
    ]


def test_facts_and_missing_stand_in_order() -> None:
    both = {"all": [FEVER, {"has": "bladder-change"}, OLD]}
    guide = _guide(recommend_when=[make_rule("offer", when=both)])

    told = _traced(guide, OFFER, age=70, has=["fever", "bladder-change"])

    in_order = ("field/age", "finding/bladder-change", "finding/fever")
    assert told.facts == in_order
    assert _traced(guide, OFFER).missing == in_order


def test_the_trace_agrees_with_every_reason_of_the_advice(shipped_guide: Guide) -> None:
    profile = make_profile(
        age=70, has=["leg-pain", "kidney-disease"], last_treatment={"relief": "none"}
    )

    advice = explain(shipped_guide, profile)

    traced = {one.rule: one for one in advice.trace}
    reasons: list[Reason] = [
        *(reason for sign in advice.urgency.signs for reason in sign.because),
        *(reason for one in advice.causes for reason in (*one.because, *one.against)),
        *(reason for one in advice.options for reason in (*one.cautions, *one.against)),
    ]
    assert len(reasons) > 5
    for reason in reasons:
        assert traced[reason.rule].verdict is MATCH
        assert traced[reason.rule].facts == reason.facts


def test_what_an_option_misses_is_missed_by_a_rule_in_the_trace(
    shipped_guide: Guide,
) -> None:
    advice = explain(shipped_guide, make_profile(age=70))

    missed = {fact for one in advice.trace for fact in one.missing}

    assert {fact for option in advice.options for fact in option.missing} <= missed


@pytest.mark.parametrize(
    ("profile", "region"),
    [({}, None), ({"has": ["saddle-numbness"]}, "uk"), ({"age": 70}, "uk")],
    ids=["nothing said", "an emergency", "in a region"],
)
def test_explaining_changes_nothing_but_adds_the_trace(
    profile: dict[str, Any], region: str | None
) -> None:
    guide = _guide(recommend_when=[make_rule("offer", when=OLD)])

    advice = recommend(guide, make_profile(**profile), region=region)
    explained = json.loads(
        write_json(explain(guide, make_profile(**profile), region=region))
    )

    assert explained.pop("trace")
    assert explained == json.loads(write_json(advice))
