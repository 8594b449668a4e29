"""Brief texts take whole sentences, and leave none out that takes another back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.library.sentences import split_sentences
from app.render.fitting import add_fitting, fits, take_fitting
from app.render.rendering import Length, Passage

SHORT, MEDIUM, FULL = Length
LONG = f"It {'very ' * 30}long."
SENTENCES = st.lists(
    st.sampled_from(["It may help.", "Rest.", "But not for long.", "Never stop.", LONG])
).map(" ".join)


@pytest.mark.parametrize(
    ("text", "length", "has_room"),
    [
        ("x" * 140, SHORT, True),
        ("x" * 141, SHORT, False),
        ("x " * 80, MEDIUM, True),
        ("x " * 81, MEDIUM, False),
        ("x " * 900, FULL, True),
    ],
)
def test_a_body_has_so_much_room(text: str, length: Length, *, has_room: bool) -> None:
    assert fits(text, length) is has_room


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        pytest.param("It helps. It lasts.", "It helps. It lasts.", id="all fits"),
        pytest.param(f"It helps. {LONG} Rest.", "It helps.", id="the next is too long"),
        pytest.param(f"{LONG} Rest.", "", id="the first is too long"),
        pytest.param(f"Rest. But {LONG}", "", id="what takes back is too long"),
        pytest.param(f"Rest. Walk. Never {LONG}", "Rest.", id="a warning is too long"),
        pytest.param("**It** helps.", "It helps.", id="markup"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_whole_sentences_are_taken_from_the_beginning(text: str, taken: str) -> None:
    assert take_fitting(text, SHORT) == taken


def test_room_is_left_for_what_stands_beside() -> None:
    text = f"Rest. {'X' * 100}."

    assert take_fitting(text, SHORT) == text
    assert take_fitting(text, SHORT, beside="y" * 40) == "Rest."


@given(SENTENCES)
def test_what_is_taken_is_a_beginning_and_fits(text: str) -> None:
    taken = take_fitting(text, SHORT)

    sentences = split_sentences(taken)
    assert split_sentences(text)[: len(sentences)] == sentences
    assert fits(taken, SHORT)


@given(SENTENCES)
def test_what_takes_back_is_never_left_out(text: str) -> None:
    sentences = split_sentences(text)
    taken = split_sentences(take_fitting(text, SHORT))

    following = sentences[len(taken) : len(taken) + 1]
    assert not taken or following not in (["But not for long."], ["Never stop."])


def test_passages_are_added_whole_or_not_at_all() -> None:
    said = [Passage("x" * 100)]

    added = add_fitting(said, [Passage("y" * 50), Passage("*Rest.*", ("a",))], SHORT)

    assert added == (Passage("x" * 100), Passage("Rest.", ("a",)))
