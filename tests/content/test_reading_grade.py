"""How hard a text is to read, where what things are called counts for nothing."""

import pytest

from app.content.reading_grade import WORDS_MIN, ReadingGrades

PLAIN = (
    "You can try it at home. Start with a short walk. Rest when it hurts. Do a little "
    "more each day. Most people feel better in a few weeks. Ask for help when you do "
    "not."
)
HARD = (
    "Percutaneous thermal neurotomy denervates the zygapophysial articulation, "
    "thereby interrupting nociceptive transmission, although reinnervation "
    "predictably re-establishes symptomatology within approximately twelve months, "
    "necessitating repetition of the intervention in appropriately selected "
    "individuals without contraindications."
)
NAMED = (
    "You can try {name} at home. Start {name} on a good day. Rest when it hurts. Do a "
    "little more {name} each day. Most people like {name} in a few weeks. Ask when "
    "you do not."
)


def grade(text: str, *names: str) -> float | None:
    return ReadingGrades(names).grade(text)


def test_a_harder_text_has_a_higher_grade() -> None:
    plain, hard = grade(PLAIN), grade(HARD)

    assert plain is not None
    assert hard is not None
    assert plain < 3
    assert hard > 12


@pytest.mark.parametrize(
    ("words", "is_graded"),
    [(0, False), (1, False), (WORDS_MIN - 1, False), (WORDS_MIN, True)],
)
def test_a_text_has_a_grade_from_thirty_words_on(
    words: int, *, is_graded: bool
) -> None:
    assert (grade("walk " * words) is not None) is is_graded


@pytest.mark.parametrize(
    ("name", "written"),
    [
        pytest.param("Ibuprofen", "ibuprofen", id="in any case"),
        pytest.param("ibuprofen", "IBUPROFEN", id="in capitals"),
        pytest.param("Cognitive behavioural therapy", "cognitive behavioural therapy",
                     id="of several words"),
        pytest.param("Nerve therapy (stimulation)", "stimulation", id="in brackets"),
        pytest.param("Nerve therapy (stimulation)", "nerve therapy",
                     id="before brackets"),
        pytest.param("Nerve therapy (stimulation)", "nerve therapy (stimulation)",
                     id="with its brackets"),
        pytest.param("(Anti-inflammatory) medicines", "(anti-inflammatory) medicines",
                     id="that begins with brackets"),
        pytest.param("St. John's remedy", "st. john's remedy", id="with a full stop"),
    ],
)  # fmt: skip
def test_a_name_counts_as_it(name: str, written: str) -> None:
    plain = grade(NAMED.format(name="it"))

    assert grade(NAMED.format(name=written), name) == plain
    assert grade(NAMED.format(name=written)) != plain


@pytest.mark.parametrize(
    "names",
    [("Anti", "Anti-inflammatory gel"), ("Anti-inflammatory gel", "Anti")],
    ids=["the shorter one first", "the longer one first"],
)
def test_the_longest_name_counts_as_a_whole(names: tuple[str, ...]) -> None:
    text = NAMED.format(name="anti-inflammatory gel")

    assert grade(text, *names) == grade(NAMED.format(name="it"))


@pytest.mark.parametrize(
    ("name", "written"),
    [
        pytest.param("medic", "medication", id="the start of a word"),
        pytest.param("cation", "medication", id="the end of a word"),
        pytest.param("dicat", "medication", id="the middle of a word"),
    ],
)
def test_a_name_is_whole_words(name: str, written: str) -> None:
    text = NAMED.format(name=written)

    assert grade(text, name) == grade(text)


@pytest.mark.parametrize(
    "names",
    [(), ("",), ("()",), ("naproxen",)],
    ids=["no names", "an empty name", "empty brackets", "a name that is not there"],
)
def test_a_text_without_names_is_graded_as_it_stands(names: tuple[str, ...]) -> None:
    assert grade(HARD, *names) == grade(HARD)
    assert grade(PLAIN, *names) == grade(PLAIN)


@pytest.mark.parametrize("mark", ["*", "**", "_", "`", "# "])
def test_markup_counts_for_nothing(mark: str) -> None:
    assert grade(f"{mark}{PLAIN}{mark.strip()}") == grade(PLAIN)


def test_a_name_with_markup_in_it_is_still_a_name() -> None:
    text = NAMED.format(name="**Radiofrequency** ablation")

    plain = grade(NAMED.format(name="it"))
    assert grade(text, "Radiofrequency ablation") == plain
