"""What holds of any text, whatever it is, and of any order of the library."""

import random
import re
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from app.library.about import fill_in
from app.quotes.book import build_book
from app.quotes.lexicon import ChangeKind
from app.quotes.verification import Fidelity, verify
from tests.quotes.books import DRUGS, REGIONS, make_passages, normalise, normalise_all

LIBRARY = (
    "Take ibuprofen with food, but only if your doctor agrees.",
    "Do not take it for more than 3 days.",
    "It may help you a little.",
    "It may not help you.",
    "Call {emergency_number} now.",
    "Somebody to talk to: {crisis_line}.",
    "Is it safe?",
    "Walk.",
    "Heat. It may help you a little.",
    "Not if you have: (a) a fever; (b) [pain / numbness]; 5*10 mg.",
)
PASSAGES = make_passages(*LIBRARY)
BOOK = build_book(PASSAGES, regions=REGIONS, drugs=DRUGS)
OURS = normalise_all(
    fill_in(sentence, region) for sentence in LIBRARY for region in (None, *REGIONS)
)

WORDS = sorted({word for sentence in LIBRARY for word in sentence.split()})
PIECES = (
    st.sampled_from(LIBRARY)
    | st.sampled_from(sorted(OURS))
    | st.sampled_from(WORDS)
    | st.sampled_from(["not", "5", "999", "NO", "\n- ", "\n\n", "> ", "**", "_", "|"])
    | st.sampled_from(["](/)", "5. ", "](not)", "[", "![", "#", "\u2019", "\ufdd0"])
    | st.text(max_size=5)
)
PROSE = st.lists(PIECES, max_size=20).flatmap(
    lambda pieces: st.sampled_from([" ".join(pieces), "".join(pieces)])
)
TEXTS = (PROSE | st.text(max_size=4000)).map(lambda text: text[:4000])

LIST_NUMBER = re.compile(r"\d{1,9}[.)](?=\s)")
"""The number of an item of a list is not said."""
ALLOWED = {
    (ChangeKind.WORDING,),
    *(
        kinds
        for size in range(1, len(ChangeKind))
        for kinds in combinations(list(ChangeKind)[:-1], size)
    ),
}


def drop_digits(signs: list[str]) -> list[str]:
    return [sign for sign in signs if not sign.isdecimal()]


@given(TEXTS)
def test_any_text_is_verified(text: str) -> None:
    for said in verify(BOOK, text).sentences:
        assert said.text.strip()
        assert said.places >= len(said.passages)
        assert bool(said.passages) is (said.fidelity is not Fidelity.UNSUPPORTED)
        assert bool(said.changes) is (said.fidelity is Fidelity.ALTERED)


@given(TEXTS)
def test_what_is_verbatim_is_a_sentence_of_ours(text: str) -> None:
    verbatim = normalise_all(
        said.text
        for said in verify(BOOK, text).sentences
        if said.fidelity is Fidelity.VERBATIM
    )

    assert verbatim <= OURS


@given(TEXTS)
def test_all_that_is_said_is_held_against_the_library(text: str) -> None:
    sentences = verify(BOOK, text).sentences

    said = [one for sentence in sentences for one in sentence.text if one.isalnum()]
    given = [one for one in text if one.isalnum()]
    in_lists = "".join(LIST_NUMBER.findall(text))
    assert drop_digits(said) == drop_digits(given)
    assert len(given) - len(said) <= sum(one.isdigit() for one in in_lists)


@given(TEXTS)
def test_every_change_has_words_and_says_what_it_is_about(text: str) -> None:
    for said in verify(BOOK, text).sentences:
        for change in said.changes:
            assert change.was or change.now
            assert change.kinds in ALLOWED


@given(TEXTS, st.integers())
def test_the_order_of_the_library_changes_nothing(text: str, seed: int) -> None:
    shuffled = random.Random(seed).sample(PASSAGES, len(PASSAGES))  # noqa: S311
    other = build_book(shuffled, regions=REGIONS[::-1], drugs=DRUGS[::-1])

    assert verify(other, text) == verify(BOOK, text)


@given(st.lists(st.sampled_from(LIBRARY), min_size=1, max_size=8))
def test_sentences_of_ours_in_any_row_are_safe_to_quote(sentences: list[str]) -> None:
    said = verify(BOOK, fill_in(" ".join(sentences), REGIONS[0]))

    assert said.is_safe_to_quote
    assert len(said.sentences) == len(sentences)


@given(st.sampled_from(LIBRARY), st.data())
def test_a_word_of_ours_that_is_left_off_is_named(
    sentence: str, data: st.DataObject
) -> None:
    words = fill_in(sentence, REGIONS[0]).split()
    at = data.draw(st.integers(0, len(words) - 1))
    said = " ".join(words[:at] + words[at + 1 :])

    if normalise(said) not in OURS:
        assert not verify(BOOK, said).is_safe_to_quote
