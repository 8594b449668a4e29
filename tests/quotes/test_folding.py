"""What may differ in a quote is folded; everything else makes another sentence."""

import pytest

from app.quotes.folding import read_sentences
from app.quotes.verification import Fidelity, verify
from tests.quotes.books import make_book

LIBRARY = (
    'Don\'t take 5 - 10 tablets, long-lasting or "strong" ones.',
    "Is it safe?",
    "Wait 2 3 days.",
    "Take 510 mg.",
    "It is not safe.",
    "See caf\u00e9.",
)
BOOK = make_book(*LIBRARY)


@pytest.mark.parametrize(
    "said",
    [
        pytest.param("IS IT SAFE?", id="upper case"),
        pytest.param("  Is\n it\u00a0 safe? ", id="white space"),
        pytest.param("Take 510 mg", id="no full stop"),
        pytest.param(
            "Don\u2019t take 5 \u2013 10 tablets, long\u2011lasting or "
            "\u201cstrong\u201d ones.",
            id="typographic quotes and dashes",
        ),
        pytest.param("See cafe\u0301.", id="letters in two characters"),
        pytest.param("**Is it _safe_?**", id="emphasis"),
        pytest.param("_Is it safe?_ __Take 510 mg.__", id="emphasised sentences"),
        pytest.param("## Is it safe?", id="heading"),
        pytest.param("> Is it `safe`?", id="quotation"),
        pytest.param("Is it safe?\n\n___\nTake 510 mg.", id="line between"),
        pytest.param("- Is it safe?\n- Take 510 mg.", id="list"),
        pytest.param("\u2022 Is it safe?\n\u2022 Take 510 mg.", id="bullets"),
        pytest.param("1. Is it safe?\n2. Take 510 mg.", id="numbered list"),
        pytest.param("[Is it safe?](https://example.org/a)", id="link"),
        pytest.param("| Is it safe? | Take 510 mg. |", id="cells of sentences"),
    ],
)
def test_what_only_looks_other_is_verbatim(said: str) -> None:
    assert verify(BOOK, said).is_safe_to_quote


@pytest.mark.parametrize(
    "said",
    [
        pytest.param("Is it safe", id="no question mark"),
        pytest.param("Is it safe!", id="another mark"),
        pytest.param("It is safe?", id="another order"),
        pytest.param("Take 510 mg..", id="two full stops"),
        pytest.param("Take 510 mg\u2026", id="three dots"),
        pytest.param("Take 510mg.", id="no space"),
        pytest.param("Take 51 0 mg.", id="space in a number"),
        pytest.param("Take 51*0 mg.", id="number times number"),
        pytest.param("Wait 2 * 3 days.", id="star alone"),
        pytest.param("Wait 2 *\n3 days.", id="star at the end of a line"),
        pytest.param("Take 510 mg __.", id="gap at the end"),
        pytest.param("It is __ not safe.", id="gap"),
        pytest.param("__ It is not safe.", id="gap at the beginning"),
        pytest.param("Wait 2 | 3 days.", id="cells of a table"),
        pytest.param("Wait 2 #3 days.", id="number sign"),
        pytest.param("It is ~~not~~ safe.", id="struck out"),
        pytest.param("It is <del>not</del> safe.", id="struck out by a tag"),
        pytest.param("It is <!-- not --> safe.", id="hidden in a comment"),
        pytest.param("It is [not](or rather, very) safe.", id="words behind a link"),
        pytest.param("Take [510](tel:5100) mg.", id="number behind a link"),
        pytest.param("It is ![not](https://example.org/a.png) safe.", id="picture"),
        pytest.param("It is n\u043et safe.", id="letter of another alphabet"),
        pytest.param("It is not\u200b safe.", id="hidden character"),
        pytest.param("It is no\u0338t safe.", id="letter struck through"),
        pytest.param("See cafe.", id="no accent"),
        pytest.param("\u202eIt is not safe.", id="turned round"),
        pytest.param('"It is not safe."', id="quotes around it"),
        pytest.param("It is not safe. \U0001f642", id="face after it"),
    ],
)
def test_what_is_other_is_not_verbatim(said: str) -> None:
    assert not verify(BOOK, said).is_safe_to_quote


@pytest.mark.parametrize("sign", "*`#|]!_\ufdd0\ufdd1\ufdd5")
def test_signs_that_may_be_more_than_markup_are_kept(sign: str) -> None:
    text = f"a{sign}b 7{sign}8 a {sign} b"

    [sentence] = read_sentences(text)

    assert sentence.replace("\ufffd", sign) == text


def test_a_sign_that_stands_for_another_inside_is_not_that_other() -> None:
    book = make_book("Take 5*10 mg.")

    [said] = verify(book, "Take 5\ufdd010 mg.").sentences

    assert said.fidelity is Fidelity.ALTERED
