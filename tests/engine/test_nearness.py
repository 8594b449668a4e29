"""Which answers an option hangs on, and which numbers it cannot tell apart."""

from collections.abc import Mapping
from typing import Any

import pytest

from app.engine.answers import Answer
from app.engine.guide import Guide
from app.engine.nearness import split
from app.engine.read_profile import read_profile
from app.fields import Kind
from app.library.profile import PatientProfile
from tests.engine.lifting import FOR_ALL, guide_of, has, when
from tests.factories import make_guide, make_profile, make_sign

AGE, FEVER, PREGNANT = "field/age", "finding/fever", "finding/pregnancy"
BETWEEN = when({"age": {"at_least": 50, "at_most": 65}})


def near(guide: Guide, **profile: Any) -> Mapping[str, Answer]:
    """Return the answers that the only option hangs on."""
    told: PatientProfile = make_profile(**profile)
    answers, _ = read_profile(told, guide.vocabulary)
    return dict(split(guide, answers)[guide.options[0]])


def test_an_option_hangs_on_nothing_that_its_rules_do_not_ask() -> None:
    guide = guide_of(**FOR_ALL, avoid_when=[has("fever")])

    assert near(guide, has=["fever", "headache"]) == {FEVER: "present"}


def age_near(age: int, **profile: Any) -> Answer:
    guide = guide_of(**FOR_ALL, avoid_when=[BETWEEN])
    return near(guide, age=age, pain={"months": 3}, **profile)[AGE]


@pytest.mark.parametrize(
    ("one", "other"), [(0, 49), (51, 59), (61, 64), (66, 120)], ids=str
)
def test_numbers_that_no_rule_tells_apart_are_one(one: int, other: int) -> None:
    assert age_near(one) == age_near(other)


# 60 is the border of what is possible at an age.
@pytest.mark.parametrize("age", [50, 60, 65])
def test_a_border_is_as_no_other_number(age: int) -> None:
    below, above = age_near(age - 1), age_near(age + 1)

    assert age_near(age) == age
    assert isinstance(below, int | float)
    assert isinstance(above, int | float)
    assert below < age < above


def test_a_number_is_kept_while_an_open_answer_could_contradict_it() -> None:
    guide = guide_of(**FOR_ALL, avoid_when=[BETWEEN])

    assert near(guide, age=52)[AGE] == 52
    assert near(guide, age=52, pain={"months": 3})[AGE] == 55


def test_an_option_hangs_on_the_signs_that_an_answer_to_it_could_show() -> None:
    pressing = make_sign(
        "infection", urgency="urgent", rules=[has("cough", unless={"has": "fever"})]
    )
    guide = guide_of(**FOR_ALL, avoid_when=[has("fever")], signs=[pressing])

    assert near(guide, has=["cough"]) == {"finding/cough": "present"}


def test_an_option_does_not_hang_on_signs_that_it_has_no_part_in() -> None:
    apart = make_sign("infection", urgency="urgent", rules=[has("cough")])
    guide = guide_of(**FOR_ALL, avoid_when=[has("fever")], signs=[apart])

    assert near(guide, has=["cough"]) == {}


def test_an_option_hangs_on_the_findings_that_an_age_decides_on() -> None:
    guide = guide_of(**FOR_ALL, avoid_when=[when({"age": {"at_least": 65}})])

    assert near(guide, has=["pregnancy"]) == {PREGNANT: "present"}


def test_a_sign_hangs_on_what_its_rules_ask() -> None:
    guide = make_guide({Kind.WARNING_SIGNS: [make_sign("fever", rules=[has("fever")])]})
    answers, _ = read_profile(
        make_profile(has=["fever", "leg-weakness"]), guide.vocabulary
    )
    [sign] = [one for one in guide.signs if one.slug == "fever"]

    assert split(guide, answers)[sign] == ((FEVER, "present"),)
