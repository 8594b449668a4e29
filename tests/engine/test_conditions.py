"""Three-valued conditions, operator by operator."""

from typing import Any

import pytest

from app.engine.answers import Answers
from app.engine.read_profile import read_profile
from app.engine.rules import rule_on
from app.engine.verdicts import Verdict, judge
from app.fields import Kind
from app.library.condition_syntax import parse_condition
from app.library.vocabulary import Vocabulary
from tests.factories import (
    make_bundle,
    make_finding,
    make_guide,
    make_profile,
    make_rule,
    make_sign,
    make_treatment,
)

VOCABULARY = Vocabulary.of(
    make_bundle(
        {
            Kind.FINDINGS: [make_finding("cannot-walk", implies=["foot-drop"])],
            Kind.TREATMENTS: [
                make_treatment("medicines"),
                make_treatment("nsaids", part_of="medicines"),
                make_treatment("ibuprofen", part_of="nsaids"),
                make_treatment("naproxen", part_of="nsaids"),
            ],
        }
    )
)
NO, UNKNOWN, YES = Verdict.NO_MATCH, Verdict.UNKNOWN, Verdict.MATCH
FOR_YES, FOR_NO, FOR_UNKNOWN = (
    {"has": "fever"}, {"has": "pregnancy"}, {"has": "kidney-disease"}
)  # fmt: skip
LEAF = {YES: FOR_YES, NO: FOR_NO, UNKNOWN: FOR_UNKNOWN}
ONE_OF_EACH = {"has": ["fever"], "has_not": ["pregnancy"]}


def _read(**profile: Any) -> Answers:
    return read_profile(make_profile(**profile), VOCABULARY)[0]


def _judge(condition: dict[str, Any], **profile: Any) -> Verdict:
    return judge(parse_condition(condition), _read(**profile)).verdict


PAIRS = [
    (NO, NO, NO, NO),
    (NO, UNKNOWN, NO, UNKNOWN),
    (NO, YES, NO, YES),
    (UNKNOWN, NO, NO, UNKNOWN),
    (UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN),
    (UNKNOWN, YES, UNKNOWN, YES),
    (YES, NO, NO, YES),
    (YES, UNKNOWN, UNKNOWN, YES),
    (YES, YES, YES, YES),
]


@pytest.mark.parametrize(
    ("one", "other", "both", "either"),
    PAIRS,
    ids=[f"{one.name} and {other.name}" for one, other, _, _ in PAIRS],
)
def test_all_is_the_minimum_and_any_the_maximum(
    one: Verdict, other: Verdict, both: Verdict, either: Verdict
) -> None:
    parts = [LEAF[one], LEAF[other]]

    assert _judge({"all": parts}, **ONE_OF_EACH) is both
    assert _judge({"any": parts}, **ONE_OF_EACH) is either


@pytest.mark.parametrize(
    ("part", "turned"), [(NO, YES), (UNKNOWN, UNKNOWN), (YES, NO)], ids=str
)
def test_not_turns_round_and_leaves_unknown(part: Verdict, turned: Verdict) -> None:
    assert _judge({"not": LEAF[part]}, **ONE_OF_EACH) is turned


def test_always_matches() -> None:
    assert _judge({"always": True}) is YES


OLD = {"finding": "fever", "since_days": {"at_least": 15}}
CALM = {"finding": "fever", "trend": ["unchanged", "better"]}
OLD_AND_CALM = {**OLD, **CALM}
HAS: dict[str, tuple[object, dict[str, Any], Verdict]] = {
    "present": ("fever", {"has": ["fever"]}, YES),
    "absent": ("fever", {"has_not": ["fever"]}, NO),
    "not asked": ("fever", {}, UNKNOWN),
    "not sure": ("fever", {"not_sure": ["fever"]}, UNKNOWN),
    "absent, whatever the days": (OLD, {"has_not": ["fever"]}, NO),
    "not asked, whatever the days": (OLD, {}, UNKNOWN),
    "present, the days not given": (OLD, {"has": ["fever"]}, UNKNOWN),
    "present, the days not sure": (
        OLD, {"has": ["fever"], "not_sure": ["fever.since_days"]}, UNKNOWN
    ),
    "just long enough": (OLD, {"has": [{"finding": "fever", "since_days": 15}]}, YES),
    "not long enough": (OLD, {"has": [{"finding": "fever", "since_days": 14.9}]}, NO),
    "the trend not given": (CALM, {"has": ["fever"]}, UNKNOWN),
    "the right trend": (CALM, {"has": [{"finding": "fever", "trend": "better"}]}, YES),
    "the wrong trend": (CALM, {"has": [{"finding": "fever", "trend": "worse"}]}, NO),
    "old and calm": (
        OLD_AND_CALM,
        {"has": [{"finding": "fever", "since_days": 700, "trend": "unchanged"}]},
        YES,
    ),
    "old, the trend not given": (
        OLD_AND_CALM, {"has": [{"finding": "fever", "since_days": 700}]}, UNKNOWN
    ),
    "new, the trend not given": (
        OLD_AND_CALM, {"has": [{"finding": "fever", "since_days": 2}]}, NO
    ),
    "told in two ways": (
        OLD,
        {"has": [{"finding": "fever", "since_days": day} for day in (2, 700)]},
        UNKNOWN,
    ),
    "present by what implies it": ("leg-weakness", {"has": ["cannot-walk"]}, YES),
    "absent by what it implies": ("cannot-walk", {"has_not": ["leg-weakness"]}, NO),
}  # fmt: skip


@pytest.mark.parametrize(
    ("has", "profile", "verdict"), list(HAS.values()), ids=list(HAS)
)
def test_has(has: object, profile: dict[str, Any], verdict: Verdict) -> None:
    assert _judge({"has": has}, **profile) is verdict


READ_AS_PRESENT: dict[str, tuple[dict[str, Any], Verdict]] = {
    "a finding": ({"has": "fever"}, YES),
    "a finding among others": ({"all": [{"has": "fever"}, FOR_UNKNOWN]}, UNKNOWN),
    "one of many": ({"any": [FOR_NO, {"has": "fever"}]}, YES),
    "with a qualifier": ({"has": OLD}, UNKNOWN),
    "inside a not": ({"not": {"has": "fever"}}, UNKNOWN),
    "inside a not that is turned round": ({"not": {"not": {"has": "fever"}}}, UNKNOWN),
}


@pytest.mark.parametrize(
    ("condition", "verdict"), list(READ_AS_PRESENT.values()), ids=list(READ_AS_PRESENT)
)
def test_a_sign_reads_not_sure_as_present_but_never_inside_a_not(
    condition: dict[str, Any], verdict: Verdict
) -> None:
    answers = _read(not_sure=["fever"], has_not=["pregnancy"])

    judged = judge(parse_condition(condition), answers, unsure_is_present=True)

    assert judged.verdict is verdict


def test_a_sign_never_reads_not_sure_as_present_inside_its_unless() -> None:
    rule = make_rule(when={"has": "fever"}, unless={"has": "leg-weakness"})
    guide = make_guide({Kind.WARNING_SIGNS: [make_sign("fever", rules=[rule])]})
    [compiled] = [one for sign in guide.signs[1:] for one in sign.rules]

    ruling = rule_on(compiled, _read(has=["fever"], not_sure=["leg-weakness"]))

    assert ruling.verdict is YES


HELPED = {"treatment": "nsaids", "outcome": ["helped", "partly"]}
NOT_TRIED = {"treatment": "nsaids", "outcome": "not-tried"}
TRIED: dict[str, tuple[dict[str, Any], dict[str, str], Verdict]] = {
    "not told": (HELPED, {}, UNKNOWN),
    "it helped": (HELPED, {"nsaids": "helped"}, YES),
    "it did not help": (HELPED, {"nsaids": "no-help"}, NO),
    "not sure": (HELPED, {"nsaids": "unsure"}, UNKNOWN),
    "not tried": (HELPED, {"nsaids": "not-tried"}, NO),
    "not tried, as asked": (NOT_TRIED, {"nsaids": "not-tried"}, YES),
    "a part of it helped": (HELPED, {"ibuprofen": "helped"}, YES),
    "a part of it did not help": (HELPED, {"ibuprofen": "no-help"}, UNKNOWN),
    "one part helped, one did not": (
        HELPED, {"ibuprofen": "no-help", "naproxen": "partly"}, YES
    ),
    "a part of it not sure": (HELPED, {"ibuprofen": "unsure"}, UNKNOWN),
    "a part of it not tried": (NOT_TRIED, {"ibuprofen": "not-tried"}, UNKNOWN),
    "a part of it did what itself did not": (
        HELPED, {"nsaids": "no-help", "ibuprofen": "helped"}, YES
    ),
    "neither itself nor a part of it": (
        HELPED, {"nsaids": "no-help", "ibuprofen": "worse"}, NO
    ),
    "what it is part of not tried": (NOT_TRIED, {"medicines": "not-tried"}, YES),
    "what it is part of helped": (HELPED, {"medicines": "helped"}, UNKNOWN),
    "not tried, but a part of it": (
        NOT_TRIED, {"nsaids": "not-tried", "ibuprofen": "helped"}, UNKNOWN
    ),
}  # fmt: skip


@pytest.mark.parametrize(
    ("condition", "tried", "verdict"), list(TRIED.values()), ids=list(TRIED)
)
def test_tried(
    condition: dict[str, Any], tried: dict[str, str], verdict: Verdict
) -> None:
    assert _judge({"tried": condition}, tried=tried) is verdict


RELIEF = "last_treatment.relief"
PERCENT = "measures.block-relief-percent"
COMPARED: dict[str, tuple[dict[str, Any], dict[str, Any], Verdict]] = {
    "a field that was not given": ({"age": 58}, {}, UNKNOWN),
    "a field that is not sure": ({"age": 58}, {"not_sure": ["age"]}, UNKNOWN),
    "the same value": ({"age": 58}, {"age": 58}, YES),
    "another value": ({"age": 58}, {"age": 59}, NO),
    "one of many values": ({"age": [57, 58]}, {"age": 58}, YES),
    "the lower bound": ({"age": {"at_least": 58}}, {"age": 58}, YES),
    "below the lower bound": ({"age": {"at_least": 58}}, {"age": 57}, NO),
    "the upper bound": ({"age": {"at_most": 58}}, {"age": 58}, YES),
    "above the upper bound": ({"age": {"at_most": 58}}, {"age": 59}, NO),
    "zero": ({"age": {"at_most": 58}}, {"age": 0}, YES),
    "a word": ({"sex": ["female", "intersex"]}, {"sex": "intersex"}, YES),
    "another word": ({"sex": "female"}, {"sex": "male"}, NO),
    "a measure": ({PERCENT: {"at_least": 80}}, {"measures": {PERCENT[9:]: 80}}, YES),
    "a measure that is not sure": ({PERCENT: 80}, {"not_sure": [PERCENT]}, UNKNOWN),
    "relief that is not sure": (
        {RELIEF: "brief"}, {"last_treatment": {"relief": "unsure"}}, UNKNOWN
    ),
    "relief that is not sure, as asked": (
        {RELIEF: ["none", "unsure"]}, {"last_treatment": {"relief": "unsure"}}, YES
    ),
    "a word of relief": (
        {RELIEF: "brief"}, {"last_treatment": {"relief": "none"}}, NO
    ),
}  # fmt: skip


@pytest.mark.parametrize(
    ("condition", "profile", "verdict"), list(COMPARED.values()), ids=list(COMPARED)
)
def test_compare(
    condition: dict[str, Any], profile: dict[str, Any], verdict: Verdict
) -> None:
    assert _judge(condition, **profile) is verdict
