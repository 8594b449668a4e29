"""The whole answer: digest, region, texts, positions."""

from typing import Any

import pytest

from app.engine.compiler import compile_guide
from app.engine.guide import Guide
from app.engine.recommend import recommend
from app.engine.recommendation import Recommendation, write_json
from app.fields import Kind
from tests.factories import (
    BASE,
    TOPIC,
    Data,
    advise,
    make_bundle,
    make_finding,
    make_guide,
    make_option,
    make_profile,
    make_rule,
    make_sign,
    make_topic,
    make_treatment,
)

GUIDE = make_guide()
ALWAYS = make_rule("always")


def _digest(guide: Guide = GUIDE, region: str | None = None, **profile: Any) -> str:
    return recommend(guide, make_profile(**profile), region=region).digest


def test_the_digest_is_stable() -> None:
    assert _digest(age=58) == _digest(make_guide(), age=58)
    assert _digest(age=58).startswith("sha256:")


SAME: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "nothing, and empty lists": (
        {}, {"has": [], "has_not": [], "not_sure": [], "tried": {}, "measures": {}}
    ),
    "nothing, and empty groups": ({}, {"pain": {}, "last_treatment": {}}),
    "another order": (
        {"has": ["fever", "foot-drop"]}, {"has": ["foot-drop", "fever"]}
    ),
    "said twice": ({"has_not": ["fever"]}, {"has_not": ["fever", "fever"]}),
    "by name alone": ({"has": ["fever"]}, {"has": [{"finding": "fever"}]}),
    "a whole number": (
        {"measures": {"block-relief-percent": 80}},
        {"measures": {"block-relief-percent": 80.0}},
    ),
}  # fmt: skip


@pytest.mark.parametrize(("one", "other"), list(SAME.values()), ids=list(SAME))
def test_the_same_words_get_the_same_bytes(
    one: dict[str, Any], other: dict[str, Any]
) -> None:
    assert write_json(advise(GUIDE, **one)) == write_json(advise(GUIDE, **other))


OTHER_GUIDES: dict[str, Guide] = {
    "another disclaimer": make_guide(
        {Kind.LIBRARY: [{**BASE[Kind.LIBRARY][0], "disclaimer": "Ask somebody."}]}
    ),
    "another text": make_guide({Kind.TREATMENTS: [make_treatment(summary="Other.")]}),
    "another rule": make_guide(
        {Kind.WARNING_SIGNS: [make_sign("cauda-equina", rules=[ALWAYS])]}
    ),
    "another finding": make_guide({Kind.FINDINGS: [make_finding("headache")]}),
    "another source": make_guide(
        {Kind.REFERENCES: [{**BASE[Kind.REFERENCES][0], "year": 2021}]}
    ),
}


@pytest.mark.parametrize("guide", list(OTHER_GUIDES.values()), ids=list(OTHER_GUIDES))
def test_another_guide_has_another_digest(guide: Guide) -> None:
    assert _digest(guide) != _digest()


def test_who_wrote_the_library_and_how_it_is_searched_is_not_in_the_digest() -> None:
    [library] = BASE[Kind.LIBRARY]
    same_words = [["jab", "injection"]]
    beside = {**library, "authors": "Somebody else.", "same_words": same_words}

    assert _digest(make_guide({Kind.LIBRARY: [beside]})) == _digest()


def test_another_profile_region_or_topic_has_another_digest() -> None:
    bundle = make_bundle({Kind.TOPICS: [make_topic("knee-pain")]})
    knee = compile_guide(bundle, "knee-pain", release=1)
    back = compile_guide(bundle, TOPIC, release=1)

    digests = {
        _digest(back), _digest(back, age=58), _digest(back, "uk"), _digest(knee)
    }  # fmt: skip

    assert len(digests) == 4


def test_the_release_does_not_change_the_digest() -> None:
    later = compile_guide(make_bundle(), TOPIC, release=2)

    assert _digest(later) == _digest()


def test_the_answer_says_what_it_rests_on() -> None:
    advice = recommend(GUIDE, make_profile(), region="uk")

    assert (advice.release, advice.topic, advice.region) == (1, TOPIC, "uk")
    assert advice.disclaimer == "Not medical advice."


CRISIS = make_sign(
    "cauda-equina",
    rules=[ALWAYS],
    what_to_do=["Call {emergency_number}.", "Talk to {crisis_line}."],
)
NUMBERS: dict[str, tuple[str | None, tuple[str, str]]] = {
    "in the region": ("uk", ("Call 999.", "Talk to Samaritans (116 123).")),
    "without a region": (
        None,
        ("Call your local emergency number.", "Talk to a crisis line near you."),
    ),
}


@pytest.mark.parametrize(("region", "to_do"), list(NUMBERS.values()), ids=list(NUMBERS))
def test_the_region_gives_the_numbers_to_call(
    region: str | None, to_do: tuple[str, str]
) -> None:
    guide = make_guide({Kind.WARNING_SIGNS: [CRISIS]})

    advice = recommend(guide, make_profile(), region=region)

    assert advice.urgency.what_to_do == to_do


def test_what_to_do_is_that_of_the_fastest_signs_and_says_nothing_twice() -> None:
    rules = [ALWAYS]
    signs = [
        make_sign("cauda-equina", rules=rules, what_to_do=["Call.", "Lie down."]),
        make_sign("stroke", rules=rules, what_to_do=["Call.", "Note the time."]),
        make_sign("weak", urgency="soon", rules=rules, what_to_do=["Wait."]),
    ]

    urgency = advise(make_guide({Kind.WARNING_SIGNS: signs})).urgency

    assert urgency.what_to_do == ("Call.", "Lie down.", "Note the time.")
    assert urgency.what_to_say == "I have this sign."


def test_without_a_sign_there_is_nothing_to_do_or_say() -> None:
    urgency = advise(GUIDE).urgency

    assert (urgency.what_to_do, urgency.what_to_say) == ((), None)


GUIDELINES: list[Data] = [
    {
        "slug": slug,
        "name": slug.upper(),
        "body": "A body",
        "jurisdiction": jurisdiction,
        "year": 2020,
        "scope": "Adults.",
        "status": "current",
        "reference": "cohen-2020",
    }
    for slug, jurisdiction in (("a-us", "US"), ("b-uk", "UK"), ("c-int", "INT"))
]
POSITIONS = [
    {"guideline": "c-int", "stance": "for"},
    {"guideline": "b-uk", "stance": "against", "scope": "Surgery"},
    {"guideline": "b-uk", "stance": "conditional", "scope": "Injections"},
    {"guideline": "a-us", "stance": "silent"},
]


@pytest.mark.parametrize(
    ("region", "order"),
    [
        (None, ["a-us", "b-uk Injections", "b-uk Surgery", "c-int"]),
        ("uk", ["b-uk Injections", "b-uk Surgery", "a-us", "c-int"]),
    ],
    ids=["without a region", "in the region"],
)
def test_the_regions_own_guidelines_stand_first_and_none_is_hidden(
    region: str | None, order: list[str]
) -> None:
    guide = make_guide(
        {
            Kind.TREATMENTS: [make_treatment(positions=POSITIONS)],
            Kind.GUIDELINES: GUIDELINES,
        }
    )

    [option] = recommend(guide, make_profile(), region=region).options

    named = [
        f"{one.guideline} {one.scope or ''}".strip() for one in option.positions or ()
    ]
    assert named == order


def _ask(**profile: Any) -> Recommendation:
    treatments = [
        make_treatment("a", questions_to_ask=["How long?", "Is it safe?"]),
        make_treatment("b", questions_to_ask=["Who does it?"]),
    ]
    topic = make_topic(
        options=[make_option("a", recommend_when=[ALWAYS]), make_option("b")],
        questions_to_ask=["What now?", "Is it safe?"],
    )
    guide = make_guide({Kind.TREATMENTS: treatments, Kind.TOPICS: [topic]})
    return advise(guide, **profile)


def test_the_questions_to_ask_are_those_of_the_topic_and_of_what_is_planned() -> None:
    assert _ask().questions_to_ask == ("What now?", "Is it safe?", "How long?")


def test_no_question_to_ask_stands_beside_a_call_for_help() -> None:
    assert _ask(has=["saddle-numbness"]).questions_to_ask == ()


def test_notes_on_the_profile_are_handed_on() -> None:
    [note] = advise(GUIDE, has=["fever"], has_not=["fever"]).notes

    assert note.facts == ("finding/fever",)


def test_an_option_links_to_its_treatment() -> None:
    [option] = advise(GUIDE).options

    assert option.links == {
        "self": "/v1/treatments/walking",
        "evidence": "/v1/treatments/walking?fields=evidence,positions",
    }


def test_a_topic_that_is_not_in_the_library_has_no_guide() -> None:
    with pytest.raises(KeyError):
        compile_guide(make_bundle(), "knee-pain", release=1)
