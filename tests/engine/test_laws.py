"""The laws of design §3, over generated libraries and over the one that we ship."""

from hypothesis import given, settings
from hypothesis import strategies as st

from app.content.checks import check_bundle
from app.engine.guide import Guide
from app.library.bundle import Bundle
from tests.engine import laws
from tests.engine.laws import Told
from tests.engine.libraries import bundles, guides
from tests.engine.strategies import (
    complete_answers,
    partial_answers,
    refinements,
)

GUIDES = guides()
OF_REFINEMENT = (laws.conditions_stay, laws.signs_stay, laws.recommended_stays)
OF_EVERY_PROFILE = (
    laws.unknown_names_what_is_open,
    laws.every_option_stands_once,
    laws.a_pressing_sign_stops_every_option,
    laws.avoid_wins,
    laws.unknown_never_recommends,
    laws.unknown_never_reassures,
)


@given(bundles())
def test_generated_libraries_pass_every_check(bundle: Bundle) -> None:
    assert check_bundle(bundle) == []


@given(data=st.data())
def test_more_answers_undo_nothing_in_generated_libraries(data: st.DataObject) -> None:
    guide = data.draw(GUIDES)

    shorter, fuller = data.draw(refinements(guide))

    for law in OF_REFINEMENT:
        law(Told(guide, shorter), Told(guide, fuller))


@given(data=st.data())
def test_advice_is_safe_in_generated_libraries(data: st.DataObject) -> None:
    guide = data.draw(GUIDES)

    told = Told(guide, data.draw(partial_answers(guide) | complete_answers(guide)))

    for law in OF_EVERY_PROFILE:
        law(told)


@given(data=st.data())
def test_a_complete_profile_leaves_nothing_unknown_in_generated_libraries(
    data: st.DataObject,
) -> None:
    guide = data.draw(GUIDES)

    told = Told(guide, data.draw(complete_answers(guide)))

    laws.complete_leaves_nothing_unknown(told)


@given(data=st.data())
@settings(max_examples=50)
def test_more_answers_undo_nothing_in_the_shipped_library(
    seed_guide: Guide, data: st.DataObject
) -> None:
    shorter, fuller = data.draw(refinements(seed_guide))

    for law in OF_REFINEMENT:
        law(Told(seed_guide, shorter), Told(seed_guide, fuller))


@given(data=st.data())
@settings(max_examples=50)
def test_advice_is_safe_in_the_shipped_library(
    seed_guide: Guide, data: st.DataObject
) -> None:
    answers = partial_answers(seed_guide) | complete_answers(seed_guide)

    told = Told(seed_guide, data.draw(answers))

    for law in OF_EVERY_PROFILE:
        law(told)


@given(data=st.data())
@settings(max_examples=50)
def test_a_complete_profile_leaves_nothing_unknown_in_the_shipped_library(
    seed_guide: Guide, data: st.DataObject
) -> None:
    told = Told(seed_guide, data.draw(complete_answers(seed_guide)))

    laws.complete_leaves_nothing_unknown(told)


@given(data=st.data())
def test_asking_comes_to_an_end_in_generated_libraries(data: st.DataObject) -> None:
    guide = data.draw(GUIDES)

    full = Told(guide, data.draw(complete_answers(guide)))

    laws.asking_comes_to_an_end(full)
