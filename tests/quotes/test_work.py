"""However a text is made, each of its sentences costs no more than is allowed."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Generic, TypeVar, overload

import pytest

from app.quotes.nearest import COMPARED_MAX
from app.quotes.verification import verify
from tests.quotes.books import make_book

LONGEST = 4_000
LOOKS_MAX = 20
"""So many looks find a place in any sequence of this file by halving it."""
BOOK = make_book(
    *(f"It may help you with thing {number}." for number in range(4_000)),
    *(f"May it help{' so' * number} much?" for number in range(200)),
    "Call {emergency_number} now.",
)
T = TypeVar("T")


class Counted(Sequence[T], Generic[T]):
    """A sequence that counts what is read of it."""

    def __init__(self, values: Sequence[T]) -> None:
        self.values = values
        self.reads = 0

    def __len__(self) -> int:
        return len(self.values)

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[T]: ...
    def __getitem__(self, index: int | slice) -> T | Sequence[T]:
        found = self.values[index]
        self.reads += len(self.values[index]) if isinstance(index, slice) else 1
        return found


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("It may help you with nothing. " * 133, id="one sentence again"),
        pytest.param(
            " ".join(f"It may help you with {one}." for one in range(148)),
            id="sentences of common words",
        ),
        pytest.param(" ".join(f"May {one}?" for one in range(420)), id="short ones"),
        pytest.param("it may help you with thing " * 148, id="one long sentence"),
        pytest.param("Call 999 your local emergency " * 133, id="begun fillings"),
        pytest.param("It" * 2_000, id="one long word"),
        pytest.param("? " * 2_000, id="signs"),
        pytest.param("[it](/) " * 500, id="links"),
        pytest.param("| it | may " * 363, id="cells"),
        pytest.param("- it may help\n" * 285, id="a list"),
    ],
)
def test_the_work_for_a_text_is_bounded_by_its_sentences(text: str) -> None:
    assert LONGEST * 0.9 < len(text) <= LONGEST
    keys = Counted(BOOK.keys)
    postings = {stem: Counted(found) for stem, found in BOOK.postings.items()}

    said = verify(replace(BOOK, keys=keys, postings=postings), text)

    different = {one.text for one in said.sentences}
    words = len(text.split())
    assert keys.reads <= len(different) * (COMPARED_MAX + LOOKS_MAX)
    assert sum(one.reads for one in postings.values()) <= (
        len(different) * COMPARED_MAX + words * LOOKS_MAX
    )


def test_a_common_word_is_read_as_far_as_allowed() -> None:
    postings = {stem: Counted(found) for stem, found in BOOK.postings.items()}

    [said] = verify(replace(BOOK, postings=postings), "It may help thing 7.").sentences

    assert [one.text for one in said.passages] == ["It may help you with thing 7."]
    assert sum(one.reads for one in postings.values()) >= COMPARED_MAX
    assert len(postings["help"]) > 4 * COMPARED_MAX
