"""Words are folded and stemmed alike when they are indexed and when they are asked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.library.words import compose, find_stems, list_stems, list_words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Injections", "injection"),
        ("tingling", "TINGLED"),
        ("café", "cafe\u0301"),
        ("can't", "can\u2019t"),
        ("can't pee", "cannot pee"),
        ("I can not pee", "I can't pee"),
        ("not able to pee", "can't pee"),
        ("haven't really been able to pee", "can't pee"),
        ("no longer lift it", "can't lift it"),
        ("no feeling in my legs", "can't feel my legs"),
        ("doesn't hurt", "no hurt"),
    ],
)
def test_forms_of_the_same_words_are_the_same(one: str, other: str) -> None:
    said = [stem for stem in list_stems(compose(one)) if stem != "longer"]

    assert [stem for stem in said if stem != "abl"] == list_stems(compose(other))


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("no fever", ["fever"]),
        ("I don't have a fever or chills", ["fever", "chill"]),
        ("no fever, numb legs", ["fever"]),
        ("no fever but numb legs", ["fever"]),
        ("no fever and numb legs", ["fever"]),
        ("I never had cancer", ["cancer"]),
        ("without chest pain", ["chest", "pain"]),
        ("can't feel my legs", []),
        ("no feeling in my legs", []),
        ("not sure if I have a fever", []),
        ("not only fever", []),
        ("fever, not cancer", ["cancer"]),
    ],
)
def test_only_what_follows_a_denial_is_denied(text: str, denied: list[str]) -> None:
    assert [word.stem for word in list_words(text) if word.is_denied] == denied


def test_a_denial_does_not_reach_far() -> None:
    words = list_words("no fever chills sweats cough rash itch legs numb")

    assert [word.stem for word in words if not word.is_denied][1:] == ["leg", "numb"]


@given(st.text(max_size=300))
def test_any_text_has_words_that_stand_in_it(text: str) -> None:
    composed = compose(text)

    for word in list_words(composed):
        assert word.stem
        assert composed[word.start : word.end]


@given(st.text(max_size=300))
def test_what_has_a_stem_of_a_text_is_found_in_it(text: str) -> None:
    composed = compose(text)
    stems = {word.stem for word in list_words(composed)} - {"not", "cannot"}

    assert bool(find_stems(composed, stems)) == bool(stems)
