"""What tools take is read from JSON too, and what they give is made to fit."""

from functools import partial

import pytest
from pydantic import Field, ValidationError

from app.mcp.shapes import TEXT_MAX, Given, Out, Profile, Slugs, drop_last, fit


class Asked(Given):
    profile: Profile = Field(default_factory=dict)
    slugs: Slugs = ()


class Lists(Out):
    first: tuple[str, ...]
    second: tuple[str, ...]
    note: str | None = None


LINE = "x" * 990
FLOORS = (("second", 1), ("first", 0), ("second", 0))
shorten = partial(drop_last, floors=FLOORS)


@pytest.mark.parametrize(
    ("given", "read"),
    [
        pytest.param({"has": ["fever"]}, {"has": ["fever"]}, id="an object"),
        pytest.param('{"has": ["fever"]}', {"has": ["fever"]}, id="JSON in a text"),
        pytest.param("{}", {}, id="nothing in a text"),
    ],
)
def test_a_profile_may_come_in_a_text(given: object, read: object) -> None:
    assert Asked.model_validate({"profile": given}).profile == read


def test_a_list_may_come_in_a_text() -> None:
    assert Asked.model_validate({"slugs": '["a", "b"]'}).slugs == ("a", "b")


@pytest.mark.parametrize(
    "given",
    [
        pytest.param("fever", id="a word"),
        pytest.param('{"has": ', id="half of it"),
        pytest.param("[" * 20_000, id="too deep"),
        pytest.param('["fever"]', id="a list"),
        pytest.param(None, id="null"),
        pytest.param('{"age": 1, "age": 2}', id="a key twice"),
        pytest.param('{"pain": {"months": 1, "months": 2}}', id="an inner key twice"),
    ],
)
def test_a_text_that_is_no_profile_is_refused(given: object) -> None:
    with pytest.raises(ValidationError):
        Asked.model_validate({"profile": given})


def test_an_answer_that_fits_stays_as_it_is() -> None:
    lists = Lists(first=("a",), second=("b", "c"))

    assert fit(lists, shorten) is lists


@pytest.mark.parametrize(
    ("first", "second", "kept"),
    [
        pytest.param(1, 4, (1, 3), id="one too many"),
        pytest.param(3, 4, (3, 1), id="down to the floor"),
        pytest.param(5, 4, (3, 1), id="and then the next list"),
    ],
)
def test_the_last_entries_go_until_it_fits(
    first: int, second: int, kept: tuple[int, int]
) -> None:
    fitting = fit(Lists(first=(LINE,) * first, second=(LINE,) * second), shorten)

    assert (len(fitting.first), len(fitting.second)) == kept
    assert len(fitting.as_text()) <= TEXT_MAX


def test_what_may_not_go_stays() -> None:
    lists = Lists(first=("a",), second=("b",), note="x" * (TEXT_MAX + 1))

    assert fit(lists, shorten) == Lists(first=(), second=(), note=lists.note)


def test_an_answer_is_compact_and_leaves_out_what_there_is_not() -> None:
    lists = Lists(first=("ä",), second=())

    assert lists.as_text() == '{"first":["ä"],"second":[]}'
    assert lists.as_data() == {"first": ["ä"], "second": []}
