"""The order of the options, key by key, and what each of them misses."""

from typing import Any

import pytest

from app.engine.guide import Guide
from app.fields import Benefit, Certainty, Kind
from tests.factories import (
    SOURCES,
    Data,
    advise,
    make_guide,
    make_option,
    make_rule,
    make_sign,
    make_topic,
    make_treatment,
)

ALWAYS = make_rule("always")
OFFERED = {"recommend_when": [ALWAYS]}


def _if(finding: str, **more: Any) -> Data:
    return make_rule(finding, when={"has": finding}, **more)


def _guide(*options: tuple[Data, Data], signs: list[Data] | None = None) -> Guide:
    """Return a guide of treatments, each with its rules in the topic."""
    return make_guide(
        {
            Kind.TREATMENTS: [treatment for treatment, _ in options],
            Kind.TOPICS: [
                make_topic(
                    options=[
                        make_option(treatment["slug"], **rules)
                        for treatment, rules in options
                    ]
                )
            ],
            Kind.WARNING_SIGNS: signs or [],
        }
    )


def _evidence(benefit: Benefit, certainty: Certainty) -> Data:
    return {
        "benefit": benefit.value,
        "certainty": certainty.value,
        "statement": "It may help.",
        "sources": SOURCES,
    }


def _ordered(*options: tuple[Data, Data], **profile: Any) -> list[str]:
    return [one.slug for one in advise(_guide(*options), **profile).options]


def test_options_stand_by_standing_first() -> None:
    slugs = _ordered(
        (make_treatment("a-avoid"), {"avoid_when": [ALWAYS]}),
        (make_treatment("b-not-now"), {}),
        (make_treatment("c-consider"), {"consider_when": [ALWAYS]}),
        (make_treatment("d-recommended"), OFFERED),
    )

    assert slugs == ["d-recommended", "c-consider", "b-not-now", "a-avoid"]


def test_then_what_only_open_questions_hold_back() -> None:
    may_be_off = make_rule("open", unless={"has": "fever"})
    best = _evidence(Benefit.LIKELY, Certainty.HIGH)

    slugs = _ordered(
        (make_treatment("a", evidence=best), {"consider_when": [ALWAYS]}),
        (make_treatment("b"), {**OFFERED, "avoid_when": [_if("fever")]}),
        (make_treatment("c"), {"recommend_when": [may_be_off]}),
    )

    assert slugs == ["b", "c", "a"]


def test_what_has_to_be_asked_first_is_not_held_back_by_questions_alone() -> None:
    asked = make_treatment("b", caution_when=[make_rule("first", ask_first=True)])

    slugs = _ordered(
        (make_treatment("a"), {"consider_when": [ALWAYS]}), (asked, OFFERED)
    )

    assert slugs == ["a", "b"]


def test_then_by_benefit() -> None:
    slugs = _ordered(
        *(
            (
                make_treatment(
                    f"{3 - index}-{benefit.value}",
                    evidence=_evidence(benefit, Certainty.LOW),
                ),
                {"consider_when": [ALWAYS]},
            )
            for index, benefit in enumerate(Benefit)
        )
    )

    assert slugs == ["3-likely", "2-possible", "1-unclear", "0-unlikely"]


def test_then_by_certainty() -> None:
    slugs = _ordered(
        *(
            (
                make_treatment(
                    f"{4 - index}-{certainty.value}",
                    evidence=_evidence(Benefit.LIKELY, certainty),
                ),
                OFFERED,
            )
            for index, certainty in enumerate(Certainty)
        )
    )

    assert slugs == ["4-high", "3-moderate", "2-low", "1-very-low", "0-none"]


def test_then_by_fewer_cautions() -> None:
    slugs = _ordered(
        (make_treatment("a", caution_when=[ALWAYS]), OFFERED),
        (make_treatment("b", caution_when=[_if("fever")], invasiveness=4), OFFERED),
    )

    assert slugs == ["b", "a"]


def test_then_by_less_invasive_and_then_by_slug() -> None:
    slugs = _ordered(
        (make_treatment("a", invasiveness=4), OFFERED),
        (make_treatment("c", invasiveness=1), OFFERED),
        (make_treatment("b", invasiveness=1), OFFERED),
    )

    assert slugs == ["b", "c", "a"]


MISSING: dict[str, tuple[Data, dict[str, Any], tuple[str, ...]]] = {
    "safety questions first": (
        {
            "recommend_when": [_if("bladder-change")],
            "not_now_when": [_if("fever")],
            "avoid_when": [_if("pregnancy"), _if("leg-weakness")],
        },
        {},
        (
            "finding/leg-weakness",
            "finding/pregnancy",
            "finding/fever",
            "finding/bladder-change",
        ),
    ),
    "nothing that is answered": (
        {"recommend_when": [ALWAYS], "avoid_when": [_if("fever"), _if("pregnancy")]},
        {"has_not": ["fever"]},
        ("finding/pregnancy",),
    ),
    "what is not sure": (
        {"recommend_when": [ALWAYS], "avoid_when": [_if("fever")]},
        {"not_sure": ["fever"]},
        ("finding/fever",),
    ),
    "what may call off the guard": (
        {"avoid_when": [make_rule(unless={"has": "fever"})]}, {}, ("finding/fever",)
    ),
    "nothing where a guard is settled": (
        {"recommend_when": [_if("fever")], "avoid_when": [ALWAYS]}, {}, ()
    ),
    "only what may worsen it where it waits": (
        {
            "recommend_when": [_if("fever")],
            "not_now_when": [ALWAYS],
            "avoid_when": [_if("pregnancy")],
        },
        {},
        ("finding/pregnancy",),
    ),
    "nothing to offer it where nothing can": (
        {"not_now_when": [_if("fever")], "avoid_when": [_if("pregnancy")]},
        {},
        ("finding/pregnancy",),
    ),
    "no other offer where one matches": (
        {"recommend_when": [ALWAYS, _if("fever")], "consider_when": [_if("pregnancy")]},
        {},
        (),
    ),
    "no weaker offer where one fits": (
        {
            "recommend_when": [make_rule(unless={"has": "fever"})],
            "consider_when": [_if("pregnancy")],
        },
        {},
        ("finding/fever",),
    ),
    "a better offer where a weaker matches": (
        {"recommend_when": [_if("fever")], "consider_when": [ALWAYS, _if("pregnancy")]},
        {},
        ("finding/fever",),
    ),
    "nothing under an emergency": (
        {"recommend_when": [_if("fever")], "avoid_when": [_if("pregnancy")]},
        {"has": ["saddle-numbness"]},
        (),
    ),
}  # fmt: skip


@pytest.mark.parametrize(
    ("rules", "profile", "missing"), list(MISSING.values()), ids=list(MISSING)
)
def test_an_option_names_what_could_change_its_standing(
    rules: Data, profile: dict[str, Any], missing: tuple[str, ...]
) -> None:
    [option] = advise(_guide((make_treatment(), rules)), **profile).options

    assert option.missing == missing


def test_an_ask_first_caution_that_is_open_is_named() -> None:
    cautions = [_if("pregnancy", ask_first=True), _if("fever")]

    [option] = advise(_guide((make_treatment(caution_when=cautions), OFFERED))).options

    assert option.missing == ("finding/pregnancy",)


@pytest.mark.parametrize(
    ("unless", "missing"),
    [(None, ()), ({"has": "pregnancy"}, ("finding/fever",))],
    ids=["a sign that stays", "a sign that may be called off"],
)
def test_an_option_that_a_sign_holds_names_its_offers_only_if_it_may_be_freed(
    unless: Data | None, missing: tuple[str, ...]
) -> None:
    rule = _if("leg-weakness", **({"unless": unless} if unless else {}))
    sign = make_sign(
        "weakness", urgency="soon", rules=[rule], holds=[{"treatment": "walking"}]
    )
    guide = _guide((make_treatment(), {"recommend_when": [_if("fever")]}), signs=[sign])

    [option] = advise(guide, has=["leg-weakness"]).options

    assert option.missing == missing
