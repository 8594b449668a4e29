"""What the checks between entries refuse, each with one broken bundle."""

from collections.abc import Mapping
from typing import Any

import pytest

from app.content.checks import check_bundle
from app.content.places import EntryFault
from app.fields import Kind
from tests.factories import (
    TOPIC,
    Data,
    make_bundle,
    make_case,
    make_option,
    make_rule,
    make_sign,
    make_topic,
    make_treatment,
)

Own = Mapping[Kind, list[Data]]


def make_screen(slug: str, *findings: str) -> Data:
    return {"slug": slug, "question": "Any of these?", "findings": list(findings)}


def expecting(**values: Any) -> Data:
    expect = {"level": "routine", "could_be": "emergency"}
    return make_case(expect={**expect, **values})


def test_check_bundle_finds_nothing_wrong_with_the_small_library() -> None:
    assert check_bundle(make_bundle()) == []


@pytest.mark.parametrize(
    ("own", "fault"),
    [
        pytest.param(
            {Kind.SCREENS: [make_screen("pelvis", "bladder-change", "fever")]},
            EntryFault(
                Kind.SCREENS,
                "pelvis",
                "/findings/0",
                "It is asked in the screen 'nerves' already.",
            ),
            id="a finding in two screens",
        ),
        pytest.param(
            {Kind.TOPICS: [make_topic(options=[make_option(), make_option()])]},
            EntryFault(Kind.TOPICS, TOPIC, "/options/1", "This option is given twice."),
            id="an option twice",
        ),
        pytest.param(
            {
                Kind.TREATMENTS: [
                    make_treatment(
                        evidence=make_treatment()["evidence"] | {"benefit": "unlikely"}
                    )
                ],
                Kind.TOPICS: [
                    make_topic(options=[make_option(recommend_when=[make_rule()])])
                ],
            },
            EntryFault(
                Kind.TOPICS,
                TOPIC,
                "/options/0/recommend_when",
                "Its benefit is unlikely, so it has no recommend_when.",
            ),
            id="a recommendation of what is unlikely to help",
        ),
        pytest.param(
            {
                Kind.WARNING_SIGNS: [
                    make_sign(what_to_do=["Rest.", "Call {crisis_line} or {number}."])
                ]
            },
            EntryFault(
                Kind.WARNING_SIGNS,
                "sign",
                "/what_to_do/1",
                "Unknown placeholder. Nearest: emergency_number.",
            ),
            id="a placeholder that nothing fills",
        ),
    ],
)
def test_check_bundle_refuses(own: Own, fault: EntryFault) -> None:
    assert check_bundle(make_bundle(own)) == [fault]


@pytest.mark.parametrize(
    ("case", "pointer", "detail"),
    [
        pytest.param(
            make_case(profile={"has": ["fever", "leg-weaknes"]}),
            "/profile/has/1",
            "Not a finding. Nearest: leg-weakness",
            id="a finding",
        ),
        pytest.param(
            make_case(profile={"tried": {"wlaking": "helped"}}),
            "/profile/tried",
            "Not a treatment. Nearest: walking.",
            id="a treatment that was tried",
        ),
        pytest.param(
            make_case(profile={"measures": {"block-relief-percent": 101}}),
            "/profile/measures/block-relief-percent",
            "Needs a number from 0 to 100 (percent).",
            id="a value that a measure does not take",
        ),
        pytest.param(
            make_case(region="gb"),
            "/region",
            "Not a region. Valid: uk.",
            id="a region",
        ),
        pytest.param(
            expecting(reasons=["warning-signs/cauda-equina/rules/ruel"]),
            "/expect/reasons/0",
            "Not a rule. Nearest: warning-signs/cauda-equina/rules/rule.",
            id="a rule that must speak",
        ),
        pytest.param(
            expecting(not_reasons=["treatments/walking/avoid_when/rule"]),
            "/expect/not_reasons/0",
            "Not a rule. Valid: warning-signs/cauda-equina/rules/rule.",
            id="a rule that must be silent",
        ),
    ],
)
def test_check_bundle_refuses_a_case_with_an_unknown(
    case: Data, pointer: str, detail: str
) -> None:
    [fault] = check_bundle(make_bundle({Kind.CASES: [case]}))

    assert (fault.kind, fault.slug, fault.pointer) == (Kind.CASES, "case", pointer)
    assert fault.detail.startswith(detail)


def test_check_bundle_names_every_mistake_in_a_fixed_order() -> None:
    own = {
        Kind.SCREENS: [make_screen("pelvis", "bladder-change", "saddle-numbness")],
        Kind.CASES: [make_case("b", region="gb"), make_case("a", region="gb")],
    }

    faults = check_bundle(make_bundle(own))

    assert [(one.slug, one.pointer) for one in faults] == [
        ("a", "/region"),
        ("b", "/region"),
        ("pelvis", "/findings/0"),
        ("pelvis", "/findings/1"),
    ]
