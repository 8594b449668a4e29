import json
from typing import Any

import pytest
from pydantic import ValidationError

from app.content.files import parse_entry
from app.errors import Fault, to_pointer
from app.fields import Kind
from app.library.bundle import ENTRY_TYPES
from app.library.faults import read_faults
from app.library.profile import PatientProfile
from tests.factories import make_option, make_rule, make_topic, make_treatment


def _faults_of(kind: Kind, data: dict[str, Any], *, hide_sent: bool) -> list[Fault]:
    with pytest.raises(ValidationError) as refused:
        parse_entry(kind, data)
    return read_faults(refused.value.errors(), ENTRY_TYPES[kind], hide_sent=hide_sent)


@pytest.mark.parametrize(
    ("steps", "pointer"),
    [
        ((), ""),
        (("has", 3), "/has/3"),
        (("a/b",), "/a~1b"),
        (("a~b",), "/a~0b"),
        (("~1",), "/~01"),
        (("",), "/"),
    ],
    ids=[
        "the whole",
        "a key and a place",
        "a slash",
        "a tilde",
        "a tilde, then a one",
        "an empty key",
    ],
)
def test_to_pointer_escapes_as_rfc_6901_says(
    steps: tuple[str | int, ...], pointer: str
) -> None:
    assert to_pointer(steps) == pointer


def test_a_fault_inside_a_condition_is_named_by_its_own_place() -> None:
    when = {"all": [{"has": "fever"}, {"pain.month": 3}]}
    option = make_option(recommend_when=[make_rule(when=when)])

    faults = _faults_of(Kind.TOPICS, make_topic(options=[option]), hide_sent=False)

    assert faults[0].pointer == "/options/0/recommend_when/0/when/all/1/pain.month"
    assert faults[0].detail.startswith("Unknown operator. Nearest: pain.months")


def test_every_fault_of_one_condition_is_named() -> None:
    rule = make_rule(when={"all": [{"has": 3}, {"is": 3}]})

    faults = _faults_of(
        Kind.TREATMENTS, make_treatment(avoid_when=[rule]), hide_sent=False
    )

    places = {fault.pointer.removeprefix("/avoid_when/0/when") for fault in faults}
    assert {"/all/0/has", "/all/1/is"} <= places


@pytest.mark.parametrize(
    ("values", "pointer", "detail"),
    [
        ({"sumary": "x"}, "/sumary", "Unknown key. Nearest: summary."),
        (
            {"evidence": {"benefits": 1}},
            "/evidence/benefits",
            "Unknown key. Nearest: benefit.",
        ),
        (
            {"category": "injections"},
            "/category",
            "Not a valid word. Nearest: injection.",
        ),
        (
            {"setting": "moon"},
            "/setting",
            "Not a valid word. Valid: clinic, home, hospital.",
        ),
    ],
    ids=["a key", "a key further in", "a word alike", "a word unlike"],
)
def test_a_fault_of_content_names_the_key_and_the_valid_choices(
    values: dict[str, Any], pointer: str, detail: str
) -> None:
    faults = _faults_of(Kind.TREATMENTS, make_treatment(**values), hide_sent=False)

    [said] = [fault.detail for fault in faults if fault.pointer == pointer]
    assert said.startswith(detail.removesuffix("."))


def test_a_fault_that_hides_what_was_sent_ends_at_the_known_parent() -> None:
    data = make_treatment(evidence={"benefits": 1})

    faults = _faults_of(Kind.TREATMENTS, data, hide_sent=True)

    [unknown] = [fault for fault in faults if fault.detail.startswith("Unknown key")]
    assert unknown.pointer == "/evidence"


def test_a_missing_key_is_named_where_it_is_missing() -> None:
    data = make_treatment()
    del data["summary"]

    assert _faults_of(Kind.TREATMENTS, data, hide_sent=False) == [
        Fault("/summary", "It is missing.")
    ]


def test_every_detail_is_a_sentence() -> None:
    raw = {"age": "x", "sex": "x", "has": [{}], "tried": 3, "zzz": 1, "pain": {"x": 1}}
    with pytest.raises(ValidationError) as refused:
        PatientProfile.model_validate_json(json.dumps(raw))

    faults = read_faults(refused.value.errors(), PatientProfile, hide_sent=True)

    assert len(faults) == 6
    assert all(fault.detail.endswith(".") for fault in faults)
