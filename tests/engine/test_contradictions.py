"""The closed list of fields that can contradict each other."""

from typing import Any

import pytest

from app.engine.answers import Answers, Disputed
from app.engine.contradictions import CONTRADICTIONS
from app.engine.read_profile import read_profile
from app.engine.recommendation import Note
from tests.factories import make_guide, make_profile

VOCABULARY = make_guide().vocabulary


def _read(**profile: Any) -> Answers:
    return read_profile(make_profile(**profile), VOCABULARY)[0]


def _notes(**profile: Any) -> tuple[Note, ...]:
    return read_profile(make_profile(**profile), VOCABULARY)[1]


NEVER = "Never treated, but the relief is told."
CONTRADICTORY: list[tuple[str, dict[str, Any]]] = [
    ("No relief, but some percent of it.", {"relief": "none", "relief_percent": 10}),
    ("No relief, but some days of it.", {"relief": "worse", "relief_days": 0.5}),
    ("Some relief, but zero percent.", {"relief": "partial", "relief_percent": 0}),
    (
        "The relief lasted longer than the time since the treatment.",
        {"relief_days": 31, "days_ago": 30},
    ),
    ("Never treated, but treated so long ago.", {"times": 0, "days_ago": 30}),
    (NEVER, {"times": 0, "relief": "brief"}),
    (NEVER, {"times": 0, "relief_percent": 60}),
    (NEVER, {"times": 0, "relief_days": 3}),
]


@pytest.mark.parametrize(("detail", "fields"), CONTRADICTORY)
def test_fields_that_contradict_each_other_count_as_not_sure(
    detail: str, fields: dict[str, Any]
) -> None:
    answers = _read(last_treatment=fields)
    [note] = _notes(last_treatment=fields)

    facts = tuple(sorted(f"field/last_treatment.{name}" for name in fields))
    assert answers == {
        f"field/last_treatment.{name}": Disputed(value)
        for name, value in fields.items()
    }
    assert (note.facts, note.detail) == (facts, f"{detail} Both count as not sure.")


def test_nobody_is_in_pain_for_longer_than_alive() -> None:
    [note] = _notes(age=30, pain={"months": 373})

    assert note.facts == ("field/age", "field/pain.months")
    assert _notes(age=30, pain={"months": 372}) == ()


def test_every_contradiction_has_a_test() -> None:
    tested = [
        (detail, {f"field/last_treatment.{name}" for name in fields})
        for detail, fields in CONTRADICTORY
    ]
    tested.append(
        ("In pain for longer than alive.", {"field/age", "field/pain.months"})
    )

    assert len(CONTRADICTIONS) == len(tested)
    assert all((one.detail, set(one.facts)) in tested for one in CONTRADICTIONS)


@pytest.mark.parametrize("name", ["relief_percent", "relief_days"])
def test_no_relief_of_what_was_never_done_is_a_contradiction_too(name: str) -> None:
    [note] = _notes(last_treatment={"times": 0, name: 0})

    assert note.detail == f"{NEVER} Both count as not sure."


AGREEING: dict[str, dict[str, Any]] = {
    "no relief, and none in percent or days": {
        "relief": "none", "relief_percent": 0, "relief_days": 0
    },
    "some relief in percent and days": {
        "relief": "brief", "relief_percent": 60, "relief_days": 3
    },
    "relief until today": {"relief_days": 30, "days_ago": 30},
    "never treated": {"times": 0},
    "never treated, and not sure of the relief": {"times": 0, "relief": "unsure"},
    "not sure of the relief, and none in percent": {
        "relief": "unsure", "relief_percent": 0
    },
    "not sure of the relief, and some in percent and days": {
        "relief": "unsure", "relief_percent": 60, "relief_days": 3
    },
    "treated once": {"times": 1, "days_ago": 0, "relief": "none"},
}  # fmt: skip


@pytest.mark.parametrize("fields", list(AGREEING.values()), ids=list(AGREEING))
def test_fields_that_agree_are_known(fields: dict[str, Any]) -> None:
    known = {f"field/last_treatment.{name}": value for name, value in fields.items()}

    assert _read(last_treatment=fields) == known
    assert _notes(last_treatment=fields) == ()
