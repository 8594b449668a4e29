"""What would change an option: the fewest answers that lift it highest."""

from typing import Any

import pytest

from app.engine.recommendation import WouldChange
from app.fields import Standing
from tests.engine.lifting import (
    ALWAYS,
    BLOCK,
    FOR_ALL,
    WALKED,
    guide_of,
    has,
    lift_of,
    old,
    when,
)
from tests.factories import make_rule

RECOMMENDED, CONSIDER = Standing.RECOMMENDED, Standing.CONSIDER
LONG_AND_BETTER = {"since_days": {"at_least": 15}, "trend": ["better"]}
FIRST_HOURS = {"last_treatment.first_hours_relief_percent": {"at_least": 80}}
Shape = tuple[dict[str, Any], dict[str, Any], dict[str, Any], Standing]
SHAPES: dict[str, Shape] = {
    "an open contraindication: not so": (
        {**FOR_ALL, "avoid_when": [has("fever")]}, {},
        {"has_not": ["fever"]}, RECOMMENDED,
    ),
    "an open reason to wait: not so": (
        {**FOR_ALL, "not_now_when": [has("fever")]}, {},
        {"has_not": ["fever"]}, RECOMMENDED,
    ),
    "a measure that is high enough": (
        {"recommend_when": [when(BLOCK)]}, {},
        {"measures": {"block-relief-percent": 80}}, RECOMMENDED,
    ),
    "a measure at the border that is low enough": (
        {**FOR_ALL, "not_now_when": [when(BLOCK)]}, {},
        {"measures": {"block-relief-percent": 79}}, RECOMMENDED,
    ),
    "a measure between two borders": (
        {"recommend_when": [
            when({"measures.block-relief-percent": {"at_least": 50, "at_most": 79}})
        ]},
        {}, {"measures": {"block-relief-percent": 50}}, RECOMMENDED,
    ),
    "a field that is at its border": (
        {"recommend_when": [when({"age": {"at_least": 65}})]}, {},
        {"age": 65}, RECOMMENDED,
    ),
    "a field never beyond what may be answered": (
        {**FOR_ALL, "avoid_when": [when({"pain.severity": {"at_most": 9}})]}, {},
        {"pain": {"severity": 10}}, RECOMMENDED,
    ),
    "a field in a group": (
        {"recommend_when": [when(FIRST_HOURS)]}, {"last_treatment": {"times": 1}},
        {"last_treatment": {"first_hours_relief_percent": 80}}, RECOMMENDED,
    ),
    "a word": (
        {"recommend_when": [when({"pain.trend": ["unchanged", "better"]})]}, {},
        {"pain": {"trend": "unchanged"}}, RECOMMENDED,
    ),
    "a word other than these": (
        {**FOR_ALL, "avoid_when": [when({"sex": ["female", "intersex"]})]}, {},
        {"sex": "male"}, RECOMMENDED,
    ),
    "something was tried, and how it went": (
        {"recommend_when": [when(WALKED)]}, {},
        {"tried": {"walking": "no-help"}}, RECOMMENDED,
    ),
    "something was tried, and went otherwise": (
        {**FOR_ALL, "avoid_when": [when(WALKED)]}, {"tried": {"nsaids": "worse"}},
        {"tried": {"walking": "helped"}}, RECOMMENDED,
    ),
    "a finding that must be present": (
        {"recommend_when": [has("fever")]}, {}, {"has": ["fever"]}, RECOMMENDED
    ),
    "a finding that must not be there, inside a not": (
        {**FOR_ALL, "avoid_when": [when({"not": {"has": "fever"}})]}, {},
        {"has": ["fever"]}, RECOMMENDED,
    ),
    "since when, and how it changes": (
        {"recommend_when": [when(old("fever", **LONG_AND_BETTER))]},
        {"has": ["fever"]},
        {"has": [{"finding": "fever", "since_days": 15, "trend": "better"}]},
        RECOMMENDED,
    ),
    "one of the two qualifiers": (
        {"recommend_when": [when(old("fever", **LONG_AND_BETTER))]},
        {"has": [{"finding": "fever", "since_days": 20}]},
        {"has": [{"finding": "fever", "trend": "better"}]},
        RECOMMENDED,
    ),
    "one qualifier that closes a guard": (
        {**FOR_ALL, "avoid_when": [when(old("fever", **LONG_AND_BETTER))]},
        {"has": ["fever"]},
        {"has": [{"finding": "fever", "since_days": 14}]},
        RECOMMENDED,
    ),
    "what calls a contraindication off": (
        {**FOR_ALL, "avoid_when": [has("fever", unless={"has": "cough"})]},
        {"has": ["fever"]}, {"has": ["cough"]}, RECOMMENDED,
    ),
    "what calls a reason to wait off": (
        {**FOR_ALL, "not_now_when": [has("fever", unless=old("fever", since_days=3))]},
        {"has": ["fever"]},
        {"has": [{"finding": "fever", "since_days": 3}]}, RECOMMENDED,
    ),
    "what calls off a caution that must be asked about": (
        {**FOR_ALL,
         "caution_when": [has("fever", unless={"has": "cough"}, ask_first=True)]},
        {"has": ["fever"]}, {"has": ["cough"]}, RECOMMENDED,
    ),
    "an offer that is not called off": (
        {"recommend_when": [make_rule(unless={"has": "fever"})]}, {},
        {"has_not": ["fever"]}, RECOMMENDED,
    ),
    "from not now to consider": (
        {"consider_when": [has("fever")]}, {}, {"has": ["fever"]}, CONSIDER
    ),
    "to consider, though a contraindication stays open": (
        {"recommend_when": [has("fever")], "avoid_when": [has("cough")]},
        {"not_sure": ["cough"]}, {"has": ["fever"]}, CONSIDER,
    ),
    "to consider, though what calls the offer off stays open": (
        {"recommend_when": [has("fever", unless={"has": "cough"})]},
        {"not_sure": ["cough"]}, {"has": ["fever"]}, CONSIDER,
    ),
    "from consider to recommended": (
        {"consider_when": [ALWAYS], "recommend_when": [has("fever")]}, {},
        {"has": ["fever"]}, RECOMMENDED,
    ),
    "the highest standing before the fewest questions": (
        {"consider_when": [has("fever")],
         "recommend_when": [when({"all": [{"has": "cough"}, {"age": 58}]})]},
        {}, {"has": ["cough"], "age": 58}, RECOMMENDED,
    ),
    "the fewest questions of several ways": (
        {"recommend_when": [
            when({"any": [{"all": [{"has": "fever"}, {"age": 58}]}, {"has": "cough"}]})
        ]},
        {}, {"has": ["cough"]}, RECOMMENDED,
    ),
    "all of a screen in one question": (
        {**FOR_ALL, "avoid_when": [
            has(one) for one in ("saddle-numbness", "bladder-change", "fever", "cough")
        ]},
        {},
        {"has_not": ["bladder-change", "cough", "fever", "saddle-numbness"]},
        RECOMMENDED,
    ),
    "one answer that implies the other": (
        {**FOR_ALL, "avoid_when": [has("foot-drop"), has("leg-weakness")]}, {},
        {"has_not": ["leg-weakness"]}, RECOMMENDED,
    ),
    "the narrower finding that both offers need": (
        {"recommend_when": [
            when({"all": [{"has": "foot-drop"}, {"has": "leg-weakness"}]})
        ]},
        {}, {"has": ["foot-drop"]}, RECOMMENDED,
    ),
    "a whole that was not tried, nor its part": (
        {"recommend_when": [
            when({"all": [
                {"tried": {"treatment": one, "outcome": "not-tried"}}
                for one in ("ibuprofen", "nsaids")
            ]})
        ]},
        {}, {"tried": {"nsaids": "not-tried"}}, RECOMMENDED,
    ),
    "a part that was tried, and so the whole": (
        {"recommend_when": [
            when({"all": [
                {"tried": {"treatment": one, "outcome": "worse"}}
                for one in ("ibuprofen", "nsaids")
            ]})
        ]},
        {}, {"tried": {"ibuprofen": "worse"}}, RECOMMENDED,
    ),
    "an age at which the finding cannot be": (
        {"recommend_when": [when({"age": {"at_least": 70}})],
         "avoid_when": [has("pregnancy")]},
        {}, {"age": 70}, RECOMMENDED,
    ),
    "another answer where the plainest would not do": (
        {"recommend_when": [when({"pain.trend": ["worse", "better"]})],
         "avoid_when": [
             when({"all": [{"pain.trend": "worse"}, {"age": {"at_least": 9}}]})
         ]},
        {"age": 58}, {"pain": {"trend": "better"}}, RECOMMENDED,
    ),
    "an answer that does not contradict what was said": (
        {"recommend_when": [
            when({"last_treatment.relief_percent": {"at_most": 1}})
        ]},
        {"last_treatment": {"relief": "brief"}},
        {"last_treatment": {"relief_percent": 1}}, RECOMMENDED,
    ),
}  # fmt: skip


@pytest.mark.parametrize(
    ("rules", "profile", "answers", "standing"), list(SHAPES.values()), ids=list(SHAPES)
)
def test_the_fewest_answers_that_lift_it_highest(
    rules: dict[str, Any],
    profile: dict[str, Any],
    answers: dict[str, Any],
    standing: Standing,
) -> None:
    lift = lift_of(guide_of(**rules), **profile)

    assert lift == WouldChange(answers=answers, standing=standing)
