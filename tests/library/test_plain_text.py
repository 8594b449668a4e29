"""Light Markdown is read as its lines, and nothing but markup is lost."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.library.plain_text import Line, list_plain_lines, to_plain

MARKDOWN = st.text(alphabet="ab 1.\n*#_`|[]()<>-+~", max_size=60)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("**Never** *rest* for __long__ or _more_.", "Never rest for long or more."),
        ("See [the page](https://a.org/b_(c)).", "See the page."),
        ("See <https://a.org/b>.", "See https://a.org/b."),
        ("Take `one`.", "Take one."),
        ("a_b and {emergency_number}", "a_b and {emergency_number}"),
        ("[back / belly] pain since [date]", "[back / belly] pain since [date]"),
        ("a score of less than < 5", "a score of less than < 5"),
        ("> 60 years", "> 60 years"),
        ("*[a](b*)", "a"),
        ("# Rest\nNot for long.", "Rest Not for long."),
        ("> Rest,\n> not for long.", "Rest, not for long."),
        (" a\n b\t c ", "a b c"),
        ("---", ""),
        ("", ""),
    ],
)
def test_markup_is_taken_away(text: str, plain: str) -> None:
    assert to_plain(text) == plain


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Rest\nless.\n\nWalk.", [("Rest less.", False), ("Walk.", False)]),
        (
            "They are:\n- a\n  b\n- c",
            [("They are:", False), ("a b", True), ("c", True)],
        ),
        ("1. a\n2. b\n\nc", [("a", True), ("b", True), ("c", False)]),
        ("* a\n+ b", [("a", True), ("b", True)]),
        ("a\n***\nb", [("a", False), ("b", False)]),
        ("of\n100. That", [("of 100. That", False)]),
        ("of\n1. That", [("of", False), ("That", True)]),
    ],
)
def test_paragraphs_and_items_are_lines(
    text: str, lines: list[tuple[str, bool]]
) -> None:
    assert list_plain_lines(text) == [Line(*line) for line in lines]


@given(MARKDOWN | st.text(max_size=100))
def test_no_markup_is_left(text: str) -> None:
    for line in list_plain_lines(text):
        assert not re.search(r"[*`#|]|\[[^\[\]]*\]\([^()]*\)", line.text)
        assert line.text == " ".join(line.text.split())


@given(MARKDOWN)
def test_no_letter_is_lost_but_addresses(text: str) -> None:
    without_links = text.replace("(", "").replace("<", "")

    kept = re.sub(r"[^ab]", "", to_plain(without_links))

    assert kept == re.sub(r"[^ab]", "", without_links)
