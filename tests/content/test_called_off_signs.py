"""What calls a sign off must be old: a trend alone proves nothing."""

import pytest

from app.content.checks import check_bundle
from app.content.rule_checks import ACUTE_DAYS
from app.fields import Kind
from tests.factories import Data, make_bundle, make_rule, make_sign, make_treatment

SADDLE = {"has": "saddle-numbness"}
OLD = {
    "has": {
        "finding": "saddle-numbness",
        "since_days": {"at_least": ACUTE_DAYS},
        "trend": ["unchanged", "better"],
    }
}
WORSE = {"pain.trend": "worse"}
NAMED = [
    {"slug": "calm", "description": "No worse.", "when": {"pain.trend": "better"}},
    {"slug": "not-old", "description": "Not old.", "when": {"not": OLD}},
]
PAIN_TREND = "A sign is not called off by the pain's trend."
TURNED = "A sign is not called off by a trend that is not."


def faults_of(unless: Data) -> list[tuple[str, str]]:
    rule = make_rule(when=SADDLE, unless=unless)
    signs = [make_sign(rules=[rule])]
    bundle = make_bundle({Kind.WARNING_SIGNS: signs, Kind.CONDITIONS: NAMED})
    return [(fault.pointer, fault.detail) for fault in check_bundle(bundle)]


@pytest.mark.parametrize(
    "unless",
    [
        pytest.param({"pain.trend": "better"}, id="at the top"),
        pytest.param({"all": [WORSE, OLD]}, id="beside what is old"),
        pytest.param({"not": WORSE}, id="inside a not"),
        pytest.param({"is": "calm"}, id="behind a name"),
    ],
)
def test_the_trend_of_the_pain_calls_off_no_sign(unless: Data) -> None:
    assert faults_of(unless) == [("/rules/0/unless", PAIN_TREND)]


@pytest.mark.parametrize(
    "unless",
    [
        pytest.param({"not": OLD}, id="one not"),
        pytest.param({"not": {"not": {"not": OLD}}}, id="three nots"),
        pytest.param({"not": {"all": [{"age": 3}, OLD]}}, id="a not further out"),
        pytest.param({"is": "not-old"}, id="a not behind a name"),
        pytest.param({"not": {"any": [{"not": {"age": 3}}, OLD]}}, id="a not beside"),
    ],
)
def test_a_trend_that_is_not_calls_off_no_sign(unless: Data) -> None:
    assert faults_of(unless) == [("/rules/0/unless", TURNED)]


@pytest.mark.parametrize(
    "unless",
    [
        pytest.param(OLD, id="without a not"),
        pytest.param({"not": {"not": OLD}}, id="under two nots"),
        pytest.param({"not": {"is": "not-old"}}, id="under a not and a named one"),
        pytest.param({"all": [{"not": {"age": 3}}, OLD]}, id="beside a not"),
    ],
)
def test_an_old_change_that_is_no_worse_may_call_off_a_sign(unless: Data) -> None:
    assert faults_of(unless) == []


def test_an_acute_change_under_two_nots_calls_off_no_sign() -> None:
    new = {"has": {"finding": "saddle-numbness", "trend": "better"}}

    [(_, detail)] = faults_of({"not": {"not": new}})

    assert detail.endswith(f"at_least {ACUTE_DAYS}.")


def test_the_trend_of_the_pain_may_call_off_a_guard_that_is_no_sign() -> None:
    rule = make_rule(when=SADDLE, unless={"not": WORSE})
    treatment = make_treatment(avoid_when=[rule])

    assert check_bundle(make_bundle({Kind.TREATMENTS: [treatment]})) == []


@pytest.mark.parametrize(
    "when",
    [
        pytest.param(
            {"not": {"all": [{"not": SADDLE}, {"not": {"has": "fever"}}]}},
            id="not all not",
        ),
        pytest.param(
            {"not": {"not": {"any": [SADDLE, {"has": "fever"}]}}}, id="under two nots"
        ),
    ],
)
def test_any_in_other_words_may_not_stand_beside_the_unless_of_a_sign(
    when: Data,
) -> None:
    sign = make_sign(rules=[make_rule(when=when, unless={"age": 3})])

    [fault] = check_bundle(make_bundle({Kind.WARNING_SIGNS: [sign]}))

    assert fault.pointer == "/rules/0/when"
    assert fault.detail.endswith("Split the rule.")
