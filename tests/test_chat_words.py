"""The example bot reads what is certain, and nothing else."""

import pytest

from tests.api.asking import Json
from tests.talking import words

AGE = {"words": [], "minimum": 0, "maximum": 120, "unit": "years"}
DAYS = {"words": [], "minimum": 0, "maximum": 36500, "unit": "days"}
PERCENT = {"words": [], "minimum": 0, "maximum": 100, "unit": "percent"}
RELIEF = {"words": ["none", "brief", "unsure"]}
TREND = {"words": ["worse", "unchanged", "better"]}
TRIED = {"words": ["helped", "no-help", "unsure", "not-tried"]}
ALL_UNSURE = {0: "not_sure", 1: "not_sure", 2: "not_sure"}


@pytest.mark.parametrize(
    ("typed", "picked"),
    [
        ("none", {}),
        ("no", {}),
        ("1", {0: "has"}),
        ("1,3", {0: "has", 2: "has"}),
        ("1, 2? 3", {0: "has", 1: "not_sure", 2: "has"}),
        ("not sure", ALL_UNSURE),
        ("i don't know", ALL_UNSURE),
        ("0", None),
        ("4", None),
        ("1,4", None),
        ("1 and 2", None),
        ("-1", None),
        ("", None),
    ],
)
def test_read_picks_reads_numbers(typed: str, picked: dict[int, str] | None) -> None:
    assert words.read_picks(typed, most=3) == picked


@pytest.mark.parametrize(
    ("typed", "asked", "value"),
    [
        pytest.param("58", AGE, 58, id="a number"),
        pytest.param("58 years", AGE, 58, id="a number with its unit"),
        pytest.param("85%", PERCENT, 85, id="a number with a percent sign"),
        pytest.param("0.25", DAYS, 0.25, id="a part of a day"),
        pytest.param("not sure", AGE, "not_sure", id="a number not known"),
        pytest.param("worse", TREND, "worse", id="a word"),
        pytest.param("not sure", TREND, "not_sure", id="a word not known"),
        pytest.param("none", RELIEF, "none", id="none, which is a word here"),
        pytest.param("not tried", TRIED, "not-tried", id="two words"),
        pytest.param("not sure", TRIED, "unsure", id="not sure, which is a word here"),
    ],
)
def test_read_value_reads_what_is_certain(
    typed: str, asked: Json, value: object
) -> None:
    assert words.read_value(typed, fact="field/it", asked=asked) == {"field/it": value}


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        pytest.param("58.5", AGE, id="a part of a year"),
        pytest.param("121", AGE, id="more than there can be"),
        pytest.param("-1", AGE, id="less than nothing"),
        pytest.param("old", AGE, id="a word for a number"),
        pytest.param("", AGE, id="nothing"),
        pytest.param("3 weeks", DAYS, id="another unit"),
        pytest.param("much worse", TREND, id="more than the word"),
        pytest.param("1", TREND, id="a number for a word"),
    ],
)
def test_read_value_reads_nothing_else(typed: str, asked: Json) -> None:
    assert words.read_value(typed, fact="field/it", asked=asked) is None


def test_write_profile_puts_every_answer_in_its_place() -> None:
    told = {
        "finding/leg-pain": "has",
        "finding/leg-pain.since_days": 30.0,
        "finding/leg-pain.trend": "not_sure",
        "finding/fever": "has_not",
        "finding/foot-drop": "not_sure",
        "field/age": 58.0,
        "field/sex": "not_sure",
        "field/pain.months": 14.0,
        "measure/block-count": 2.0,
        "measure/block-relief-percent": "not_sure",
        "tried/walking": "partly",
    }

    assert words.write_profile(told) == {
        "has": ["leg-pain", {"finding": "leg-pain", "since_days": 30}],
        "has_not": ["fever"],
        "not_sure": [
            "leg-pain.trend",
            "foot-drop",
            "sex",
            "measures.block-relief-percent",
        ],
        "age": 58,
        "pain": {"months": 14},
        "measures": {"block-count": 2},
        "tried": {"walking": "partly"},
    }


def test_write_sign_shows_the_most_pressing_and_what_to_do() -> None:
    hits = [
        {"name": name, "urgency": urgency, "what_to_do": [f"Do {name}."]}
        for name, urgency in (("A", "urgent"), ("B", "emergency"), ("C", None))
    ]

    assert [*words.write_sign(hits)] == ["A warning sign (emergency): B", "- Do B."]


def test_write_sign_leaves_out_what_fits_less_than_something_else() -> None:
    hits = [
        {"name": "A", "urgency": None, "what_to_do": []},
        {"name": "B", "urgency": "emergency", "what_to_do": ["Do B."]},
    ]

    assert [*words.write_sign(hits)] == []
    assert [*words.write_sign([])] == []
