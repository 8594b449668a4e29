"""A case fails with the pointer of each expectation that the advice does not meet."""

from typing import Any

import pytest

from app.content.cases import run_cases
from app.content.places import EntryFault
from app.fields import Kind
from app.library.bundle import Bundle
from tests.factories import (
    Data,
    make_bundle,
    make_case,
    make_cause,
    make_option,
    make_rule,
    make_sign,
    make_topic,
    make_treatment,
)

FEVER = {"has": "fever"}
WALKING_OFFER = "topics/facet-joint-injection/options/walking/recommend_when/rule"
SURGERY_BAR = "treatments/facet-fusion/avoid_when/rule"
INFECTION_CLUE = "failure-causes/infection/clues_for/rule"
NO_SIGNS = ["saddle-numbness", "leg-weakness"]


def make_library(*cases: Data) -> Bundle:
    """Return a library that recommends walking, advises against surgery in a fever."""
    return make_bundle(
        {
            Kind.TREATMENTS: [
                make_treatment("yoga"),
                make_treatment(
                    "facet-fusion",
                    category="surgery",
                    avoid_when=[make_rule(when=FEVER)],
                ),
            ],
            Kind.FAILURE_CAUSES: [
                make_cause("infection", clues_for=[make_rule(when=FEVER)])
            ],
            Kind.WARNING_SIGNS: [
                make_sign(
                    "weak-leg",
                    urgency="soon",
                    rules=[make_rule(when={"has": "leg-weakness"})],
                )
            ],
            Kind.TOPICS: [
                make_topic(
                    failure_causes=["infection"],
                    options=[
                        make_option("walking", recommend_when=[make_rule()]),
                        make_option("yoga", consider_when=[make_rule()]),
                        make_option("facet-fusion", consider_when=[make_rule()]),
                    ],
                )
            ],
            Kind.CASES: cases,
        }
    )


def make_fever_case(slug: str = "case", **expect: Any) -> Data:
    levels = {"level": "routine", "could_be": "routine"}
    profile = {"has": ["fever"], "has_not": NO_SIGNS}
    return make_case(slug, profile=profile, expect={**levels, **expect})


@pytest.mark.parametrize(
    "expect",
    [
        pytest.param({}, id="the levels"),
        pytest.param({"not_signs": ["cauda-equina"]}, id="a sign that is absent"),
        pytest.param({"options": {"walking": ["recommended"]}}, id="a standing"),
        pytest.param({"options": {"yoga": ["avoid", "consider"]}}, id="two standings"),
        pytest.param(
            {"every_option": ["recommended", "consider", "avoid"]}, id="all standings"
        ),
        pytest.param({"first_of": {"self-care": "walking"}}, id="a first option"),
        pytest.param({"causes": {"infection": "likely"}}, id="a cause"),
        pytest.param(
            {"reasons": [WALKING_OFFER, SURGERY_BAR, INFECTION_CLUE]}, id="reasons"
        ),
        pytest.param({"in_plan": ["walking", "yoga"]}, id="what is in the plan"),
        pytest.param({"not_in_plan": ["facet-fusion"]}, id="what is not in the plan"),
    ],
)
def test_a_case_passes_when_the_advice_meets(expect: Data) -> None:
    assert run_cases(make_library(make_fever_case(**expect))).faults == ()


@pytest.mark.parametrize(
    ("expect", "pointer", "detail"),
    [
        pytest.param(
            {"level": "soon"},
            "/level",
            "The level is routine, not soon.",
            id="level",
        ),
        pytest.param(
            {"could_be": "urgent"},
            "/could_be",
            "It could be routine, not urgent.",
            id="what it could be",
        ),
        pytest.param(
            {"signs": ["weak-leg"]},
            "/signs/0",
            "weak-leg is missing from the advice.",
            id="a sign that does not match",
        ),
        pytest.param(
            {"every_option": ["recommended", "consider"]},
            "/every_option",
            "facet-fusion is avoid.",
            id="one standing out of all",
        ),
        pytest.param(
            {"options": {"yoga": ["recommended", "not-now"]}},
            "/options/yoga",
            "It is consider, not recommended or not-now.",
            id="the standing of an option",
        ),
        pytest.param(
            {"options": {"facet-joint-injection": ["avoid"]}},
            "/options/facet-joint-injection",
            "It is not an option of the topic.",
            id="a treatment that is no option",
        ),
        pytest.param(
            {"first_of": {"self-care": "yoga"}},
            "/first_of/self-care",
            "The first one is walking, not yoga.",
            id="the first of a category",
        ),
        pytest.param(
            {"first_of": {"medication": "yoga"}},
            "/first_of/medication",
            "The first one is none, not yoga.",
            id="the first of a category without options",
        ),
        pytest.param(
            {"causes": {"infection": "unlikely"}},
            "/causes/infection",
            "It is likely, not unlikely.",
            id="the likelihood of a cause",
        ),
        pytest.param(
            {"reasons": [WALKING_OFFER, "warning-signs/weak-leg/rules/rule"]},
            "/reasons/1",
            "warning-signs/weak-leg/rules/rule is missing from the advice.",
            id="a reason that is missing",
        ),
        pytest.param(
            {"not_reasons": [SURGERY_BAR]},
            "/not_reasons/0",
            f"{SURGERY_BAR} must not be in the advice.",
            id="a reason that must not be there",
        ),
        pytest.param(
            {"in_plan": ["walking", "facet-fusion"]},
            "/in_plan/1",
            "facet-fusion is missing from the advice.",
            id="what is not in the plan",
        ),
        pytest.param(
            {"not_in_plan": ["walking"]},
            "/not_in_plan/0",
            "walking must not be in the advice.",
            id="what must not be in the plan",
        ),
    ],
)
def test_a_case_fails_with_its_pointer_when_the_advice_misses(
    expect: Data, pointer: str, detail: str
) -> None:
    faults = run_cases(make_library(make_fever_case(**expect))).faults

    assert faults == (EntryFault(Kind.CASES, "case", f"/expect{pointer}", detail),)


def test_a_sign_that_is_only_not_ruled_out_does_not_count_as_matched() -> None:
    expect = {"level": "routine", "could_be": "emergency", "signs": ["cauda-equina"]}

    [fault] = run_cases(make_library(make_case(expect=expect))).faults

    assert fault.pointer == "/expect/signs/0"


def test_a_case_fails_when_a_sign_matches_that_must_not() -> None:
    reasons = ["warning-signs/weak-leg/rules/rule"]
    levels = {"level": "soon", "could_be": "soon"}
    expect = {**levels, "reasons": reasons, "not_signs": ["weak-leg"]}
    profile = {"has": ["leg-weakness"], "has_not": ["saddle-numbness"]}

    [fault] = run_cases(make_library(make_case(profile=profile, expect=expect))).faults

    assert fault.pointer == "/expect/not_signs/0"


def test_a_case_fails_when_the_topic_does_not_have_the_cause() -> None:
    case = make_case(
        expect=make_case()["expect"] | {"causes": {"infection": "possible"}}
    )
    own = {Kind.FAILURE_CAUSES: [make_cause("infection")], Kind.CASES: [case]}

    [fault] = run_cases(make_bundle(own)).faults

    assert fault.detail == "It is not a cause of the topic, not possible."


def test_run_cases_names_every_case_that_fails_in_order() -> None:
    cases = [make_fever_case(slug, level="soon") for slug in ("b", "c", "a")]

    faults = run_cases(make_library(*cases, make_fever_case("d"))).faults

    assert [fault.slug for fault in faults] == ["a", "b", "c"]
