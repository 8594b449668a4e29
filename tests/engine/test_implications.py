"""More answers are read as if all had been told at once."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.engine.answers import is_unsure
from app.engine.choices import choices_of, say
from app.engine.guide import Guide
from app.engine.implications import answer_more, fit, list_touched
from app.engine.read_profile import read_profile
from app.engine.recommend import recommend_as_is
from app.library.conditions import Value
from tests.engine.examples import SHIPPED
from tests.engine.libraries import guides
from tests.engine.strategies import partial_answers, to_profile
from tests.engine.trials import merge
from tests.factories import make_guide, make_profile

GUIDES = guides()


def _saying_more_is_saying_all_at_once(guide: Guide, data: st.DataObject) -> None:
    profile = to_profile(data.draw(st.just({}) | partial_answers(guide)))
    answers, notes = read_profile(profile, guide.vocabulary)
    missing = {
        fact
        for option in recommend_as_is(guide, profile).options
        for fact in option.missing
        if not is_unsure(answers.get(fact))
    }
    said: dict[str, Value] = {}
    picks = data.draw(st.lists(st.integers(min_value=0), max_size=4))
    for pick in picks if missing else ():
        fact = sorted(missing)[pick % len(missing)]
        said[fact] = data.draw(st.sampled_from(choices_of(guide)[fact]))

    merged, merged_notes = read_profile(merge(profile, say(said)), guide.vocabulary)

    if merged_notes == notes:
        assert fit(answers, said)
        assert answer_more(answers, said, guide.vocabulary) == merged


@given(data=st.data())
def test_saying_more_is_saying_all_at_once_in_generated_libraries(
    data: st.DataObject,
) -> None:
    _saying_more_is_saying_all_at_once(data.draw(GUIDES), data)


@given(data=st.data())
@settings(max_examples=SHIPPED)
def test_saying_more_is_saying_all_at_once_in_the_shipped_library(
    shipped_guide: Guide, data: st.DataObject
) -> None:
    _saying_more_is_saying_all_at_once(shipped_guide, data)


def test_answers_that_contradict_what_was_given_do_not_fit() -> None:
    guide = make_guide()
    profile = make_profile(age=30, last_treatment={"relief_days": 30})
    answers, _ = read_profile(profile, guide.vocabulary)

    assert not fit(answers, {"field/pain.months": 373})
    assert not fit(answers, {"field/last_treatment.days_ago": 29})
    assert fit(answers, {"field/pain.months": 372, "finding/fever": "absent"})


def test_answers_that_contradict_each_other_do_not_fit() -> None:
    said: dict[str, Value] = {
        "field/last_treatment.times": 0, "field/last_treatment.relief": "brief"
    }  # fmt: skip

    assert not fit({}, said)


def test_answers_that_contradict_what_is_disputed_already_do_not_fit() -> None:
    guide = make_guide()
    told = {"days_ago": 0, "relief_days": 49}
    answers, _ = read_profile(make_profile(last_treatment=told), guide.vocabulary)

    assert not fit(answers, {"field/last_treatment.relief": "none"})
    assert fit(answers, {"field/last_treatment.relief": "brief"})


def test_an_age_says_what_is_not_possible_beside_what_else_is_said() -> None:
    vocabulary = make_guide().vocabulary

    more = answer_more({}, {"field/age": 61, "finding/fever": "absent"}, vocabulary)

    assert more == {
        "field/age": 61,
        "finding/fever": "absent",
        "finding/pregnancy": "absent",
    }


TOUCHED: dict[str, set[str]] = {
    "field/age": {"field/age", "field/sex", "field/pain.months", "finding/pregnancy"},
    "field/sex": {"field/age", "field/sex", "finding/pregnancy"},
    "field/pain.months": {"field/pain.months", "field/age"},
    "field/pain.trend": {"field/pain.trend"},
    "finding/leg-weakness": {"finding/leg-weakness", "finding/foot-drop"},
    "finding/foot-drop.trend": {
        "finding/foot-drop.trend", "finding/foot-drop", "finding/leg-weakness"
    },
    "tried/walking": {"tried/walking"},
}  # fmt: skip


@pytest.mark.parametrize(("fact", "touched"), list(TOUCHED.items()), ids=list(TOUCHED))
def test_an_answer_touches_what_it_implies_and_what_it_could_contradict(
    fact: str, touched: set[str]
) -> None:
    assert list_touched(fact, make_guide().vocabulary) == touched
