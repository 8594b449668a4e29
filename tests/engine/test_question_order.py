"""Which question comes first: what may settle an emergency that was hinted at."""

from collections.abc import Sequence
from typing import Any

import pytest

from app.engine.guide import Guide
from app.fields import Kind, Urgency
from tests.factories import (
    Data,
    advise,
    make_finding,
    make_guide,
    make_option,
    make_rule,
    make_sign,
    make_topic,
    make_treatment,
)


def _both(*findings: str) -> Data:
    slug = "-and-".join(findings)
    return make_rule(slug, when={"all": [{"has": one} for one in findings]})


def _sign(slug: str, *rules: Data, urgency: str = "emergency") -> Data:
    return make_sign(slug, urgency=urgency, rules=list(rules))


def _guide(*signs: Data, scope: Sequence[Data] = ()) -> Guide:
    options = [
        make_option("walking", recommend_when=[make_rule()]),
        make_option("running", recommend_when=[make_rule()]),
    ]
    return make_guide(
        {
            Kind.WARNING_SIGNS: [
                _sign("cauda-equina", _both("saddle-numbness")),
                *signs,
            ],
            Kind.TOPICS: [make_topic(options=options, out_of_scope_when=scope)],
            Kind.TREATMENTS: [make_treatment("running")],
            Kind.FINDINGS: [make_finding("cough"), make_finding("chills")],
        }
    )


def _asked(guide: Guide, **profile: Any) -> list[str]:
    return [question.slug for question in advise(guide, **profile).ask_next]


INFECTED = _sign("infected", _both("fever", "cough"))
FIRST: dict[str, tuple[Data, dict[str, Any], list[str]]] = {
    "a symptom that was reported": (INFECTED, {"has": ["fever"]}, ["cough", "nerves"]),
    "a symptom that another one implies": (
        _sign("infected", _both("leg-weakness", "cough")),
        {"has": ["foot-drop"]},
        ["cough", "nerves"],
    ),
    "nothing reported": (INFECTED, {}, ["nerves", "cough", "fever"]),
    "a symptom that is not sure": (
        _sign("infected", make_rule(when={"not": _both("fever", "cough")["when"]})),
        {"not_sure": ["fever"]},
        ["nerves", "cough"],
    ),
    "a condition that was reported": (
        _sign("infected", _both("kidney-disease", "cough"), _both("chills")),
        {"has": ["kidney-disease"]},
        ["chills", "cough", "nerves"],
    ),
    "a symptom, where one answer settles nothing": (
        _sign("infected", _both("fever", "cough", "chills")),
        {"has": ["fever"]},
        ["nerves", "chills", "cough"],
    ),
    "a symptom of a sign that is less pressing": (
        _sign("infected", _both("fever", "cough"), urgency="urgent"),
        {"has": ["fever"]},
        ["nerves", "cough"],
    ),
    "more rules about reported symptoms": (
        _sign(
            "infected",
            _both("fever", "cough"),
            _both("fever", "chills"),
            _both("leg-weakness", "chills"),
        ),
        {"has": ["fever", "leg-weakness"]},
        ["chills", "cough", "nerves"],
    ),
}


@pytest.mark.parametrize(
    ("sign", "profile", "asked"), list(FIRST.values()), ids=list(FIRST)
)
def test_what_comes_first_with(
    sign: Data, profile: dict[str, Any], asked: list[str]
) -> None:
    assert _asked(_guide(sign), **profile) == asked


def test_a_reported_symptom_comes_before_more_rules_that_an_answer_settles() -> None:
    chills = _sign("a", _both("chills"), make_rule(when={"has": "chills"}))

    asked = _asked(_guide(chills, INFECTED), has=["fever"])

    assert asked == ["cough", "chills", "nerves"]


SCOPE = [make_rule("too-young", when={"age": {"at_most": 17}})]


def test_the_scope_is_asked_though_no_option_misses_it() -> None:
    advice = advise(_guide(scope=SCOPE), has_not=["saddle-numbness"])

    [question] = advice.ask_next
    assert question.asks == ("field/age",)
    assert question.could_reveal is None
    assert question.decides == ("running", "walking")
    assert question.because == "It helps to decide what fits you."
    assert [option.missing for option in advice.options] == [(), ()]


def test_what_could_call_the_scope_off_is_asked() -> None:
    scope = [{**SCOPE[0], "unless": {"has": "chills"}}]

    asked = _asked(_guide(scope=scope), age=17, has_not=["saddle-numbness"])

    assert asked == ["chills"]


@pytest.mark.parametrize(
    "profile",
    [{"age": 17}, {"age": 58}, {"not_sure": ["age"]}],
    ids=["out of scope", "in scope", "not sure"],
)
def test_a_scope_that_is_answered_is_not_asked_again(profile: dict[str, Any]) -> None:
    assert _asked(_guide(scope=SCOPE), has_not=["saddle-numbness"], **profile) == []


def test_under_an_urgent_sign_the_scope_is_not_asked() -> None:
    guide = _guide(_sign("hot", _both("fever"), urgency="urgent"), scope=SCOPE)

    [question] = advise(guide, has=["fever"]).ask_next

    assert question.could_reveal is Urgency.EMERGENCY
