"""Texts are cut only where a sentence surely ends."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.library.bundle import Bundle
from app.library.plain_text import to_plain
from app.library.sentences import split_sentences

PROSE = st.lists(
    st.sampled_from(["Rest", "not", "e.g.", "Dr.", "No.", "3.5", "(a.", "b)", "it?"])
    | st.sampled_from(["[date.", "x]", "100.", "\n\n- ", "yes!", '"Go."', "{a_b}", ":"])
).map(" ".join)

SIGNS = "-+>0123456789"


@pytest.mark.parametrize(
    "sentences",
    [
        pytest.param(["It helps.", "It does not last."], id="full stops"),
        pytest.param(["Is it new?", "Yes!", "Go…", "Now."], id="other ends"),
        pytest.param(["Rest, e.g. Sundays, or i.e. not."], id="e.g. and i.e."),
        pytest.param(["Ask Dr. Smith vs. Prof. Jones.", "Ask."], id="titles"),
        pytest.param(
            ["It fell by 3.5 points.", "In 2 of 100.", "5 left."], id="figures"
        ),
        pytest.param(["See no. 5 and fig. 2.", "Is it?", "No.", "Go."], id="numbered"),
        pytest.param(["It is of type 1. 2.", "It is rare."], id="like a list"),
        pytest.param(["Take it at 8 p.m. or 9 p.m. Not later."], id="dotted letters"),
        pytest.param(["Rest, walk, etc. and sleep, etc.", "Ask."], id="etc."),
        pytest.param(
            ["I had it on [date. Time?] here.", "[numb / weak]"], id="to fill in"
        ),
        pytest.param(["Is it in my head?", "(It does not.)", "Ask."], id="brackets"),
        pytest.param(["Rest (or walk. Not both.) then ask."], id="inside brackets"),
        pytest.param(['Say "I am numb."', "Then wait."], id="quotes"),
        pytest.param(
            ["Call {emergency_number}.", "{crisis_line} helps."], id="regions"
        ),
        pytest.param(["Thin bones.", "No full stop"], id="open end"),
    ],
)
def test_sentences_end_where_they_end(sentences: list[str]) -> None:
    assert split_sentences(" ".join(sentences)) == sentences


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        pytest.param("", [], id="nothing"),
        pytest.param("**Never** rest.\nWalk.", ["Never rest.", "Walk."], id="markup"),
        pytest.param(
            "Not if:\n\n- a\n- b\n\nAsk.", ["Not if: a; b", "Ask."], id="open list"
        ),
        pytest.param("Two kinds.\n- A.\n- B.", ["Two kinds.", "A.", "B."], id="list"),
        pytest.param("Rest\n\nWalk.", ["Rest", "Walk."], id="paragraphs"),
    ],
)
def test_lines_are_whole(text: str, sentences: list[str]) -> None:
    assert split_sentences(text) == sentences


@given(PROSE | st.text(max_size=200))
def test_nothing_is_lost_or_added(text: str) -> None:
    sentences = split_sentences(text)

    assert all(sentences)
    assert _letters(" ".join(sentences)) == _letters(to_plain(text))


@given(PROSE)
def test_a_sentence_is_one_sentence(text: str) -> None:
    for sentence in split_sentences(text):
        # An item within an item begins with a sign.
        assert sentence[0] in SIGNS or split_sentences(sentence) == [sentence]


def test_every_shipped_sentence_ends(seed_bundle: Bundle) -> None:
    texts = [
        section.text or ""
        for treatment in seed_bundle.treatments.values()
        for section in treatment.sections.values()
    ]

    sentences = [one for text in texts for one in split_sentences(text)]

    assert [one for one in sentences if one[-1] not in ".?" or one[0].islower()] == []


def _letters(text: str) -> str:
    return "".join(text.replace(";", "").split())
