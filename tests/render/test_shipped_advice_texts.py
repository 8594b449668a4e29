"""The advice that example people get says what is urgent in every form and length."""

import json
import re
from collections.abc import Mapping

import pytest

from app.engine.compiler import Guidebook
from app.engine.recommend import recommend_as_is
from app.engine.recommendation import Recommendation
from app.fields import Kind, Standing, Urgency
from app.library.bundle import Bundle
from app.library.plain_text import to_plain
from app.render.recommendation_text import NAMED_MAX, compose_recommendation
from app.render.rendering import DISCLAIMER, Length, Rendering
from tests.render.texts import FORMS, brief_passages, names_in

REASSURING = re.compile(r"\broutine\b|no warning signs", re.IGNORECASE)
OFFERED = (Standing.RECOMMENDED, Standing.CONSIDER)
Told = list[tuple[Recommendation, Mapping[Length, Rendering]]]
in_every_form = pytest.mark.parametrize("form", list(FORMS))
at_every_length = pytest.mark.parametrize("length", list(Length))


@pytest.fixture(scope="module")
def told(seed_bundle: Bundle) -> Told:
    """What every example person is told, and the texts of it at every length."""
    guides = Guidebook(seed_bundle, release=1)
    names = names_in(seed_bundle)
    cases = sorted(seed_bundle.cases.values(), key=lambda case: (case.topic, case.slug))
    advices = [
        recommend_as_is(guides[case.topic], case.profile, region=case.region)
        for case in cases
    ]
    return [
        (
            advice,
            {one: compose_recommendation(advice, one, names=names) for one in Length},
        )
        for advice in advices
    ]


@at_every_length
@in_every_form
def test_every_text_says_what_is_urgent(
    seed_bundle: Bundle, told: Told, form: str, length: Length
) -> None:
    for advice, texts in told:
        written = _write(texts[length], seed_bundle, form)
        urgency = advice.urgency
        said = urgency.what_to_say

        assert urgency.headline in written
        assert [one for one in urgency.what_to_do if one not in written] == []
        assert said is None or said in written
        assert DISCLAIMER in written


@at_every_length
@in_every_form
def test_no_text_reassures_before_every_sign_is_ruled_out(
    seed_bundle: Bundle, told: Told, form: str, length: Length
) -> None:
    for advice, texts in told:
        if not advice.urgency.screening.complete:
            written = _write(texts[length], seed_bundle, form)
            # What a source is called is not ours to change.
            own = re.split(r"\n## Sources|\nSource 1: ", written)[0]

            assert not REASSURING.search(own)


def _write(rendering: Rendering, bundle: Bundle, form: str) -> str:
    written = FORMS[form](rendering, bundle.references)
    if form != "json":
        return written
    data = json.loads(written)
    return "\n".join([data["title"], data["body"], *data["safety"], data["disclaimer"]])


def test_safety_is_the_same_at_every_length(told: Told) -> None:
    for advice, texts in told:
        said = {text.safety for text in texts.values()}

        assert len(said) == 1
        assert texts[Length.SHORT].safety[0] == advice.urgency.headline


def test_safety_tells_every_caution_of_what_is_offered(told: Told) -> None:
    for advice, texts in told:
        said = "\n".join(texts[Length.SHORT].safety)
        for option in advice.options:
            if option.standing in OFFERED:
                assert all(to_plain(one.text) in said for one in option.cautions)


@pytest.mark.parametrize("length", [Length.SHORT, Length.MEDIUM])
def test_a_brief_body_has_80_words_at_most(told: Told, length: Length) -> None:
    for _, texts in told:
        body = " ".join(brief_passages(texts[length]))

        assert len(body.split()) <= 80


@pytest.mark.parametrize("length", [Length.SHORT, Length.MEDIUM])
def test_a_brief_body_asks_the_first_question(told: Told, length: Length) -> None:
    for advice, texts in told:
        body = " ".join(brief_passages(texts[length]))

        assert not advice.ask_next or advice.ask_next[0].question in body


def test_a_brief_body_names_the_first_options_with_their_standing(told: Told) -> None:
    for advice, texts in told:
        body = " ".join(brief_passages(texts[Length.SHORT]))
        offered = [one for one in advice.options if one.standing in OFFERED]
        named = re.findall(r"\((?:recommended|consider)[^)]*\)", body)

        assert len(named) <= min(NAMED_MAX, len(offered))
        assert all(one.name in body for one in offered[: len(named)])


def test_options_are_named_once_nothing_urgent_is_open(told: Told) -> None:
    calm = [
        " ".join(brief_passages(texts[Length.SHORT]))
        for advice, texts in told
        if advice.urgency.could_be is Urgency.ROUTINE
    ]

    assert calm
    assert all("Options to discuss with a clinician: " in body for body in calm)


def test_beside_a_call_for_help_no_option_is_named(told: Told) -> None:
    pressing = (Urgency.EMERGENCY, Urgency.URGENT)
    for advice, texts in told:
        if advice.urgency.level in pressing:
            assert "Options to discuss" not in " ".join(
                brief_passages(texts[Length.MEDIUM])
            )


def test_a_full_text_tells_every_option_and_cause_with_its_reasons(
    seed_bundle: Bundle, told: Told
) -> None:
    for advice, texts in told:
        written = FORMS["markdown"](texts[Length.FULL], seed_bundle.references)
        reasons = [
            *(one for option in advice.options for one in option.because),
            *(one for option in advice.options for one in option.against),
            *(one for cause in advice.causes for one in cause.because),
            *(one for cause in advice.causes for one in cause.against),
        ]

        assert [one.name for one in advice.options if one.name not in written] == []
        assert [one.name for one in advice.causes if one.name not in written] == []
        assert [one.rule for one in reasons if one.text not in written] == []


def test_the_title_is_that_of_the_topic(seed_bundle: Bundle, told: Told) -> None:
    names = names_in(seed_bundle)[Kind.TOPICS]
    for advice, texts in told:
        assert texts[Length.SHORT].title == names[advice.topic]
