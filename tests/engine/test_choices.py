"""The answers worth telling apart, and how they are said in a profile."""

from typing import Any

import pytest

from app.engine.choices import choices_of, say
from app.library.conditions import Value
from tests.engine.lifting import FOR_ALL, guide_of, has, when

MEASURE = "measures.block-relief-percent"
CHOICES: dict[str, tuple[dict[str, Any], str, tuple[Value, ...]]] = {
    "a finding": ({"has": "fever"}, "finding/fever", ("absent", "present")),
    "both sides of every border": (
        {"age": {"at_least": 50, "at_most": 65}},
        "field/age",
        (49, 50, 51, 59, 60, 61, 64, 65, 66),
    ),
    "within the field": ({"pain.severity": 10}, "field/pain.severity", (9, 10)),
    "from nothing": ({"pain.severity": 0}, "field/pain.severity", (0, 1)),
    "within the measure": (
        {MEASURE: [0, 100]}, "measure/block-relief-percent", (0, 1, 99, 100)
    ),
    "days": (
        {"has": {"finding": "fever", "since_days": {"at_most": 0}}},
        "finding/fever.since_days",
        (0, 1),
    ),
    "words of a trend": (
        {"has": {"finding": "fever", "trend": "worse"}},
        "finding/fever.trend",
        ("worse", "unchanged", "better"),
    ),
    "words without not sure": (
        {"last_treatment.relief": "none"},
        "field/last_treatment.relief",
        ("none", "brief", "temporary", "partial", "worse"),
    ),
    "what was tried": (
        {"tried": {"treatment": "walking", "outcome": "worse"}},
        "tried/walking",
        ("helped", "partly", "no-help", "worse", "not-tried"),
    ),
}  # fmt: skip


@pytest.mark.parametrize(
    ("condition", "fact", "choices"), list(CHOICES.values()), ids=list(CHOICES)
)
def test_one_answer_on_either_side_of_a_border_is_enough(
    condition: dict[str, Any], fact: str, choices: tuple[Value, ...]
) -> None:
    guide = guide_of(**FOR_ALL, avoid_when=[when(condition)])

    assert choices_of(guide)[fact] == choices


def test_answers_are_said_as_a_profile_has_them() -> None:
    assert say(
        {
            "finding/fever": "absent",
            "finding/cough": "present",
            "finding/headache.trend": "worse",
            "finding/headache.since_days": 3,
            "measure/block-relief-percent": 80,
            "tried/walking": "helped",
            "field/age": 50,
            "field/pain.months": 3,
        }
    ) == {
        "has": [
            "cough",
            {"finding": "headache", "since_days": 3, "trend": "worse"},
        ],
        "has_not": ["fever"],
        "measures": {"block-relief-percent": 80},
        "tried": {"walking": "helped"},
        "age": 50,
        "pain": {"months": 3},
    }


def test_nothing_is_told_apart_that_no_rule_asks() -> None:
    guide = guide_of(**FOR_ALL, avoid_when=[has("fever")])

    assert "finding/cough" not in choices_of(guide)
