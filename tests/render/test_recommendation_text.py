"""Advice as a text: how urgent it is, what to ask first, and then the options."""

from typing import Any

import pytest

from app.engine.recommendation import Recommendation
from app.fields import Kind
from app.render.recommendation_text import compose_recommendation
from app.render.rendering import Length, Rendering, list_passages
from tests.factories import (
    Data,
    advise,
    make_bundle,
    make_cause,
    make_guide,
    make_option,
    make_rule,
    make_sign,
    make_topic,
    make_treatment,
)
from tests.render.texts import brief_passages, names_in

NAMES = ("yoga", "tai-chi", "massage", "heat")
ALWAYS = [make_rule("always")]
NO_SIGN = {"has_not": ["saddle-numbness", "fever", "leg-weakness"]}
ASKED = "Have you had any of these?"


def _own(*options: Data, **topic: Any) -> dict[Kind, list[Data]]:
    listed = [make_option(name, recommend_when=ALWAYS) for name in NAMES]
    return {
        Kind.TREATMENTS: [make_treatment(name) for name in NAMES],
        Kind.FAILURE_CAUSES: [make_cause(clues_for=[make_rule("clue")])],
        Kind.WARNING_SIGNS: [
            make_sign("cauda-equina"),
            make_sign(
                "infection",
                urgency="urgent",
                rules=[make_rule(when={"has": "fever"})],
                what_to_do=["Call the clinic today."],
            ),
        ],
        Kind.TOPICS: [make_topic(options=[*options] or listed, **topic)],
    }


OWN = _own(failure_causes=["cause"])


def _advise(own: dict[Kind, list[Data]], **profile: Any) -> Recommendation:
    return advise(make_guide(own), **profile)


def _compose(advice: Recommendation, length: Length) -> Rendering:
    return compose_recommendation(advice, length, names=names_in(make_bundle(OWN)))


CALM = "No warning signs in what you told us."
OPTIONS = (
    "Options to discuss with a clinician: Heat (recommended); Massage (recommended); "
    "Tai chi (recommended)."
)
OPEN = f"An emergency is not ruled out yet. Ask first: {ASKED}"
ABOUT = "It asks about: Saddle numbness."
TODAY = "Speak to a clinician today. This can be a sign of: Infection."
NOW = "Get emergency help now. This can be a sign of: Cauda equina."


@pytest.mark.parametrize(
    ("profile", "said"),
    [
        ({}, [OPEN, ABOUT, OPTIONS]),
        (NO_SIGN, [CALM, OPTIONS]),
        (
            {"has": ["fever"]},
            [f"{TODAY} {OPEN}", "Call the clinic today.", ABOUT],
        ),
        (
            {"has": ["saddle-numbness"]},
            [NOW, "Call your local emergency number now."],
        ),
    ],
    ids=["nothing told", "no sign", "urgent", "emergency"],
)
def test_a_short_text_says_what_matters_most(
    profile: dict[str, Any], said: list[str]
) -> None:
    advice = _advise(OWN, **profile)

    assert brief_passages(_compose(advice, Length.SHORT)) == said


def test_a_medium_text_adds_why_it_may_have_failed() -> None:
    advice = _advise(OWN, **NO_SIGN)

    *_, last = brief_passages(_compose(advice, Length.MEDIUM))

    assert last == "Likely reasons why it failed: Cause."


def test_safety_says_what_to_do_and_say() -> None:
    advice = _advise(OWN, has=["saddle-numbness"])

    assert _compose(advice, Length.SHORT).safety == (
        NOW,
        "Call your local emergency number now.",
        "You can say: I have this sign.",
    )


def test_what_is_offered_with_a_caution_says_so() -> None:
    careful = make_treatment(
        "yoga", caution_when=[make_rule("own"), make_rule("ask", ask_first=True)]
    )
    own = _own(make_option("yoga", recommend_when=ALWAYS))
    own[Kind.TREATMENTS] = [careful]

    text = _compose(_advise(own, **NO_SIGN), Length.SHORT)

    assert "Yoga (consider, with a caution)" in brief_passages(text)[-1]
    assert text.safety[1:] == ("Yoga: Because of ask.", "Yoga: Because of own.")


def test_what_is_held_by_open_questions_says_so() -> None:
    unsafe = make_treatment("yoga", avoid_when=[make_rule(when={"has": "pregnancy"})])
    own = _own(make_option("yoga", recommend_when=ALWAYS))
    own[Kind.TREATMENTS] = [unsafe]

    *_, last = brief_passages(_compose(_advise(own, **NO_SIGN), Length.SHORT))

    assert "Yoga (consider, questions are open)" in last


def test_what_is_not_for_now_is_not_named() -> None:
    own = _own(make_option("yoga", avoid_when=ALWAYS), make_option("heat"))

    said = brief_passages(_compose(_advise(own, **NO_SIGN), Length.MEDIUM))

    assert said == [CALM]


def test_a_long_list_of_names_is_cut_to_what_fits() -> None:
    own = dict(OWN)
    own[Kind.TREATMENTS] = [
        make_treatment(name, name=f"{name} {'very ' * 20}long") for name in NAMES
    ]

    *_, last = brief_passages(_compose(_advise(own, **NO_SIGN), Length.SHORT))

    assert last.count("(recommended)") == 2


@pytest.mark.parametrize("length", list(Length))
def test_without_a_name_the_topic_is_a_question(length: Length) -> None:
    text = compose_recommendation(_advise(OWN), length, names={})

    assert text.title == "What next?"


def test_a_full_text_says_all() -> None:
    own = _own(
        make_option("yoga", recommend_when=[make_rule(when={"has": "pregnancy"})]),
        make_option("heat", consider_when=ALWAYS, not_now_when=[make_rule("hot")]),
        make_option("massage", recommend_when=ALWAYS),
        failure_causes=["cause"],
        questions_to_ask=["What now?"],
    )  # fmt: skip
    told = {**NO_SIGN, "has": ["foot-drop"], "age": 30}

    said = _say(_compose(_advise(own, **told), Length.FULL))

    assert said == [
        "No warning signs in what you told us.",
        "Do you have this: Pregnancy? It helps to decide what fits you.",
        "It speaks for this: Because of clue.",
        "To check it: Ask for the record.",
        "Because: Because of always.",
        "This may help (low certainty).",
        "Because: Because of hot.",
        "This may help (low certainty).",
        "Because: Nothing you told us points to it.",
        "This may help (low certainty).",
        "Answers still missing for it: 1.",
        "With more answers it can become: recommended.",
        "Massage. A reason. Look again after 6 weeks.",
        "What now?",
        "Both present and absent: it counts as present.",
        "From release 1 of the library.",
    ]


def test_a_full_text_names_the_signs_that_are_found_and_those_that_are_open() -> None:
    said = _say(_compose(_advise(OWN, has=["fever"]), Length.FULL))

    assert "Infection. Speak to a clinician today. Because of rule." in said
    assert said.index("Cauda equina") < said.index("Because: Because of rule.")


def _say(rendering: Rendering) -> list[str]:
    return [passage.text for passage in list_passages(rendering.body)]
