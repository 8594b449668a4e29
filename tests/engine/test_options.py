"""Where an option stands: the table of design §5, row by row."""

from collections.abc import Sequence
from typing import Any

import pytest

from app.engine.guide import Guide
from app.engine.recommendation import Option
from app.fields import Kind, Standing
from tests.factories import (
    Data,
    advise,
    make_guide,
    make_option,
    make_rule,
    make_sign,
    make_topic,
    make_treatment,
)

RECOMMENDED, CONSIDER, NOT_NOW, AVOID = Standing
ALWAYS = make_rule("always")


def _if(finding: str, **more: Any) -> Data:
    return make_rule(finding, when={"has": finding}, **more)


def _guide(
    *,
    treatments: Sequence[Data] = (),
    signs: Sequence[Data] = (),
    scope: Sequence[Data] = (),
    option: str = "walking",
    **lists: list[Data],
) -> Guide:
    """Return a guide with one option; its lists of rules are keywords."""
    topic = make_topic(options=[make_option(option, **lists)], out_of_scope_when=scope)
    sign = make_sign("cauda-equina", rules=[_if("saddle-numbness")])
    return make_guide(
        {
            Kind.TOPICS: [topic],
            Kind.WARNING_SIGNS: [sign, *signs],
            Kind.TREATMENTS: treatments,
        }
    )


def _option(guide: Guide, **profile: Any) -> Option:
    [option] = advise(guide, **profile).options
    return option


def _treated(**values: Any) -> dict[str, list[Data]]:
    return {"treatments": [make_treatment("walking", **values)]}


SOON = make_sign(
    "weakness",
    urgency="soon",
    rules=[_if("leg-weakness")],
    holds=[{"treatment": "walking"}],
)
MAY_BE_OFF = make_rule("open", unless={"has": "fever"})
ROWS: dict[str, tuple[dict[str, Any], dict[str, Any], Standing]] = {
    "1: an emergency sign matches": (
        {"recommend_when": [ALWAYS]}, {"has": ["saddle-numbness"]}, NOT_NOW
    ),
    "1: an urgent sign matches": (
        {
            "recommend_when": [ALWAYS],
            "signs": [make_sign("hot", urgency="urgent", rules=[_if("fever")])],
        },
        {"has": ["fever"]},
        NOT_NOW,
    ),
    "1: before an avoid_when": (
        {"avoid_when": [ALWAYS]}, {"has": ["saddle-numbness"]}, NOT_NOW
    ),
    "2: an avoid_when of the topic matches": (
        {"recommend_when": [ALWAYS], "avoid_when": [_if("fever")]},
        {"has": ["fever"]},
        AVOID,
    ),
    "2: an avoid_when of the treatment matches": (
        {"recommend_when": [ALWAYS], **_treated(avoid_when=[_if("fever")])},
        {"has": ["fever"]},
        AVOID,
    ),
    "2: before a not_now_when": (
        {"avoid_when": [ALWAYS], "not_now_when": [ALWAYS]}, {}, AVOID
    ),
    "2: before the scope": ({"avoid_when": [ALWAYS], "scope": [ALWAYS]}, {}, AVOID),
    "3: a not_now_when matches": (
        {"recommend_when": [ALWAYS], "not_now_when": [_if("fever")]},
        {"has": ["fever"]},
        NOT_NOW,
    ),
    "3: a sign that is soon holds it": (
        {"recommend_when": [ALWAYS], "signs": [SOON]}, {"has": ["foot-drop"]}, NOT_NOW
    ),
    "3: the topic is out of scope": (
        {"recommend_when": [ALWAYS], "scope": [_if("fever")]},
        {"has": ["fever"]},
        NOT_NOW,
    ),
    "4: a recommend_when matches": ({"recommend_when": [ALWAYS]}, {}, RECOMMENDED),
    "4: although a sign that holds it is open": (
        {"recommend_when": [ALWAYS], "signs": [SOON]}, {}, RECOMMENDED
    ),
    "4: although the scope is open": (
        {"recommend_when": [ALWAYS], "scope": [_if("fever")]}, {}, RECOMMENDED
    ),
    "4: although a caution matches": (
        {"recommend_when": [ALWAYS], **_treated(caution_when=[ALWAYS])}, {}, RECOMMENDED
    ),
    "4: although an ask_first caution is open": (
        {
            "recommend_when": [ALWAYS],
            **_treated(caution_when=[_if("fever", ask_first=True)]),
        },
        {},
        RECOMMENDED,
    ),
    "5: an avoid_when is open": (
        {"recommend_when": [ALWAYS], "avoid_when": [_if("fever")]}, {}, CONSIDER
    ),
    "5: an avoid_when is not sure": (
        {"recommend_when": [ALWAYS], "avoid_when": [_if("fever")]},
        {"not_sure": ["fever"]},
        CONSIDER,
    ),
    "5: a not_now_when is open": (
        {"recommend_when": [ALWAYS], "not_now_when": [_if("fever")]}, {}, CONSIDER
    ),
    "5: an ask_first caution matches": (
        {
            "recommend_when": [ALWAYS],
            **_treated(caution_when=[_if("fever", ask_first=True)]),
        },
        {"has": ["fever"]},
        CONSIDER,
    ),
    "5: a consider_when matches": ({"consider_when": [ALWAYS]}, {}, CONSIDER),
    "5: a recommend_when that may be called off": (
        {"recommend_when": [MAY_BE_OFF]}, {}, CONSIDER
    ),
    "6: a recommend_when that is called off": (
        {"recommend_when": [MAY_BE_OFF]}, {"has": ["fever"]}, NOT_NOW
    ),
    "6: a consider_when that may be called off": (
        {"consider_when": [MAY_BE_OFF]}, {}, NOT_NOW
    ),
    "6: a recommend_when is open": (
        {"recommend_when": [_if("fever")]}, {}, NOT_NOW
    ),
    "6: a recommend_when is not sure": (
        {"recommend_when": [_if("fever")]}, {"not_sure": ["fever"]}, NOT_NOW
    ),
    "6: nothing offers it": ({}, {}, NOT_NOW),
}  # fmt: skip


@pytest.mark.parametrize(
    ("rules", "profile", "standing"), list(ROWS.values()), ids=list(ROWS)
)
def test_the_first_row_that_holds_is_the_standing(
    rules: dict[str, Any], profile: dict[str, Any], standing: Standing
) -> None:
    assert _option(_guide(**rules), **profile).standing is standing


@pytest.mark.parametrize(
    ("hold", "standing"),
    [
        ({"treatment": "ibuprofen"}, NOT_NOW),
        ({"treatment": "medicines"}, NOT_NOW),
        ({"category": "self-care"}, NOT_NOW),
        ({"category": "surgery"}, RECOMMENDED),
        ({"treatment": "walking"}, RECOMMENDED),
    ],
    ids=[
        "the treatment",
        "what it is part of, two levels up",
        "its category",
        "another category",
        "another treatment",
    ],
)
def test_a_sign_holds_a_treatment_with_its_parts_or_a_category(
    hold: Data, standing: Standing
) -> None:
    guide = _guide(
        treatments=FAMILY,
        option="ibuprofen",
        signs=[{**SOON, "holds": [hold]}],
        recommend_when=[ALWAYS],
    )

    option = _option(guide, has=["leg-weakness"], has_not=["fever"])

    assert option.standing is standing


FAMILY = [
    make_treatment("medicines", avoid_when=[_if("fever")]),
    make_treatment("nsaids", part_of="medicines", caution_when=[_if("pregnancy")]),
    make_treatment("ibuprofen", part_of="nsaids"),
]


def test_a_part_is_avoided_for_the_reason_of_what_it_is_part_of() -> None:
    guide = _guide(treatments=FAMILY, option="ibuprofen", recommend_when=[ALWAYS])

    option = _option(guide, has=["fever"])

    assert option.standing is AVOID
    assert [one.rule for one in option.because] == [
        "treatments/medicines/avoid_when/fever"
    ]


def test_a_part_has_the_cautions_of_what_it_is_part_of() -> None:
    guide = _guide(treatments=FAMILY, option="ibuprofen", recommend_when=[ALWAYS])

    option = _option(guide, has=["pregnancy"], has_not=["fever"])

    assert [one.rule for one in option.cautions] == [
        "treatments/nsaids/caution_when/pregnancy"
    ]


def test_a_whole_is_not_avoided_for_the_reason_of_its_part() -> None:
    family = [
        make_treatment("nsaids"),
        make_treatment("ibuprofen", part_of="nsaids", avoid_when=[ALWAYS]),
    ]
    guide = _guide(treatments=family, option="nsaids", recommend_when=[ALWAYS])

    assert _option(guide).standing is RECOMMENDED


def _ids(reasons: Sequence[Any]) -> list[str]:
    return [reason.rule.rpartition("/options/")[2] or reason.rule for reason in reasons]


def test_under_a_sign_the_contraindications_stay_visible() -> None:
    guide = _guide(avoid_when=[_if("fever")], not_now_when=[_if("pregnancy")])

    option = _option(guide, has=["saddle-numbness", "fever", "pregnancy"])

    assert _ids(option.because) == ["warning-signs/cauda-equina/rules/saddle-numbness"]
    assert _ids(option.against) == [
        "walking/avoid_when/fever", "walking/not_now_when/pregnancy"
    ]  # fmt: skip


def test_what_waits_for_a_sign_says_so() -> None:
    guide = _guide(signs=[SOON], recommend_when=[ALWAYS])

    [reason] = _option(guide, has=["leg-weakness"]).because

    assert reason.text == "Wait until this is looked at: Because of leg-weakness."


def test_all_that_makes_an_option_wait_is_named_in_order() -> None:
    guide = _guide(signs=[SOON], scope=[_if("fever")], not_now_when=[_if("pregnancy")])

    option = _option(guide, has=["leg-weakness", "fever", "pregnancy"])

    assert _ids(option.because) == [
        "walking/not_now_when/pregnancy",
        "topics/facet-joint-injection/out_of_scope_when/fever",
        "warning-signs/weakness/rules/leg-weakness",
    ]


def test_what_fits_but_is_held_back_is_considered_for_the_reason_that_fits() -> None:
    guide = _guide(recommend_when=[MAY_BE_OFF], consider_when=[_if("pregnancy")])

    option = _option(guide, has=["pregnancy"])

    assert _ids(option.because) == [
        "walking/consider_when/pregnancy", "walking/recommend_when/open"
    ]  # fmt: skip


def test_without_an_offer_nothing_points_to_it() -> None:
    [reason] = _option(_guide()).because

    assert (reason.rule, reason.text) == (
        "engine/no-offer", "Nothing you told us points to it."
    )  # fmt: skip
