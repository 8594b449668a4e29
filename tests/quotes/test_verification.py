"""Each sentence is verbatim, altered or unsupported, with the places it comes from."""

import pytest

from app.fields import Kind
from app.library.about import Region
from app.quotes.book import QuoteBook, build_book
from app.quotes.library_passage import LibraryPassage
from app.quotes.verification import PLACES_MAX, Fidelity, SaidSentence, verify
from tests.quotes.books import REGIONS, make_book, make_passages

VERBATIM, ALTERED, UNSUPPORTED = Fidelity
LIBRARY = (
    "Take it with food, but only if your doctor agrees.",
    "Heat helps some people for a short time.",
    "Call {emergency_number} now.",
    "Somebody to talk to: {crisis_line}.",
    "Walk a little each day.",
)
BOOK = make_book(*LIBRARY)


def check(text: str, book: QuoteBook = BOOK) -> list[Fidelity]:
    return [one.fidelity for one in verify(book, text).sentences]


def check_one(text: str, book: QuoteBook = BOOK) -> SaidSentence:
    [said] = verify(book, text).sentences
    return said


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Walk a little each day.", [VERBATIM], id="a sentence"),
        pytest.param(
            "Walk a little each day. Call 999 now.", [VERBATIM, VERBATIM], id="two"
        ),
        pytest.param(
            "I see. Walk a little each day.", [UNSUPPORTED, VERBATIM], id="a greeting"
        ),
        pytest.param(
            "Take it with food.", [ALTERED], id="a part that leaves off a condition"
        ),
        pytest.param(
            "Only if your doctor agrees.", [ALTERED], id="the end of a sentence"
        ),
        pytest.param(
            "Walk a little each day, and heat helps some people for a short time.",
            [ALTERED],
            id="two sentences in one",
        ),
        pytest.param(
            "As the doctors say, walk a little each day.", [ALTERED], id="words before"
        ),
        pytest.param("Walk a little each", [ALTERED], id="cut short"),
        pytest.param("Little a walk day each.", [UNSUPPORTED], id="shaken words"),
        pytest.param("Bananas are yellow.", [UNSUPPORTED], id="nothing in common"),
        pytest.param("Zyx wvu.", [UNSUPPORTED], id="words that nobody knows"),
        pytest.param("?!", [UNSUPPORTED], id="signs alone"),
        pytest.param("", [], id="nothing"),
        pytest.param(" \n ** \n . ", [], id="nothing that says something"),
    ],
)
def test_each_sentence_is_held_against_the_library(
    text: str, expected: list[Fidelity]
) -> None:
    assert check(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Walk a little each day. Call 112 now.", True, id="all verbatim"),
        pytest.param("Walk a little each day. Hello.", False, id="one unsupported"),
        pytest.param("Walk each day. Call 112 now.", False, id="one altered"),
        pytest.param("", False, id="nothing"),
    ],
)
def test_a_text_is_safe_to_quote_only_as_a_whole(text: str, expected: bool) -> None:  # noqa: FBT001
    assert verify(BOOK, text).is_safe_to_quote is expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        pytest.param("Call 999 now.", VERBATIM, id="a region's number"),
        pytest.param("Call 112 now.", VERBATIM, id="another region's number"),
        pytest.param("Call your local emergency number now.", VERBATIM, id="in words"),
        pytest.param("Call **999** now.", VERBATIM, id="number in bold"),
        pytest.param("Call 000 now.", ALTERED, id="number of no region"),
        pytest.param("Call 9999 now.", ALTERED, id="longer number"),
        pytest.param("Call 999 112 now.", ALTERED, id="two numbers"),
        pytest.param("Call a crisis line near you now.", ALTERED, id="other line"),
        pytest.param("Call your emergency number now.", ALTERED, id="fewer words"),
        pytest.param("Call now.", ALTERED, id="no number"),
        pytest.param(
            "Somebody to talk to: a crisis line near you.", VERBATIM, id="line in words"
        ),
        pytest.param(
            "Somebody to talk to: Samaritans (116 123) or NHS option (111).",
            VERBATIM,
            id="lines of a region",
        ),
        pytest.param(
            "Somebody to talk to: Samaritans (116 123).", ALTERED, id="one of its lines"
        ),
        pytest.param(
            "Somebody to talk to: Samaritans (116 124) or NHS option (111).",
            ALTERED,
            id="wrong line",
        ),
    ],
)
def test_a_placeholder_stands_for_what_any_region_says(
    said: str, expected: Fidelity
) -> None:
    assert check(said) == [expected]


def test_a_number_that_is_no_placeholder_is_only_itself() -> None:
    book = make_book("It took 112 days.", "Ask at your local emergency number.")

    assert check("It took 999 days. Ask at your local 112.", book) == [ALTERED, ALTERED]


def test_a_sentence_with_and_without_placeholder_has_both_places() -> None:
    written = make_passages("Call 999 now.", slug="written")
    filled = make_passages("Call {emergency_number} now.", slug="filled")
    book = build_book([*filled, *written], regions=REGIONS)

    said = check_one("Call 999 now.", book)

    assert [one.slug for one in said.passages] == ["written", "filled"]


def test_a_place_is_shown_with_its_sources_and_in_plain_words() -> None:
    passage = LibraryPassage(
        Kind.WARNING_SIGNS, "fit", "/what_to_do/0", "Call {emergency_number}.", ("who",)
    )

    said = check_one("Call 999.", build_book([passage], regions=REGIONS))

    assert said.places == 1
    assert said.passages == (
        LibraryPassage(
            Kind.WARNING_SIGNS,
            "fit",
            "/what_to_do/0",
            "Call your local emergency number.",
            ("who",),
        ),
    )


@pytest.mark.parametrize("said", ["Ask first.", "Ask last."])
def test_the_first_places_are_named_and_all_are_counted(said: str) -> None:
    slugs = [f"item-{number:02}" for number in range(PLACES_MAX + 5)]
    places = [one for slug in slugs for one in make_passages("Ask first.", slug=slug)]

    found = check_one(said, build_book(reversed(places)))

    assert [one.slug for one in found.passages] == slugs[:PLACES_MAX]
    assert found.places == len(slugs)


def test_a_sentence_that_stands_twice_in_a_field_has_one_place() -> None:
    book = build_book(make_passages("Ask first.") * 2)

    assert check_one("Ask first.", book).places == 1


def test_what_is_altered_names_the_nearest_sentence() -> None:
    book = make_book("Heat helps some people.", "Heat helps some people a little.")

    said = check_one("Heat helps most people a little.", book)

    assert [one.text for one in said.passages] == ["Heat helps some people a little."]


def test_the_same_sentence_is_reported_as_often_as_it_is_said() -> None:
    assert check("Heat. Call 999 now. Call 999 now.")[1:] == [VERBATIM, VERBATIM]


def test_a_sentence_is_shown_as_it_is_said_without_markup() -> None:
    assert check_one("**CALL** 999 now!").text == "CALL 999 now!"


def test_a_region_without_a_number_lets_nobody_leave_it_off() -> None:
    nowhere = Region(slug="xx", name="Nowhere", emergency_number=".")
    book = build_book(make_passages("Call {emergency_number} now."), regions=[nowhere])

    assert check("Call now.", book) == [ALTERED]


def test_a_passage_of_signs_alone_is_no_sentence() -> None:
    assert check("Walk.", make_book(".", "Walk.")) == [VERBATIM]


def test_other_forms_of_the_words_alone_are_no_quote() -> None:
    assert check("Walks!", make_book("Walking.")) == [UNSUPPORTED]


def test_a_book_without_sentences_supports_nothing() -> None:
    assert check("Call 999 now.", build_book([])) == [UNSUPPORTED]
