"""The laws of design §3, over generated libraries."""

from hypothesis import given
from hypothesis import strategies as st

from app.content.checks import check_bundle
from app.library.bundle import Bundle
from tests.engine import laws
from tests.engine.laws import Told
from tests.engine.libraries import bundles, guides
from tests.engine.refining import refinements
from tests.engine.strategies import (
    complete_answers,
    partial_answers,
)

GUIDES = guides()


@given(bundles())
def test_generated_libraries_pass_every_check(bundle: Bundle) -> None:
    assert check_bundle(bundle) == []


@given(data=st.data())
def test_more_answers_undo_nothing_in_generated_libraries(data: st.DataObject) -> None:
    guide = data.draw(GUIDES)

    shorter, fuller = data.draw(refinements(guide))

    for law in laws.OF_REFINEMENT:
        law(Told(guide, shorter), Told(guide, fuller))


@given(data=st.data())
def test_advice_is_safe_in_generated_libraries(data: st.DataObject) -> None:
    guide = data.draw(GUIDES)

    told = Told(guide, data.draw(partial_answers(guide) | complete_answers(guide)))

    for law in laws.OF_EVERY_PROFILE:
        law(told)


@given(data=st.data())
def test_a_complete_profile_leaves_nothing_unknown_in_generated_libraries(
    data: st.DataObject,
) -> None:
    guide = data.draw(GUIDES)

    told = Told(guide, data.draw(complete_answers(guide)))

    laws.complete_leaves_nothing_unknown(told)


@given(data=st.data())
def test_asking_comes_to_an_end_in_generated_libraries(data: st.DataObject) -> None:
    guide = data.draw(GUIDES)

    full = Told(guide, data.draw(complete_answers(guide)))

    laws.asking_comes_to_an_end(full)
