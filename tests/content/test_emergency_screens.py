"""How many questions it takes until nobody well could still be an emergency."""

from collections.abc import Iterable

import pytest

from app.content.criterion import Mark
from app.fields import Kind
from tests.content.judging import MET, NOT_MET, Own, find, find_unmet
from tests.factories import (
    BASE,
    TOPIC,
    Data,
    make_finding,
    make_rule,
    make_sign,
    make_topic,
)


def make_emergencies(*conditions: Data, screens: Iterable[Data] = ()) -> Own:
    """Return a library in which each condition, and saddle numbness, is one."""
    names = [
        part["has"]
        for condition in conditions
        for part in (condition, *condition.get("all", ()))
        if "has" in part
    ]
    known = {one["slug"] for one in BASE[Kind.FINDINGS]}
    rules = [make_rule(f"r-{i}", when=one) for i, one in enumerate(conditions)]
    return {
        Kind.FINDINGS: [make_finding(name) for name in {*names} - known],
        Kind.SCREENS: screens,
        Kind.WARNING_SIGNS: [make_sign(rules=rules)] if rules else [],
    }


def having(*findings: str) -> list[Data]:
    return [{"has": finding} for finding in findings]


FIVE = having("a", "b", "c", "d", "e")
SIX = [*FIVE, *having("f")]
TRIED = {"treatment": "walking", "outcome": ["worse"]}


@pytest.mark.parametrize(
    "own",
    [
        pytest.param({Kind.WARNING_SIGNS: []}, id="one finding"),
        pytest.param(make_emergencies(*FIVE), id="six findings"),
        pytest.param(
            make_emergencies(
                *SIX,
                {"has": "g"},
                screens=[
                    {"slug": "s", "question": "Any?", "findings": ["a", "b", "c"]}
                ],
            ),
            id="eight findings, of which three in one question",
        ),
        pytest.param(make_emergencies(*FIVE, *having("bladder-change")),
                     id="seven findings, of which two in one question"),
        pytest.param(make_emergencies({"pain.severity": {"at_least": 9}}),
                     id="a field that stays unsure"),
        pytest.param(
            make_emergencies({"measures.block-relief-percent": {"at_least": 9}}),
            id="a measure that stays unsure",
        ),
        pytest.param(make_emergencies({"tried": TRIED}), id="what was tried"),
        pytest.param(make_emergencies(*({"all": [one, *FIVE]} for one in SIX)),
                     id="findings that all have to be there"),
    ],
)  # fmt: skip
def test_an_emergency_is_settled_in_six_questions_by(own: Own) -> None:
    assert find("emergency-screens", own) == [Mark(Kind.TOPICS, TOPIC, "", MET, "")]


@pytest.mark.parametrize(
    ("own", "count"),
    [
        pytest.param(make_emergencies(*SIX), 7, id="seven findings"),
        pytest.param(make_emergencies(*SIX, *having("g", "h")), 9, id="nine findings"),
        pytest.param(make_emergencies(*FIVE, {"pain.severity": {"at_least": 9}}), 7,
                     id="six findings and a field"),
    ],
)  # fmt: skip
def test_an_emergency_takes_too_many_questions_with(own: Own, count: int) -> None:
    detail = f"It takes {count} questions, all answered with none of these."

    assert find("emergency-screens", own) == [
        Mark(Kind.TOPICS, TOPIC, "", NOT_MET, detail)
    ]


def test_only_emergencies_are_counted() -> None:
    sign = make_sign(
        urgency="urgent", rules=[make_rule(one["has"], when=one) for one in SIX]
    )
    findings = [make_finding(one["has"]) for one in SIX]
    own = {Kind.WARNING_SIGNS: [sign], Kind.FINDINGS: findings}

    assert find_unmet("emergency-screens", own) == []


def test_every_topic_is_asked_for_itself() -> None:
    [sign] = make_emergencies(*SIX)[Kind.WARNING_SIGNS]
    own = {
        **make_emergencies(*SIX),
        Kind.WARNING_SIGNS: [{**sign, "topics": ["other"]}],
        Kind.TOPICS: [make_topic("other")],
    }

    found = find("emergency-screens", own)

    assert [(one.slug, one.outcome) for one in found] == [
        (TOPIC, MET),
        ("other", NOT_MET),
    ]
