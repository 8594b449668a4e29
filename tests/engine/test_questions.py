"""What to ask next, the most pressing first."""

from typing import Any

import pytest

from app.engine.guide import Guide
from app.engine.recommendation import Question
from app.fields import Kind, Urgency
from tests.factories import (
    Data,
    advise,
    make_cause,
    make_guide,
    make_option,
    make_rule,
    make_sign,
    make_topic,
    make_treatment,
)

ALWAYS = make_rule("always")


def _if(finding: str, **more: Any) -> Data:
    return make_rule(finding, when={"has": finding}, **more)


def _guide(
    *,
    signs: tuple[Data, ...] = (),
    causes: tuple[Data, ...] = (),
    options: tuple[Data, ...] = (),
) -> Guide:
    """Return a guide with the signs given and one emergency, `cauda-equina`."""
    topic = make_topic(
        options=list(options) or [make_option()],
        failure_causes=[cause["slug"] for cause in causes],
    )
    emergency = make_sign("cauda-equina", rules=[_if("saddle-numbness")])
    return make_guide(
        {
            Kind.WARNING_SIGNS: [emergency, *signs],
            Kind.FAILURE_CAUSES: causes,
            Kind.TOPICS: [topic],
            Kind.TREATMENTS: [make_treatment("running")],
        }
    )


def _asked(guide: Guide, **profile: Any) -> list[str]:
    return [question.slug for question in advise(guide, **profile).ask_next]


def _question(guide: Guide, slug: str, **profile: Any) -> Question:
    [found] = [one for one in advise(guide, **profile).ask_next if one.slug == slug]
    return found


URGENT = make_sign("hot", urgency="urgent", rules=[_if("fever")])
SOON = make_sign("weak", urgency="soon", rules=[_if("leg-weakness")])


def test_what_misses_a_faster_sign_is_asked_first() -> None:
    guide = _guide(
        signs=(URGENT, SOON),
        options=(make_option(recommend_when=[ALWAYS], avoid_when=[_if("pregnancy")]),),
    )

    assert _asked(guide) == ["nerves", "fever", "leg-weakness", "pregnancy"]


def test_then_what_decides_more_options() -> None:
    guide = _guide(
        options=(
            make_option("walking", recommend_when=[_if("fever"), _if("pregnancy")]),
            make_option("running", recommend_when=[_if("pregnancy")]),
        )
    )

    assert _asked(guide, has_not=["saddle-numbness"]) == ["pregnancy", "fever"]


def test_then_the_slug_decides() -> None:
    age = make_rule(when={"age": {"at_least": 65}})
    guide = _guide(options=(make_option(recommend_when=[age, _if("fever")]),))

    assert _asked(guide, has_not=["saddle-numbness"]) == ["fever", "field-age"]


def test_what_could_settle_a_sign_alone_comes_before_what_could_not() -> None:
    together = make_rule(when={"all": [{"has": "fever"}, {"has": "pregnancy"}]})
    sign = make_sign("z", urgency="emergency", rules=[together])

    assert _asked(_guide(signs=(sign,))) == ["nerves", "fever", "pregnancy"]


def test_findings_of_a_screen_are_asked_together() -> None:
    other = make_sign("other", urgency="soon", rules=[_if("bladder-change")])

    question = _question(_guide(signs=(other,)), "nerves")

    assert question.question == "Have you had any of these?"
    assert question.asks == ("finding/bladder-change", "finding/saddle-numbness")
    assert question.could_reveal is Urgency.EMERGENCY


def test_only_what_is_still_missing_of_a_screen_is_asked() -> None:
    other = make_sign("other", urgency="soon", rules=[_if("bladder-change")])

    question = _question(_guide(signs=(other,)), "nerves", has_not=["saddle-numbness"])

    assert question.asks == ("finding/bladder-change",)
    assert question.could_reveal is Urgency.SOON


ALONE: dict[str, tuple[Data, str, str]] = {
    "a finding in no screen": ({"has": "fever"}, "fever", "finding/fever"),
    "a field": (
        {"pain.months": {"at_least": 3}}, "field-pain-months", "field/pain.months"
    ),
    "a field with a longer name": (
        {"last_treatment.days_ago": {"at_least": 3}},
        "field-last-treatment-days-ago",
        "field/last_treatment.days_ago",
    ),
    "a measure": (
        {"measures.block-relief-percent": {"at_least": 80}},
        "measure-block-relief-percent",
        "measure/block-relief-percent",
    ),
    "a treatment": (
        {"tried": {"treatment": "running", "outcome": "helped"}},
        "tried-running",
        "tried/running",
    ),
}  # fmt: skip


@pytest.mark.parametrize(
    ("when", "slug", "fact"), list(ALONE.values()), ids=list(ALONE)
)
def test_what_stands_in_no_screen_is_a_screen_of_its_own(
    when: Data, slug: str, fact: str
) -> None:
    guide = _guide(options=(make_option(recommend_when=[make_rule(when=when)]),))

    assert _question(guide, slug).asks == (fact,)


def test_the_qualifiers_of_a_finding_are_asked_in_one_question() -> None:
    old = {"finding": "saddle-numbness", "since_days": {"at_least": 15}}
    unless = {"has": {**old, "trend": ["unchanged", "better"]}}
    rule = _if("saddle-numbness", unless=unless)
    sign = make_sign("weak", urgency="soon", rules=[{**rule, "slug": "old"}])
    guide = make_guide({Kind.WARNING_SIGNS: [{**sign, "slug": "cauda-equina"}]})

    [question] = advise(guide, has=["saddle-numbness"]).ask_next

    assert question.slug == "about-saddle-numbness"
    assert question.asks == (
        "finding/saddle-numbness.since_days", "finding/saddle-numbness.trend"
    )  # fmt: skip


def test_what_could_call_off_a_matched_sign_is_asked() -> None:
    rule = _if("leg-weakness", unless={"has": "pregnancy"})
    guide = _guide(signs=(make_sign("weak", urgency="soon", rules=[rule]),))

    asked = _asked(guide, has=["leg-weakness"], has_not=["saddle-numbness"])

    assert asked == ["pregnancy"]


@pytest.mark.parametrize(
    "unsure",
    [{"not_sure": ["fever"]}, {"not_sure": ["pregnancy", "fever"]}],
    ids=["one answer", "all answers"],
)
def test_what_is_not_sure_is_not_asked_again(unsure: dict[str, Any]) -> None:
    guide = _guide(options=(make_option(recommend_when=[_if("fever")]),))

    assert "fever" not in _asked(guide, **unsure)


def test_what_is_not_sure_decides_nothing_that_its_screen_is_asked_for() -> None:
    guide = _guide(
        options=(
            make_option("walking", recommend_when=[_if("bladder-change")]),
            make_option("running", recommend_when=[_if("saddle-numbness")]),
        ),
    )

    nerves = _question(guide, "nerves", not_sure=["bladder-change"])

    assert nerves.asks == ("finding/saddle-numbness",)
    assert nerves.decides == ("running",)


def test_a_field_that_is_named_as_a_qualifier_may_be_not_sure() -> None:
    guide = _guide(signs=(URGENT,))

    assert _asked(guide, not_sure=["pain.trend"]) == ["nerves", "fever"]


@pytest.mark.parametrize(
    ("qualifier", "told", "asked"),
    [
        ("since_days", (3, 700), ("finding/fever.trend",)),
        ("trend", ("worse", "better"), ("finding/fever.since_days",)),
    ],
)
def test_a_qualifier_that_was_told_in_two_ways_is_not_asked_again(
    qualifier: str, told: tuple[object, object], asked: tuple[str, ...]
) -> None:
    old = {"finding": "fever", "since_days": {"at_least": 15}, "trend": "unchanged"}
    rule = make_rule(when={"has": "fever"}, unless={"has": old})
    guide = _guide(signs=(make_sign("hot", urgency="soon", rules=[rule]),))
    has = [{"finding": "fever", qualifier: one} for one in told]

    question = _question(guide, "about-fever", has=has)

    assert question.asks == asked


def test_what_a_cause_misses_is_asked_last() -> None:
    cause = make_cause(clues_for=[_if("fever")])
    guide = _guide(
        causes=(cause,), options=(make_option(recommend_when=[_if("pregnancy")]),)
    )

    assert _asked(guide) == ["nerves", "pregnancy", "fever"]


def test_under_an_emergency_nothing_is_asked() -> None:
    guide = _guide(signs=(URGENT, SOON))

    assert _asked(guide, has=["saddle-numbness"]) == []


def test_under_an_urgent_sign_only_emergencies_are_asked_for() -> None:
    other = make_sign("other", urgency="soon", rules=[_if("bladder-change")])
    guide = _guide(
        signs=(URGENT, SOON, other),
        causes=(make_cause(clues_for=[_if("pregnancy")]),),
        options=(make_option(recommend_when=[_if("kidney-disease")]),),
    )

    [question] = advise(guide, has=["fever"]).ask_next

    assert question.asks == ("finding/saddle-numbness",)
    assert question.decides == ()


def test_where_all_is_answered_nothing_is_asked() -> None:
    guide = _guide(signs=(SOON,))

    assert _asked(guide, has_not=["saddle-numbness", "leg-weakness"]) == []


def test_a_question_says_what_hangs_on_it() -> None:
    offers = [_if("fever")]
    guide = _guide(
        signs=(SOON,),
        causes=(make_cause(clues_for=[_if("pregnancy")]),),
        options=(
            make_option("walking", recommend_when=offers),
            make_option("running", consider_when=offers),
        ),
    )

    questions = advise(guide).ask_next

    assert [(one.slug, one.decides, one.because) for one in questions] == [
        ("nerves", (), "It could show an emergency."),
        (
            "leg-weakness",
            (),
            "It could show something that needs to be seen within days.",
        ),
        ("fever", ("running", "walking"), "It helps to decide what fits you."),
        ("pregnancy", (), "It helps to see why the treatment did not work."),
    ]
