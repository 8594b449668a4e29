"""Whatever would change an option does; and where nothing would, nothing does."""

from hypothesis import given, settings
from hypothesis import strategies as st

from app.engine.guide import Guide
from app.engine.recommend import recommend
from app.engine.recommendation import Option
from app.library.profile import PatientProfile
from tests.engine.examples import SHIPPED
from tests.engine.libraries import guides
from tests.engine.strategies import partial_answers, to_profile
from tests.engine.trials import (
    SCREENS_MAX,
    Trials,
    count_screens,
    facts_in,
    higher,
    merge,
)
from tests.factories import option_of

GUIDES = guides()


def _draw_profile(data: st.DataObject, guide: Guide) -> PatientProfile:
    return to_profile(data.draw(st.just({}) | partial_answers(guide)))


def _what_would_change_an_option_does(guide: Guide, profile: PatientProfile) -> None:
    for option in recommend(guide, profile).options:
        if option.would_change is not None:
            merged = merge(profile, option.would_change.answers)
            lifted = option_of(recommend(guide, merged), option.slug)

            assert lifted.standing is option.would_change.standing, option
            assert lifted.standing in higher(option.standing), option
            _asks_only_what_is_missing(guide, option)


def _asks_only_what_is_missing(guide: Guide, option: Option) -> None:
    facts = facts_in(option.would_change.answers) if option.would_change else set()

    assert facts
    assert facts <= set(option.missing), option
    assert count_screens(guide, facts) <= SCREENS_MAX, option


@given(data=st.data())
def test_what_would_change_an_option_does_in_generated_libraries(
    data: st.DataObject,
) -> None:
    guide = data.draw(GUIDES)

    _what_would_change_an_option_does(guide, _draw_profile(data, guide))


@given(data=st.data())
@settings(max_examples=SHIPPED)
def test_what_would_change_an_option_does_in_the_shipped_library(
    shipped_guide: Guide, data: st.DataObject
) -> None:
    _what_would_change_an_option_does(shipped_guide, _draw_profile(data, shipped_guide))


@given(data=st.data())
def test_no_other_answers_lift_an_option_higher_or_with_fewer_questions(
    data: st.DataObject,
) -> None:
    guide = data.draw(GUIDES)
    profile = _draw_profile(data, guide)
    trials = Trials(guide, profile)

    for option in recommend(guide, profile).options:
        best = trials.best(option)
        lift = option.would_change
        found = (lift.standing, facts_in(lift.answers)) if lift else None
        counted = (
            (found[0], count_screens(guide, found[1]))
            if found
            else (option.standing, 0)
        )

        assert best in (None, counted), (option, profile)
