"""What names nothing, and what goes round in circles, is refused."""

from collections.abc import Mapping
from typing import Any

import pytest

from app.content.checks import check_bundle
from app.content.places import EntryFault
from app.fields import Kind
from tests.factories import (
    Data,
    make_bundle,
    make_case,
    make_cause,
    make_finding,
    make_option,
    make_rule,
    make_sign,
    make_topic,
    make_treatment,
)

Own = Mapping[Kind, list[Data]]
ROUND = "This leads back to where it began."


def make_condition(slug: str, when: Data) -> Data:
    return {"slug": slug, "description": "A condition.", "when": when}


def make_screen(slug: str, *findings: str) -> Data:
    return {"slug": slug, "question": "Any of these?", "findings": list(findings)}


def expecting(**values: Any) -> Data:
    expect = {"level": "routine", "could_be": "emergency"}
    return make_case(expect={**expect, **values})


@pytest.mark.parametrize(
    ("own", "pointer", "detail"),
    [
        pytest.param(
            {Kind.TREATMENTS: [make_treatment(part_of="exercise")]},
            "/part_of",
            "There is no treatment 'exercise'. ",
            id="a treatment as what another is part of",
        ),
        pytest.param(
            {Kind.TREATMENTS: [make_treatment(avoid_when=[make_rule(sources=["x"])])]},
            "/avoid_when/0/sources/0",
            "There is no reference 'x'. ",
            id="a reference as a source",
        ),
        pytest.param(
            {
                Kind.TREATMENTS: [
                    make_treatment(positions=[{"guideline": "nice", "stance": "for"}])
                ]
            },
            "/positions/0/guideline",
            "There is no guideline 'nice'. There are none to choose from.",
            id="a guideline of a position",
        ),
        pytest.param(
            {Kind.WARNING_SIGNS: [make_sign(rules=[make_rule(when={"has": "fevr"})])]},
            "/rules/0/when/has",
            "There is no finding 'fevr'. Nearest: fever",
            id="a finding of a condition",
        ),
        pytest.param(
            {Kind.CONDITIONS: [make_condition("hot", {"any": [{"is": "warm"}]})]},
            "/when/any/0/is",
            "There is no condition 'warm'. ",
            id="a named condition inside another",
        ),
        pytest.param(
            {
                Kind.FAILURE_CAUSES: [
                    make_cause(
                        clues_for=[make_rule(when={"measures.block-relief": 80})]
                    )
                ]
            },
            "/clues_for/0/when",
            "There is no measure 'block-relief'. Nearest: block-relief-percent.",
            id="a measure of a condition",
        ),
        pytest.param(
            {Kind.TOPICS: [make_topic(options=[make_option(), make_option("walkng")])]},
            "/options/1/treatment",
            "There is no treatment 'walkng'. Nearest: walking.",
            id="a treatment of an option",
        ),
        pytest.param(
            {Kind.TOPICS: [make_topic(failure_causes=["wrong-level"])]},
            "/failure_causes/0",
            "There is no failure-cause 'wrong-level'. ",
            id="a failure cause of a topic",
        ),
        pytest.param(
            {Kind.SCREENS: [make_screen("fevers", "fever", "chills")]},
            "/findings/1",
            "There is no finding 'chills'. ",
            id="a finding of a screen",
        ),
        pytest.param(
            {Kind.FINDINGS: [make_finding("chills", implies=["fevers"])]},
            "/implies/0",
            "There is no finding 'fevers'. Nearest: fever",
            id="a finding that another implies",
        ),
        pytest.param(
            {Kind.CASES: [expecting(options={"walkin": ["recommended"]})]},
            "/expect/options/walkin",
            "There is no treatment 'walkin'. Nearest: walking.",
            id="an option that a case expects",
        ),
        pytest.param(
            {Kind.CASES: [expecting(signs=["cauda"])]},
            "/expect/signs/0",
            "There is no warning-sign 'cauda'. Nearest: cauda-equina.",
            id="a sign that a case expects",
        ),
    ],
)
def test_check_bundle_refuses_to_name_what_does_not_exist(
    own: Own, pointer: str, detail: str
) -> None:
    [fault] = check_bundle(make_bundle(own))

    assert fault.pointer == pointer
    assert fault.detail.startswith(detail)


@pytest.mark.parametrize(
    ("own", "faults"),
    [
        pytest.param(
            {Kind.TREATMENTS: [make_treatment(part_of="walking")]},
            [EntryFault(Kind.TREATMENTS, "walking", "/part_of", ROUND)],
            id="a treatment as a part of itself",
        ),
        pytest.param(
            {
                Kind.TREATMENTS: [
                    make_treatment("tai-chi", part_of="yoga"),
                    make_treatment("yoga", part_of="tai-chi"),
                    make_treatment("breathing", part_of="yoga"),
                ]
            },
            [
                EntryFault(Kind.TREATMENTS, "tai-chi", "/part_of", ROUND),
                EntryFault(Kind.TREATMENTS, "yoga", "/part_of", ROUND),
            ],
            id="two treatments as parts of each other",
        ),
        pytest.param(
            {
                Kind.FINDINGS: [
                    make_finding("leg-weakness", implies=["foot-drop"]),
                ]
            },
            [
                EntryFault(Kind.FINDINGS, "foot-drop", "/implies", ROUND),
                EntryFault(Kind.FINDINGS, "leg-weakness", "/implies", ROUND),
            ],
            id="two findings that imply each other",
        ),
        pytest.param(
            {
                Kind.CONDITIONS: [
                    make_condition("one", {"all": [{"is": "two"}, {"has": "fever"}]}),
                    make_condition("two", {"not": {"is": "one"}}),
                ]
            },
            [
                EntryFault(Kind.CONDITIONS, "one", "/when", ROUND),
                EntryFault(Kind.CONDITIONS, "two", "/when", ROUND),
            ],
            id="two named conditions that use each other",
        ),
    ],
)
def test_check_bundle_refuses_to_go_round_in_circles(
    own: Own, faults: list[EntryFault]
) -> None:
    assert check_bundle(make_bundle(own)) == faults
