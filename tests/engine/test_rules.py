"""Guards stand unless they are called off; offers need certainty."""

from dataclasses import asdict
from typing import Any

import pytest

from app.engine.guide import Guide, Rules
from app.engine.read_profile import read_profile
from app.engine.rules import Ruling, rule_on
from app.engine.verdicts import Verdict
from app.fields import Kind
from tests.factories import (
    make_cause,
    make_guide,
    make_option,
    make_profile,
    make_rule,
    make_sign,
    make_topic,
    make_treatment,
)

NO, UNKNOWN, YES = Verdict.NO_MATCH, Verdict.UNKNOWN, Verdict.MATCH
RULE = make_rule(when={"has": "fever"}, unless={"has": "leg-weakness"})
GUIDE = make_guide(
    {
        Kind.WARNING_SIGNS: [make_sign("cauda-equina", rules=[RULE])],
        Kind.TREATMENTS: [make_treatment(avoid_when=[RULE], caution_when=[RULE])],
        Kind.FAILURE_CAUSES: [make_cause(clues_for=[RULE], clues_against=[RULE])],
        Kind.TOPICS: [
            make_topic(
                failure_causes=["cause"],
                out_of_scope_when=[RULE],
                options=[
                    make_option(
                        recommend_when=[RULE],
                        consider_when=[RULE],
                        not_now_when=[RULE],
                    )
                ],
            )
        ],
    }
)


def _lists(guide: Guide) -> dict[str, Rules]:
    [option], [cause], [sign] = guide.options, guide.causes, guide.signs
    return {
        "rules": sign.rules,
        "avoid_when": option.avoid_when,
        "caution_when": option.caution_when,
        "not_now_when": option.not_now_when,
        "out_of_scope_when": guide.out_of_scope_when,
        "recommend_when": option.recommend_when,
        "consider_when": option.consider_when,
        "clues_for": cause.clues_for,
        "clues_against": cause.clues_against,
    }


LISTS = _lists(GUIDE)
GUARDS = ("rules", "avoid_when", "caution_when", "not_now_when", "out_of_scope_when")
OFFERS = ("recommend_when", "consider_when", "clues_for", "clues_against")
ANSWERS: dict[Verdict, str | None] = {YES: "has", NO: "has_not", UNKNOWN: None}


def _rule(list_name: str, when: Verdict, unless: Verdict) -> Ruling:
    profile: dict[str, Any] = {"has": [], "has_not": []}
    for slug, verdict in (("fever", when), ("leg-weakness", unless)):
        if place := ANSWERS[verdict]:
            profile[place].append(slug)
    answers, _ = read_profile(make_profile(**profile), GUIDE.vocabulary)
    [rule] = LISTS[list_name]
    return rule_on(rule, answers)


COMBINATIONS = [
    (YES, YES, NO, NO),
    (YES, UNKNOWN, YES, UNKNOWN),
    (YES, NO, YES, YES),
    (UNKNOWN, YES, NO, NO),
    (UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN),
    (UNKNOWN, NO, UNKNOWN, UNKNOWN),
    (NO, YES, NO, NO),
    (NO, UNKNOWN, NO, NO),
    (NO, NO, NO, NO),
]
EVERY_COMBINATION = pytest.mark.parametrize(
    ("when", "unless", "guard", "offer"),
    COMBINATIONS,
    ids=[f"when {one.name}, unless {other.name}" for one, other, _, _ in COMBINATIONS],
)


@EVERY_COMBINATION
@pytest.mark.parametrize("list_name", GUARDS)
def test_an_unknown_unless_does_not_call_off_a_guard(
    list_name: str, when: Verdict, unless: Verdict, guard: Verdict, offer: Verdict
) -> None:
    assert _rule(list_name, when, unless).verdict is guard


@EVERY_COMBINATION
@pytest.mark.parametrize("list_name", OFFERS)
def test_an_unknown_unless_leaves_an_offer_unknown(
    list_name: str, when: Verdict, unless: Verdict, guard: Verdict, offer: Verdict
) -> None:
    assert _rule(list_name, when, unless).verdict is offer


FEVER, WEAKNESS = "finding/fever", "finding/leg-weakness"
FACTS: dict[str, tuple[str, Verdict, Verdict, set[str], set[str]]] = {
    "a guard that stands": ("avoid_when", YES, NO, {FEVER}, set()),
    "a guard that may be called off": (
        "avoid_when", YES, UNKNOWN, {FEVER}, {WEAKNESS}
    ),
    "a guard that is called off": ("avoid_when", YES, YES, {WEAKNESS}, set()),
    "a guard that is open": ("avoid_when", UNKNOWN, UNKNOWN, set(), {FEVER}),
    "a guard that does not match": ("avoid_when", NO, UNKNOWN, {FEVER}, set()),
    "an offer that stands": ("recommend_when", YES, NO, {FEVER, WEAKNESS}, set()),
    "an offer that may be called off": (
        "recommend_when", YES, UNKNOWN, {FEVER}, {WEAKNESS}
    ),
    "an offer that is open": (
        "recommend_when", UNKNOWN, UNKNOWN, set(), {FEVER, WEAKNESS}
    ),
    "an offer that is half open": ("recommend_when", UNKNOWN, NO, set(), {FEVER}),
    "an offer that is called off": ("recommend_when", YES, YES, {WEAKNESS}, set()),
    "an offer that does not match": ("recommend_when", NO, UNKNOWN, {FEVER}, set()),
}  # fmt: skip


@pytest.mark.parametrize(
    ("list_name", "when", "unless", "facts", "missing"),
    list(FACTS.values()),
    ids=list(FACTS),
)
def test_a_ruling_names_what_made_it_and_what_could_change_it(
    list_name: str, when: Verdict, unless: Verdict, facts: set[str], missing: set[str]
) -> None:
    ruling = _rule(list_name, when, unless)

    assert ruling.facts == facts
    assert ruling.missing == missing


@pytest.mark.parametrize(
    ("when", "unless", "fits"),
    [
        (YES, NO, True),
        (YES, UNKNOWN, True),
        (YES, YES, False),
        (UNKNOWN, NO, False),
        (NO, NO, False),
    ],
    ids=[
        "it matches",
        "it may be called off",
        "it is called off",
        "it is open",
        "it does not match",
    ],
)
def test_an_offer_fits_while_nothing_has_called_it_off(
    when: Verdict, unless: Verdict, *, fits: bool
) -> None:
    assert _rule("recommend_when", when, unless).fits is fits


def test_the_reason_of_a_rule_has_its_public_id_text_facts_and_sources() -> None:
    reason = _rule("avoid_when", YES, NO).reason

    assert asdict(reason) == {
        "rule": "treatments/walking/avoid_when/rule",
        "text": "Because of rule.",
        "facts": ("finding/fever",),
        "sources": ("cohen-2020",),
    }
