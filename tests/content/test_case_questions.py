"""A case says what must be asked next, what first, and what not at all."""

from typing import Any

import pytest

from app.content.cases import run_cases
from app.content.checks import check_bundle
from app.content.places import EntryFault
from app.fields import Kind
from app.library.bundle import Bundle
from tests.factories import Data, make_bundle, make_case, make_rule, make_sign

EMERGENCIES = ["finding/bladder-change", "finding/saddle-numbness"]
WEAKNESS = "finding/leg-weakness"
TREND = "finding/leg-weakness.trend"
LEVELS = {"level": "routine", "could_be": "emergency"}
RULED_OUT = ["saddle-numbness", "bladder-change"]


def make_library(case: Data) -> Bundle:
    """Return a library in which two findings in one screen could be an emergency.

    A weak leg that gets worse is urgent.
    """
    worse = {"has": {"finding": "leg-weakness", "trend": ["worse"]}}
    bladder = make_rule("bladder", when={"has": "bladder-change"})
    signs = [
        make_sign("bladder", rules=[bladder]),
        make_sign("weak-leg", urgency="urgent", rules=[make_rule(when=worse)]),
    ]
    return make_bundle({Kind.WARNING_SIGNS: signs, Kind.CASES: [case]})


def make_told(**values: Any) -> Data:
    """Return a case that expects this of a profile: nothing, if none is given."""
    profile = values.pop("profile", {})
    return make_case(profile=profile, expect={**LEVELS, **values})


@pytest.mark.parametrize(
    "expect",
    [
        pytest.param({"asks": []}, id="nothing in particular"),
        pytest.param({"asks": [WEAKNESS, *EMERGENCIES]}, id="all that is asked"),
        pytest.param({"asks": [WEAKNESS]}, id="a part of what is asked"),
        pytest.param({"asks_first": EMERGENCIES}, id="the whole first question"),
        pytest.param({"asks_first": EMERGENCIES[:1]}, id="a part of the first one"),
        pytest.param({"not_asks": ["finding/fever"]}, id="what no rule asks for"),
        pytest.param({"not_asks": [TREND]}, id="how what is not there changes"),
        pytest.param(
            {
                "profile": {"has": ["leg-weakness"]},
                "asks": [TREND],
                "not_asks": [WEAKNESS],
            },
            id="how what is there changes",
        ),
        pytest.param(
            {
                "could_be": "urgent",
                "profile": {"has_not": RULED_OUT},
                "asks_first": [WEAKNESS],
                "not_asks": EMERGENCIES,
            },
            id="the next one when the first is answered",
        ),
        pytest.param(
            {
                "level": "emergency",
                "profile": {"has": ["bladder-change"]},
                "not_asks": [WEAKNESS, TREND, *EMERGENCIES],
            },
            id="nothing in an emergency",
        ),
    ],
)
def test_a_case_passes_when_it_asks(expect: Data) -> None:
    bundle = make_library(make_told(**expect))

    assert check_bundle(bundle) == []
    assert run_cases(bundle).faults == ()


@pytest.mark.parametrize(
    ("expect", "pointer", "detail"),
    [
        pytest.param(
            {"asks": [WEAKNESS, "finding/fever"]},
            "/asks/1",
            "finding/fever is missing from the advice.",
            id="not what must be asked",
        ),
        pytest.param(
            {"asks_first": [*EMERGENCIES, WEAKNESS]},
            "/asks_first/2",
            f"{WEAKNESS} is missing from the advice.",
            id="later what must be asked first",
        ),
        pytest.param(
            {"not_asks": ["finding/fever", WEAKNESS]},
            "/not_asks/1",
            f"{WEAKNESS} must not be in the advice.",
            id="what must not be asked",
        ),
        pytest.param(
            {"not_asks": EMERGENCIES[1:]},
            "/not_asks/0",
            f"{EMERGENCIES[1]} must not be in the advice.",
            id="first what must not be asked",
        ),
        pytest.param(
            {
                "level": "emergency",
                "profile": {"has": ["bladder-change"]},
                "asks_first": [WEAKNESS],
            },
            "/asks_first/0",
            f"{WEAKNESS} is missing from the advice.",
            id="nothing, though something must be asked first",
        ),
    ],
)
def test_a_case_fails_with_its_pointer_when_it_asks(
    expect: Data, pointer: str, detail: str
) -> None:
    faults = run_cases(make_library(make_told(**expect))).faults

    assert faults == (EntryFault(Kind.CASES, "case", f"/expect{pointer}", detail),)


@pytest.mark.parametrize("key", ["asks", "asks_first", "not_asks"])
@pytest.mark.parametrize(
    ("fact", "nearest"),
    [
        pytest.param("finding/leg-weaknes", WEAKNESS, id="a finding"),
        pytest.param("leg-weakness", WEAKNESS, id="a finding without its sort"),
        pytest.param("finding/leg-weakness.trned", TREND, id="how it changes"),
        pytest.param("field/pain.month", "field/pain.months", id="a field"),
        pytest.param("measure/block-relief", "measure/block-relief-percent",
                     id="a measure"),
        pytest.param("tried/wlaking", "tried/walking", id="what was tried"),
    ],
)  # fmt: skip
def test_check_bundle_refuses_a_misspelt(key: str, fact: str, nearest: str) -> None:
    case = make_told(**{key: ["field/age", fact]})

    [fault] = check_bundle(make_library(case))

    place = (fault.kind, fault.slug, fault.pointer)
    assert place == (Kind.CASES, "case", f"/expect/{key}/1")
    assert fault.detail.startswith("Not a fact. Nearest: ")
    assert nearest in fault.detail


@pytest.mark.parametrize(
    "fact",
    [
        "finding/fever",
        "finding/fever.since_days",
        "finding/fever.trend",
        "field/last_treatment.relief",
        "measure/block-relief-percent",
        "tried/walking",
    ],
)
def test_check_bundle_knows_every_sort_of_fact(fact: str) -> None:
    assert check_bundle(make_library(make_told(not_asks=[fact]))) == []


def test_run_cases_tells_which_rules_gave_a_reason() -> None:
    case = make_case(
        profile={"has": ["bladder-change"]},
        expect={"level": "emergency", "could_be": "emergency"},
    )

    run = run_cases(make_library(case))

    assert run.tested == {case["slug"]: {"warning-signs/bladder/rules/bladder"}}
    assert list(run.guides) == ["facet-joint-injection"]


def test_the_rules_that_each_case_reaches_are_told() -> None:
    expect = {"level": "emergency", "could_be": "emergency"}
    cases = [
        make_case(one, profile={"has": [one]}, expect=expect)
        for one in ("bladder-change", "saddle-numbness")
    ]
    bundle = make_bundle(
        {
            Kind.WARNING_SIGNS: [
                make_sign("bladder", rules=[make_rule(when={"has": "bladder-change"})])
            ],
            Kind.CASES: cases,
        }
    )

    assert run_cases(bundle).tested == {
        "bladder-change": {"warning-signs/bladder/rules/rule"},
        "saddle-numbness": {"warning-signs/cauda-equina/rules/rule"},
    }
