"""What the checks between entries refuse, each with one broken bundle."""

from collections.abc import Mapping
from typing import Any

import pytest

from app.content.checks import check_bundle
from app.content.places import EntryFault
from app.fields import Kind
from tests.factories import (
    BASE,
    SOURCES,
    TOPIC,
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

TWICE = "It is given twice."
Own = Mapping[Kind, list[Data]]


[LIBRARY] = BASE[Kind.LIBRARY]
[UK] = LIBRARY["regions"]
EXCLUDED = "It cannot exclude itself or what it is part of."
NOT_WALKING: Data = {
    "not_with": [{"treatment": "walking", "because": "A reason.", "sources": SOURCES}]
}


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
            {Kind.SCREENS: [make_screen("heat", "fever", "fever")]},
            EntryFault(
                Kind.SCREENS,
                "heat",
                "/findings/1",
                "It is asked in the screen 'heat' already.",
            ),
            id="a finding twice in a screen",
        ),
        pytest.param(
            {
                Kind.FAILURE_CAUSES: [make_cause()],
                Kind.TOPICS: [make_topic(failure_causes=["cause", "cause"])],
            },
            EntryFault(Kind.TOPICS, TOPIC, "/failure_causes/1", TWICE),
            id="a failure cause twice",
        ),
        pytest.param(
            {Kind.LIBRARY: [LIBRARY | {"regions": [UK, UK]}]},
            EntryFault(Kind.LIBRARY, "whatnext", "/regions/1/slug", TWICE),
            id="a region twice",
        ),
        pytest.param(
            {
                Kind.TREATMENTS: [
                    make_treatment("hills", part_of="walking", **NOT_WALKING)
                ]
            },
            EntryFault(Kind.TREATMENTS, "hills", "/not_with/0/treatment", EXCLUDED),
            id="a treatment that excludes what it is part of",
        ),
        pytest.param(
            {Kind.TREATMENTS: [make_treatment(**NOT_WALKING)]},
            EntryFault(Kind.TREATMENTS, "walking", "/not_with/0/treatment", EXCLUDED),
            id="a treatment that excludes itself",
        ),
        pytest.param(
            {Kind.WARNING_SIGNS: [make_sign(what_to_say="Call {crisis_line}.")]},
            EntryFault(
                Kind.WARNING_SIGNS,
                "sign",
                "/what_to_say",
                "Unknown placeholder. There are none to choose from.",
            ),
            id="a placeholder in a text that nobody fills",
        ),
        pytest.param(
            {Kind.TOPICS: [make_topic(options=[make_option(), make_option()])]},
            EntryFault(Kind.TOPICS, TOPIC, "/options/1/treatment", TWICE),
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
