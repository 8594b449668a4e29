"""The fixed words say what the rest of the service says."""

import pytest

from app.fields import Category, Kind, Urgency
from app.render.framing import HOW_FAST, SIGNS_FIRST, finish, name_of, name_treatments
from app.render.rendering import DISCLAIMER
from tests.factories import advise, make_guide, make_rule, make_sign


def test_the_disclaimer_is_one_short_line() -> None:
    assert len(DISCLAIMER) <= 60
    assert "\n" not in DISCLAIMER


@pytest.mark.parametrize("urgency", list(Urgency))
def test_how_fast_is_said_in_the_words_of_the_headline(urgency: Urgency) -> None:
    sign = make_sign(urgency=urgency.value, rules=[make_rule(when={"has": "fever"})])
    guide = make_guide({Kind.WARNING_SIGNS: [sign]})

    headline = advise(guide, has=["fever"]).urgency.headline

    assert headline.startswith(HOW_FAST[urgency].removesuffix("."))


def test_it_is_never_said_that_there_are_no_signs() -> None:
    said = " ".join((*HOW_FAST.values(), SIGNS_FIRST, DISCLAIMER)).lower()

    assert "no warning signs" not in said
    assert "routine" not in said


@pytest.mark.parametrize(
    ("line", "finished"),
    [("Weeks", "Weeks."), ("Weeks.", "Weeks."), ("When?", "When?"), ("", "")],
)
def test_a_line_ends_as_a_sentence(line: str, finished: str) -> None:
    assert finish(line) == finished


def test_what_has_no_name_is_called_by_its_slug() -> None:
    names = {Kind.TREATMENTS: {"yoga": "Yoga class"}}

    assert name_of(Kind.TREATMENTS, "yoga", names) == "Yoga class"
    assert name_of(Kind.TREATMENTS, "tai-chi", names) == "tai chi"
    assert name_of(Kind.TREATMENTS, "tai-chi", {}) == "tai chi"


@pytest.mark.parametrize(
    ("treatment", "category", "name"),
    [("yoga", None, "yoga"), (None, Category.SURGERY, "surgery"), (None, None, "")],
)
def test_a_category_stands_for_all_of_its_treatments(
    treatment: str | None, category: Category | None, name: str
) -> None:
    assert name_treatments(treatment, category, {}) == name
