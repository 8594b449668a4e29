"""Warning signs first, as the example of design §3 has them."""

from typing import Any

import pytest

from app.engine.recommendation import UrgencyAnswer
from app.fields import Kind, Urgency
from tests.factories import advise, make_guide, make_rule, make_sign, make_topic


def _rule(finding: str) -> dict[str, Any]:
    old = {"finding": finding, "since_days": {"at_least": 15}}
    unless = {"has": {**old, "trend": ["unchanged", "better"]}}
    return make_rule(finding, when={"has": finding}, unless=unless)


GUIDE = make_guide(
    {
        Kind.WARNING_SIGNS: [
            make_sign(
                "cauda-equina",
                rules=[_rule("saddle-numbness"), _rule("bladder-change")],
            ),
            make_sign(
                "weakness",
                urgency="soon",
                rules=[make_rule(when={"has": "leg-weakness"})],
            ),
            make_sign(
                "infection",
                urgency="urgent",
                rules=[
                    make_rule(when={"all": [{"has": "fever"}, {"pain.trend": "worse"}]})
                ],
            ),
        ]
    }
)
NO_SIGN = {
    "has_not": ["saddle-numbness", "bladder-change", "leg-weakness", "fever"]
}  # fmt: skip
EMERGENCY, URGENT, SOON, ROUTINE = Urgency
KNEE = make_topic("knee-pain")


def _urgency(**profile: Any) -> UrgencyAnswer:
    return advise(GUIDE, **profile).urgency


def _numb(**qualifiers: Any) -> dict[str, Any]:
    return {"finding": "saddle-numbness", **qualifiers}


OLD = _numb(since_days=700, trend="unchanged")
LEVELS: dict[str, tuple[dict[str, Any], Urgency, Urgency]] = {
    "nothing told": ({}, ROUTINE, EMERGENCY),
    "no sign at all": (NO_SIGN, ROUTINE, ROUTINE),
    "numb, nothing more told": ({"has": ["saddle-numbness"]}, EMERGENCY, EMERGENCY),
    "numb, not sure": ({"not_sure": ["saddle-numbness"]}, EMERGENCY, EMERGENCY),
    "numb for 2 days, unchanged": (
        {"has": [_numb(since_days=2, trend="unchanged")]}, EMERGENCY, EMERGENCY
    ),
    "numb, unchanged, since when not told": (
        {"has": [_numb(trend="unchanged")]}, EMERGENCY, EMERGENCY
    ),
    "numb for 700 days, the trend not told": (
        {"has": [_numb(since_days=700)]}, EMERGENCY, EMERGENCY
    ),
    "numb for 700 days, the trend not sure": (
        {"has": [_numb(since_days=700)], "not_sure": ["saddle-numbness.trend"]},
        EMERGENCY,
        EMERGENCY,
    ),
    "numb for 700 days, worse": (
        {"has": [_numb(since_days=700, trend="worse")]}, EMERGENCY, EMERGENCY
    ),
    "numb for 14 days, unchanged": (
        {"has": [_numb(since_days=14, trend="unchanged")]}, EMERGENCY, EMERGENCY
    ),
    "numb for 15 days, unchanged": (
        {"has": [_numb(since_days=15, trend="unchanged")]}, ROUTINE, EMERGENCY
    ),
    "numb for 700 days, unchanged": ({"has": [OLD]}, ROUTINE, EMERGENCY),
    "long numb, and no bladder change": (
        {"has": [OLD], "has_not": ["bladder-change", "leg-weakness", "fever"]},
        ROUTINE,
        ROUTINE,
    ),
    "long numb, and a bladder change": (
        {"has": [OLD, "bladder-change"]}, EMERGENCY, EMERGENCY
    ),
    "long numb, and not sure of a bladder change": (
        {"has": [OLD], "not_sure": ["bladder-change"]}, EMERGENCY, EMERGENCY
    ),
    "weak, the rest not told": ({"has": ["leg-weakness"]}, SOON, EMERGENCY),
    "weak through a foot drop": ({"has": ["foot-drop"]}, SOON, EMERGENCY),
    "a fever, the trend of the pain not told": (
        {"has": ["fever"], "has_not": ["saddle-numbness", "bladder-change"]},
        ROUTINE,
        URGENT,
    ),
    "a fever that may be, with worse pain": (
        {"not_sure": ["fever"], "pain": {"trend": "worse"}}, URGENT, EMERGENCY
    ),
}  # fmt: skip


@pytest.mark.parametrize(
    ("profile", "level", "could_be"), list(LEVELS.values()), ids=list(LEVELS)
)
def test_the_level_is_certain_and_could_be_is_not_ruled_out(
    profile: dict[str, Any], level: Urgency, could_be: Urgency
) -> None:
    urgency = _urgency(**profile)

    assert (urgency.level, urgency.could_be) == (level, could_be)


def test_a_sign_matches_when_any_of_its_rules_does() -> None:
    [sign, *_] = _urgency(has=[OLD, "bladder-change"]).signs

    assert [reason.rule for reason in sign.because] == [
        "warning-signs/cauda-equina/rules/bladder-change"
    ]


def test_a_sign_names_every_rule_that_matches() -> None:
    [sign, *_] = _urgency(has=["saddle-numbness", "bladder-change"]).signs

    assert [reason.facts for reason in sign.because] == [
        ("finding/bladder-change",), ("finding/saddle-numbness",)
    ]  # fmt: skip


def test_a_sign_that_may_be_called_off_names_what_would() -> None:
    [sign, *_] = _urgency(has=[_numb(since_days=700)], has_not=["bladder-change"]).signs

    assert sign.missing == ("finding/saddle-numbness.trend",)


def test_a_sign_that_nothing_can_call_off_misses_nothing() -> None:
    acute = _numb(since_days=2, trend="worse")

    [sign, *_] = _urgency(has=[acute, "bladder-change"]).signs

    assert sign.missing == ()


def test_a_sign_is_settled_by_one_rule_whatever_else_is_open() -> None:
    acute = _numb(since_days=2, trend="worse")

    [sign, *_] = _urgency(has=[acute], not_sure=["bladder-change"]).signs

    assert sign.missing == ()


def test_an_open_sign_names_what_it_misses() -> None:
    signs = _urgency(has=[OLD], has_not=["leg-weakness", "fever"]).signs

    assert [(sign.slug, sign.because, sign.missing) for sign in signs] == [
        ("cauda-equina", (), ("finding/bladder-change",))
    ]


def test_matched_signs_stand_first_and_then_the_faster_ones() -> None:
    signs = _urgency(has=["leg-weakness"]).signs

    assert [sign.slug for sign in signs] == ["weakness", "cauda-equina", "infection"]


def test_screening_is_complete_when_no_sign_is_open() -> None:
    screening = _urgency(**NO_SIGN).screening

    assert (screening.complete, screening.unanswered) == (True, ())


def test_screening_names_what_is_unanswered() -> None:
    screening = _urgency(has_not=["saddle-numbness", "leg-weakness"]).screening

    assert not screening.complete
    assert screening.unanswered == (
        "field/pain.trend", "finding/bladder-change", "finding/fever"
    )  # fmt: skip


def test_a_matched_sign_that_may_be_called_off_leaves_screening_complete() -> None:
    screening = _urgency(
        has=["saddle-numbness"], has_not=["leg-weakness", "fever"]
    ).screening

    assert (screening.complete, screening.unanswered) == (True, ())


def test_a_sign_of_another_topic_does_not_hold_here() -> None:
    other = make_sign(
        "cauda-equina", rules=[make_rule(when={"always": True})], topics=["knee-pain"]
    )

    guide = make_guide({Kind.WARNING_SIGNS: [other], Kind.TOPICS: [KNEE]})

    assert advise(guide).urgency.signs == ()


def test_a_sign_of_this_topic_holds_here() -> None:
    own = make_sign(
        "cauda-equina",
        rules=[make_rule(when={"always": True})],
        topics=["knee-pain", "facet-joint-injection"],
    )

    guide = make_guide({Kind.WARNING_SIGNS: [own], Kind.TOPICS: [KNEE]})

    assert advise(guide).urgency.level is EMERGENCY


def test_a_sign_is_told_by_its_name_and_how_fast_to_seek_help() -> None:
    told = [
        (sign.slug, sign.name, sign.urgency)
        for sign in _urgency(has=["leg-weakness"]).signs
    ]

    assert ("weakness", "Weakness", SOON) in told
    assert ("cauda-equina", "Cauda equina", EMERGENCY) in told
