import pytest

from app.library.nearest import SHOW_ALL_UP_TO, name_choices

WORDS = ("saddle-numbness", "leg-numbness", "fever")
MANY = [f"choice-{index}" for index in range(SHOW_ALL_UP_TO + 1)]


@pytest.mark.parametrize(
    ("word", "choices", "said"),
    [
        ("sadle-numbnes", WORDS, "Nearest: saddle-numbness, leg-numbness."),
        ("zq", WORDS, "Valid: fever, leg-numbness, saddle-numbness."),
        (3, WORDS, "Valid: fever, leg-numbness, saddle-numbness."),
        (None, WORDS, "Valid: fever, leg-numbness, saddle-numbness."),
        ("", WORDS, "Valid: fever, leg-numbness, saddle-numbness."),
        ("fever", (), "There are none to choose from."),
        ("zq", MANY, "There are 41 valid ones, none of them alike."),
        ("zq", MANY[1:], f"Valid: {', '.join(sorted(MANY[1:]))}."),
    ],
    ids=[
        "a misspelt word",
        "a word unlike all",
        "a number",
        "null",
        "no letters",
        "no choices",
        "too many choices to show",
        "as many choices as are shown",
    ],
)
def test_name_choices_says_what_would_be_right(
    word: object, choices: tuple[str, ...], said: str
) -> None:
    assert name_choices(word, choices) == said


def test_name_choices_names_at_most_three_near_ones() -> None:
    assert name_choices("choice-1", MANY).count(",") == 2


def test_name_choices_does_not_hang_on_the_order_of_the_choices() -> None:
    assert name_choices("numbness", WORDS) == name_choices("numbness", WORDS[::-1])


def test_name_choices_reads_only_the_beginning_of_a_long_word() -> None:
    assert name_choices("x" * 80 + "fever" * 100, WORDS).startswith("Valid: ")
