"""A name in front of a sentence is quoted with that sentence, and never alone."""

import pytest

from app.quotes.folding import read_sentences, read_tokens
from app.quotes.units import UNIT_MAX, join_sentences, join_tokens, list_units
from app.quotes.verification import Fidelity, verify
from tests.quotes.books import make_book

VERBATIM, ALTERED, UNSUPPORTED = Fidelity
BOOK = make_book(
    "Tai chi. Tai chi (self-care). It may help you a little.",
    "Tai chi (self-care). It may help you a little.",
    "Fit or faint? Call {emergency_number} now.",
    "Call {emergency_number} now.",
    "Tablets cause ulcers.",
)


@pytest.mark.parametrize(
    ("sentences", "leads", "units"),
    [
        pytest.param(["A.", "B."], [], [("A.",), ("B.",)], id="no lead"),
        pytest.param(["A.", "B."], ["A."], [("A.", "B."), ("B.",)], id="a lead"),
        pytest.param(
            ["A.", "B.", "C."],
            ["A.", "B."],
            [("A.", "B.", "C."), ("B.", "C."), ("C.",)],
            id="two leads",
        ),
        pytest.param(["B.", "A."], ["A."], [("B.",)], id="a lead to nothing"),
        pytest.param([], [], [], id="nothing"),
    ],
)
def test_what_leads_to_a_sentence_stands_with_it(
    sentences: list[str], leads: list[str], units: list[tuple[str, ...]]
) -> None:
    assert list(list_units(sentences, leads)) == units


@pytest.mark.parametrize(
    "sentences",
    [
        pytest.param(["Tai chi.", "It helps."], id="full stops"),
        pytest.param(["Tai chi", "It helps"], id="none"),
        pytest.param(["Why?", "It helps!"], id="other marks"),
        pytest.param(["Tai chi", "Tai chi (self-care).", "It helps."], id="three"),
        pytest.param(["It helps."], id="one"),
    ],
)
def test_joined_tokens_are_those_of_joined_sentences(sentences: list[str]) -> None:
    joined = join_tokens([read_tokens(one) for one in sentences])

    folded = [token.folded for token in read_tokens(join_sentences(sentences))]
    assert [token.folded for token in joined] == folded


@pytest.mark.parametrize(
    "said",
    [
        pytest.param("Tai chi (self-care). It may help you a little.", id="as it is"),
        pytest.param(
            "# Tai chi\n\nTai chi (self-care).\nIt may help you a little.", id="titled"
        ),
        pytest.param(
            "- **Tai chi (self-care).**\n- It may help you a little", id="a list"
        ),
        pytest.param("Fit or faint? Call 112 now. Call 999 now.", id="a region"),
        pytest.param(
            "Tablets cause ulcers. Tai chi (self-care). It may help you a little.",
            id="after another sentence",
        ),
    ],
)
def test_a_name_with_its_sentence_is_verbatim(said: str) -> None:
    assert verify(BOOK, said).is_safe_to_quote


def test_a_name_with_its_sentence_is_reported_as_one() -> None:
    said = verify(BOOK, "Tai chi\n\nTai chi (self-care). It may help you a little.")

    assert [one.text for one in said.sentences] == [
        "Tai chi. Tai chi (self-care). It may help you a little."
    ]
    assert len(read_sentences(said.sentences[0].text)) == UNIT_MAX


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        pytest.param("Tai chi.", [UNSUPPORTED], id="a name alone"),
        pytest.param(
            "Tai chi (self-care). Tablets cause ulcers.",
            [ALTERED, VERBATIM],
            id="with the sentence of another",
        ),
        pytest.param(
            "Fit or faint? It may help you a little.",
            [ALTERED, ALTERED],
            id="another name with its sentence",
        ),
        pytest.param(
            "Tai chi (self-care): It may help you a little.",
            [ALTERED],
            id="another sign",
        ),
        pytest.param(
            "Tai chi (self-care). Call 112 now. It may help you a little.",
            [ALTERED, VERBATIM, ALTERED],
            id="another sentence between",
        ),
        pytest.param(
            "Fit or faint. Call 112 now.", [ALTERED, VERBATIM], id="another mark"
        ),
    ],
)
def test_a_name_with_anything_else_is_not_verbatim(
    said: str, expected: list[Fidelity]
) -> None:
    assert [one.fidelity for one in verify(BOOK, said).sentences] == expected
