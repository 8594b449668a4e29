"""Whoever repeats what our own texts say, word for word, is told that it is ours."""

from collections.abc import Iterator

import pytest

from app.engine.compiler import Guidebook
from app.engine.headline import ASK_FIRST, NO_SIGNS
from app.engine.recommend import recommend_as_is
from app.engine.recommendation import Recommendation
from app.engine.screens import build_screens, index_screens
from app.fields import Kind, Urgency
from app.library.bundle import Bundle
from app.quotes.book import QuoteBook
from app.quotes.headlines import write_matched, write_open
from app.quotes.library_passage import WHOLE_ITEM
from app.quotes.passages import list_bundle_passages
from app.quotes.verification import Fidelity, verify
from app.render.framing import HOW_FAST, name_items
from app.render.markdown_writer import write_markdown
from app.render.plain_writer import write_plain, write_plain_body
from app.render.recommendation_text import compose_recommendation
from app.render.rendering import Length, Rendering
from app.render.text_json import describe_text
from tests.render.texts import References, compose_all

BRIEF = (Length.SHORT, Length.MEDIUM)
OF_SIGNS = (
    "This can be a sign of: ",
    "Raise this at your next visit: ",
    NO_SIGNS,
)
OF_A_PROFILE = (
    *OF_SIGNS,
    "It asks about: ",
    "Options to discuss with a clinician: ",
    "Likely reasons why it failed: ",
)
"""How a sentence begins that says what a profile made of the library."""


def list_parts(rendering: Rendering, references: References) -> Iterator[str]:
    """Yield all that is said by itself, of a text in any form."""
    told = describe_text(rendering, references)
    yield from (told.body, *told.safety, told.disclaimer)
    yield "\n".join((*told.safety, told.disclaimer))
    yield write_plain(rendering, references)
    yield write_markdown(rendering, references)


def list_other(book: QuoteBook, text: str) -> list[str]:
    """Return the sentences of a text that are not verbatim."""
    said = verify(book, text).sentences
    return [one.text for one in said if one.fidelity is not Fidelity.VERBATIM]


@pytest.mark.parametrize("length", BRIEF)
def test_every_sentence_of_a_brief_text_is_verbatim(
    length: Length, seed_bundle: Bundle, seed_key_book: QuoteBook
) -> None:
    texts = [
        part
        for text in compose_all(seed_bundle)
        if text.length is length
        for part in list_parts(text.rendering, seed_bundle.references)
    ]

    said = [verify(seed_key_book, text) for text in texts]

    assert len(texts) > 157 * 5
    assert [one for one in said if not one.is_safe_to_quote] == []


def test_every_headline_of_one_sign_is_verbatim(
    seed_bundle: Bundle, seed_key_book: QuoteBook
) -> None:
    texts = [
        text
        for sign in seed_bundle.warning_signs.values()
        for text in (write_matched(sign), write_open(sign))
    ]

    assert [one for text in texts for one in list_other(seed_key_book, text)] == []


def test_every_question_is_verbatim_as_it_is_asked(
    seed_bundle: Bundle, seed_key_book: QuoteBook
) -> None:
    screens = index_screens(build_screens(seed_bundle), seed_bundle.findings)
    asked = {screen.question for screen in screens.values()}
    texts = [*asked, *(ASK_FIRST.format(question=one) for one in asked)]

    assert [one for text in texts for one in list_other(seed_key_book, text)] == []


def advise(bundle: Bundle) -> Iterator[Recommendation]:
    """Yield the advice for every fifth of our cases."""
    guides = Guidebook(bundle, release=1)
    for case in list(bundle.cases.values())[::5]:
        yield recommend_as_is(guides[case.topic], case.profile, region=case.region)


def test_advice_is_verbatim_but_for_what_it_lists_of_a_profile(
    seed_bundle: Bundle, seed_key_book: QuoteBook
) -> None:
    names = name_items(seed_bundle)
    texts = [
        compose_recommendation(advice, length, names=names)
        for advice in advise(seed_bundle)
        for length in BRIEF
    ]

    bodies = [
        one
        for text in texts
        for one in list_other(seed_key_book, write_plain_body(text))
    ]
    safety = [
        one
        for text in texts
        for line in text.safety
        for one in list_other(seed_key_book, line)
    ]

    assert [one for one in bodies if not one.startswith(OF_A_PROFILE)] == []
    assert [one for one in safety if not one.startswith(OF_SIGNS)] == []
    assert [one for one in bodies if one.startswith(OF_A_PROFILE[4])] != []


def test_a_name_alone_is_never_verbatim(
    seed_bundle: Bundle, seed_key_book: QuoteBook
) -> None:
    names = [
        name for named in name_items(seed_bundle).values() for name in named.values()
    ]
    names += [sign.name for sign in seed_bundle.warning_signs.values()]
    said = [*names, *(f"{name}." for name in names), *(f"# {name}" for name in names)]

    assert [one for one in said if verify(seed_key_book, one).is_safe_to_quote] == []


def test_a_sign_is_never_said_to_be_of_another_urgency(
    seed_bundle: Bundle, seed_key_book: QuoteBook
) -> None:
    signs = seed_bundle.warning_signs.values()
    said = {
        (sign.slug, urgency): verify(seed_key_book, f"{sign.name}. {how_fast}")
        for sign in signs
        for urgency, how_fast in HOW_FAST.items()
    }

    own = {(sign.slug, sign.urgency) for sign in signs}
    safe = {which for which, found in said.items() if found.is_safe_to_quote}
    assert len(own) == len(said) / len(Urgency)
    assert safe <= own
    assert len(safe) > len(own) / 2


def test_a_sentence_with_the_name_of_another_item_is_not_safe_to_quote(
    seed_bundle: Bundle, seed_key_book: QuoteBook, seed_units: list[str]
) -> None:
    ours = set(seed_units)
    names = [one.name for one in seed_bundle.treatments.values()]
    said = [
        f"{name}. {rest}"
        for number, unit in enumerate(seed_units)
        for _, _, rest in [unit.partition(". ")]
        for name in (names[number % len(names)], names[-1 - number % len(names)])
    ]
    others = [one for one in said if one not in ours]

    assert len(others) > len(seed_units)
    assert [one for one in others if verify(seed_key_book, one).is_safe_to_quote] == []


def test_what_is_said_of_a_treatment_names_it(
    seed_bundle: Bundle, seed_book: QuoteBook
) -> None:
    named = {
        (one.slug, label)
        for one in list_bundle_passages(seed_bundle)
        if one.kind is Kind.TREATMENTS and one.pointer == WHOLE_ITEM
        for label in [one.text.partition(": ")[0]]
        if label in {treatment.name for treatment in seed_bundle.treatments.values()}
    }

    assert named
    assert [
        (slug, label)
        for slug, label in named
        if seed_bundle.treatments[slug].name != label
    ] == []
