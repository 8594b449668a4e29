"""Treatments side by side for a person: the engine's standing, and nothing lost."""

from collections.abc import Iterable, Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.engine.compiler import compile_guide
from app.engine.guide import Guide
from app.engine.recommend import EVERYTHING, NOTHING, recommend, recommend_as_is
from app.engine.recommendation import Recommendation
from app.fields import Kind, Standing, Urgency
from app.library.bundle import Bundle
from app.library.plain_text import to_plain
from app.render.comparison_shapes import Comparison
from tests.factories import (
    COMPLETE,
    TOPIC,
    Data,
    make_bundle,
    make_option,
    make_profile,
    make_rule,
    make_topic,
    make_treatment,
)
from tests.render.comparing import (
    Served,
    column_of,
    draw_group,
    serve,
)

[LIBRARY] = COMPLETE[Kind.LIBRARY]
KIDNEYS = make_rule("kidneys", when={"has": "kidney-disease"})
OUTSIDE = "facet-joint-injection"


@pytest.fixture(scope="module")
def served(seed_bundle: Bundle) -> Served:
    """The library that we ship, as readers get it."""
    return serve(seed_bundle)


@pytest.fixture(scope="module")
def guides(seed_bundle: Bundle) -> Mapping[str, Guide]:
    return {
        slug: compile_guide(seed_bundle, slug, release=1) for slug in seed_bundle.topics
    }


@settings(deadline=None)
@given(st.data())
def test_the_standing_of_shipped_cases_is_that_of_the_engine(
    served: Served, guides: Mapping[str, Guide], data: st.DataObject
) -> None:
    cases = served.bundle.cases
    case = cases[data.draw(st.sampled_from(sorted(cases)))]
    slugs = draw_group(data, served)
    advice = recommend_as_is(guides[case.topic], case.profile, region=case.region)

    comparison = served.compare(slugs, topic=case.topic, advice=advice)

    assert (comparison.urgency, comparison.notes) == (advice.urgency, advice.notes)
    _holds_standings(comparison, advice)
    _says_all_that_speaks_against(comparison)


def _holds_standings(comparison: Comparison, advice: Recommendation) -> None:
    options = {option.slug: option for option in advice.options}
    for column in comparison.treatments:
        option = options.get(column.slug)
        assert (column.standing is None) is (option is None)
        assert bool(column.no_standing) is (option is None)
        if option:
            assert column.standing is option.standing
            assert column.because == option.because
            assert column.cautions == option.cautions
            assert column.against == option.against
            assert column.missing == option.missing


def _says_all_that_speaks_against(comparison: Comparison) -> None:
    urgency = comparison.urgency
    assert urgency is not None
    told = [note.text for note in comparison.safety if note.treatment is None]
    assert told[: 1 + len(urgency.what_to_do)] == [
        to_plain(text) for text in (urgency.headline, *urgency.what_to_do)
    ]
    assert bool(urgency.what_to_say) is told[-1].startswith("You can say: ")
    for column in comparison.treatments:
        own = [note for note in comparison.safety if note.treatment == column.slug]
        said = " ".join(note.text for note in own)
        assert all(to_plain(rule.because) in said for rule in column.avoid_when)
        assert {to_plain(one.text) for one in (*column.against, *column.cautions)} <= {
            note.text for note in own if note.for_profile
        }


def compare_for(own: Mapping[Kind, Iterable[Data]], **profile: object) -> Comparison:
    """Compare walking, in the topic, with what is outside of it."""
    served = serve(make_bundle(own))
    guide = compile_guide(served.bundle, TOPIC, release=1)
    advice = recommend_as_is(guide, make_profile(**profile))
    return served.compare(["walking", OUTSIDE], topic=TOPIC, advice=advice)


def list_said(comparison: Comparison) -> list[str]:
    """Return what is said of walking for the person."""
    return [
        one.text
        for one in comparison.safety
        if one.treatment == "walking" and one.for_profile
    ]


def test_what_is_avoided_says_why_once_and_first() -> None:
    rules = [make_rule("anybody", when={"has": "fever"}), KIDNEYS]
    own = {Kind.TREATMENTS: [make_treatment(avoid_when=rules)]}

    comparison = compare_for(own, has=["kidney-disease"])

    assert column_of(comparison, "walking").standing is Standing.AVOID
    said = [one.text for one in comparison.safety if one.treatment == "walking"]
    assert said[0] == "Because of kidneys."
    assert [text for text in said if "Because of kidneys." in text] == said[:1]
    assert [text for text in said if "Because of anybody." in text]


def test_what_waits_says_why() -> None:
    option = make_option(not_now_when=[KIDNEYS])
    own = {Kind.TOPICS: [make_topic(options=[option])]}

    comparison = compare_for(own, has=["kidney-disease"])

    assert column_of(comparison, "walking").standing is Standing.NOT_NOW
    assert list_said(comparison) == ["Because of kidneys."]


def test_a_caution_is_said_for_the_person() -> None:
    care = make_rule("care", when={"has": "fever"}, ask_first=True)
    own = {Kind.TREATMENTS: [make_treatment(caution_when=[care])]}

    assert list_said(compare_for(own, has=["fever"])) == ["Because of care."]


def test_that_nothing_points_to_it_speaks_not_against_it() -> None:
    comparison = compare_for({})

    assert column_of(comparison, "walking").standing is Standing.NOT_NOW
    assert list_said(comparison) == []


def test_what_is_recommended_is_not_said_as_a_reason_against() -> None:
    option = make_option(recommend_when=[make_rule("fits")])
    own = {Kind.TOPICS: [make_topic(options=[option])]}

    comparison = compare_for(own, has_not=["kidney-disease"])

    assert column_of(comparison, "walking").standing is Standing.RECOMMENDED
    assert list_said(comparison) == []


def test_a_treatment_outside_of_the_topic_was_not_judged_and_says_so() -> None:
    comparison = compare_for({})

    outside = column_of(comparison, OUTSIDE)
    assert outside.standing is None
    assert outside.no_standing == (
        "It is not an option of this topic. So it was not judged for this person, and "
        "what rules it out may hold for them."
    )


def test_with_a_pressing_sign_the_sign_comes_first_outside_of_the_topic_too() -> None:
    comparison = compare_for({}, has=["saddle-numbness"])

    assert comparison.urgency is not None
    assert comparison.urgency.level is Urgency.EMERGENCY
    assert column_of(comparison, "walking").standing is Standing.NOT_NOW
    said = column_of(comparison, OUTSIDE).no_standing
    assert said is not None
    assert said.endswith("The warning sign comes first.")


def test_a_pressing_sign_is_said_once_and_not_with_every_treatment() -> None:
    comparison = compare_for({}, has=["saddle-numbness"])

    urgent = [one.text for one in comparison.safety if one.treatment is None]
    assert urgent[1:] == [
        "Call your local emergency number now.", "You can say: I have this sign.",
    ]  # fmt: skip
    assert list_said(comparison) == []


def test_no_address_holds_a_profile() -> None:
    own = {
        Kind.TREATMENTS: [make_treatment("heat")],
        Kind.LIBRARY: [{**LIBRARY, "wait_and_see": "heat"}],
    }

    found = compare_for(own, age=50).wait_and_see

    assert found is not None
    assert found.how == "Name heat among the treatments."
    assert found.links == {"self": "/v1/treatments/heat"}


def test_positions_of_the_region_come_first_and_none_is_hidden(
    served: Served, guides: Mapping[str, Guide]
) -> None:
    slugs = ["radiofrequency-ablation", "ibuprofen"]
    profile = make_profile(age=50)

    for beside in (EVERYTHING, NOTHING):
        advice = recommend(guides[TOPIC], profile, region="uk", beside=beside)
        found = served.compare(slugs, topic=TOPIC, advice=advice)

        [first, *_] = found.treatments[0].positions
        assert (first.jurisdiction == "UK") is (beside is EVERYTHING)
        for column in found.treatments:
            own = served.treatments[column.slug].positions
            assert len(column.positions) == len(own)
            assert all(one in column.positions for one in own)
