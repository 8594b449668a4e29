"""Causes, signs and topics as texts: signs first, and nothing half said."""

from typing import Any

import pytest

from app.fields import Kind
from app.render.failure_cause_text import ONE_REASON
from app.render.framing import SIGNS_FIRST
from app.render.rendering import Heading, Length, Rendering, list_passages
from app.render.topic_text import WHAT_IT_IS
from tests.factories import (
    TOPIC,
    make_bundle,
    make_cause,
    make_option,
    make_rule,
    make_sign,
    make_topic,
)
from tests.render.texts import brief_passages, compose

LONG = f"It is {'very ' * 90}long."


def _sign(length: Length, **values: Any) -> Rendering:
    bundle = make_bundle({Kind.WARNING_SIGNS: [make_sign(**values)]})
    return compose(bundle, Kind.WARNING_SIGNS, "sign", length)


def _cause(length: Length, **values: Any) -> Rendering:
    bundle = make_bundle({Kind.FAILURE_CAUSES: [make_cause(**values)]})
    return compose(bundle, Kind.FAILURE_CAUSES, "cause", length)


def _topic(length: Length, **values: Any) -> Rendering:
    topic = make_topic(**values)
    own = {Kind.TOPICS: [topic], Kind.FAILURE_CAUSES: [make_cause()]}
    return compose(make_bundle(own), Kind.TOPICS, TOPIC, length)


def _say(rendering: Rendering) -> list[str]:
    return [passage.text for passage in list_passages(rendering.body)]


ACT = "Call your local emergency number now."
CHECK = "Ask for the record."
TODAY = "Speak to a clinician today"


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({}, f"Sign. Get emergency help now. {ACT}"),
        (
            {"urgency": "urgent", "what_to_do": [f"{TODAY}: any one."]},
            f"Sign. {TODAY}: any one.",
        ),
        ({"what_to_do": [LONG]}, "Sign. Get emergency help now."),
        ({"name": "S" * 140, "what_to_do": [LONG]}, "Get emergency help now."),
        (
            {"urgency": "soon", "what_to_do": ["Ask.", LONG]},
            "Sign. Be seen within days, two weeks at most. Ask.",
        ),
    ],
    ids=["all", "once", "too much to do", "too long a name", "as far as it fits"],
)
def test_a_short_sign_says_how_fast(values: dict[str, Any], said: str) -> None:
    assert brief_passages(_sign(Length.SHORT, **values)) == [said]


def test_a_medium_sign_says_why_or_nothing_of_it() -> None:
    why = "It is common."
    whole = brief_passages(_sign(Length.MEDIUM, why=why))
    none = brief_passages(_sign(Length.MEDIUM, why=f"{why} {LONG}"))

    assert whole == [f"Sign. Get emergency help now. {ACT}", why]
    assert none == whole[:1]


@pytest.mark.parametrize("length", list(Length))
def test_every_sign_keeps_all_that_is_to_be_done(length: Length) -> None:
    sign = _sign(length, what_to_do=["Call {emergency_number} now.", LONG])

    assert sign.safety == ("Get emergency help now.", ACT, LONG)


def test_a_full_sign_says_all() -> None:
    holds = [{"treatment": "walking"}, {"category": "surgery"}]

    assert _say(_sign(Length.FULL, holds=holds, aliases=["one", "two"])) == [
        "Get emergency help now.",
        ACT,
        "I have this sign.",
        "It can be dangerous.",
        "Is it so?",
        "Because of rule.",
        "Walking",
        "surgery",
        "Also called: one; two.",
    ]


@pytest.mark.parametrize(
    ("length", "summary", "said"),
    [
        (Length.SHORT, "A summary.", ["A summary."]),
        (Length.SHORT, LONG, [ONE_REASON]),
        (Length.MEDIUM, "A summary.", ["A summary.", f"To check it: {CHECK}"]),
    ],
    ids=["short", "too long", "medium"],
)  # fmt: skip
def test_a_brief_cause_says_what_it_is(
    length: Length, summary: str, said: list[str]
) -> None:
    assert brief_passages(_cause(length, summary=summary)) == said


def test_a_full_cause_says_all() -> None:
    cause = _cause(
        Length.FULL,
        aliases=["bad luck"],
        clues_for=[make_rule("strong", strong=True), make_rule("weak")],
        clues_against=[make_rule("not")],
        points_to=[{"treatment": "walking", "because": "It may help."}],
    )

    assert cause.safety == (SIGNS_FIRST,)
    assert _say(cause) == [
        "A summary.",
        "A text.",
        "Strong clue: Because of strong.",
        "Because of weak.",
        "Because of not.",
        "Ask for the record.",
        "Walking: It may help.",
        "Also called: bad luck.",
    ]


@pytest.mark.parametrize(
    ("introduction", "said"),
    [("An introduction.", "An introduction."), (LONG, WHAT_IT_IS)],
    ids=["introduction", "too long"],
)
def test_a_short_topic_says_what_it_is(introduction: str, said: str) -> None:
    assert brief_passages(_topic(Length.SHORT, introduction=introduction)) == [said]


def test_a_topic_names_only_its_own_emergencies() -> None:
    signs = [
        make_sign("fever"),
        make_sign("old-pain", urgency="soon"),
        make_sign("cauda-equina", name="Squeezed nerves"),
    ]
    bundle = make_bundle({Kind.WARNING_SIGNS: signs})

    safety = compose(bundle, Kind.TOPICS, TOPIC, Length.SHORT).safety

    named = "Get emergency help now for any of these: Fever; Squeezed nerves."
    assert safety == (SIGNS_FIRST, named)


def test_a_full_topic_says_when_each_option_fits() -> None:
    option = make_option(
        recommend_when=[make_rule("a")],
        consider_when=[make_rule("b", when={"has": "fever"})],
        not_now_when=[make_rule("c")],
        avoid_when=[make_rule("d")],
    )
    topic = _topic(
        Length.FULL,
        options=[option],
        failure_causes=["cause"],
        out_of_scope_when=[make_rule("young")],
        questions_to_ask=["What now?"],
    )

    said = _say(topic)
    assert said[:7] == [
        "An introduction.",
        "Because of young.",
        "Cause",
        "It fits when this is so: Because of a.",
        "It may fit when this is so: Fever: Because of b.",
        "Not now when this is so: Because of c.",
        "What speaks against it: Because of d.",
    ]
    assert said[7:9] == ["A reason.", "Look again after 6 weeks."]
    assert said[-1] == "What now?"
    assert Heading("Walking", level=3) in topic.body
