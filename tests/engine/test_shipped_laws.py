"""The laws of design §3 and of safety, over the guides that we ship."""

import json
from collections.abc import Iterator

from hypothesis import given, settings
from hypothesis import strategies as st

from app.engine.guide import Guide
from app.engine.options import NO_OFFER
from app.engine.recommend import explain
from app.engine.recommendation import Reason, Recommendation, write_json
from app.library.bundle import Bundle
from tests.engine import laws
from tests.engine.examples import SHIPPED
from tests.engine.laws import Told
from tests.engine.refining import refinements
from tests.engine.strategies import (
    calm_answers,
    complete_answers,
    partial_answers,
    to_profile,
)


def _draw(data: st.DataObject, guide: Guide) -> Told:
    answers = partial_answers(guide) | complete_answers(guide) | calm_answers(guide)
    return Told(guide, data.draw(answers))


@given(data=st.data())
@settings(max_examples=SHIPPED)
def test_more_answers_undo_nothing(shipped_guide: Guide, data: st.DataObject) -> None:
    shorter, fuller = data.draw(refinements(shipped_guide))

    for law in laws.OF_REFINEMENT:
        law(Told(shipped_guide, shorter), Told(shipped_guide, fuller))


@given(data=st.data())
@settings(max_examples=SHIPPED)
def test_advice_is_safe(shipped_guide: Guide, data: st.DataObject) -> None:
    told = _draw(data, shipped_guide)

    for law in laws.OF_EVERY_PROFILE:
        law(told)


@given(data=st.data())
@settings(max_examples=SHIPPED)
def test_a_complete_profile_leaves_nothing_unknown(
    shipped_guide: Guide, data: st.DataObject
) -> None:
    told = Told(shipped_guide, data.draw(complete_answers(shipped_guide)))

    laws.complete_leaves_nothing_unknown(told)


@given(data=st.data())
@settings(max_examples=SHIPPED)
def test_asking_comes_to_an_end(shipped_guide: Guide, data: st.DataObject) -> None:
    answers = complete_answers(shipped_guide) | calm_answers(shipped_guide)

    full = Told(shipped_guide, data.draw(answers))

    laws.asking_comes_to_an_end(full)


@given(data=st.data())
@settings(max_examples=SHIPPED)
def test_every_claim_has_a_source(
    shipped_guide: Guide, seed_bundle: Bundle, data: st.DataObject
) -> None:
    advice = _draw(data, shipped_guide).advice

    for sources in _sources_of_claims(advice):
        assert sources
        assert seed_bundle.references.keys() >= set(sources)


def _sources_of_claims(advice: Recommendation) -> Iterator[tuple[str, ...]]:
    yield from (one.sources for one in _reasons(advice) if one.rule != NO_OFFER)
    yield from (one.evidence.sources for one in advice.options if one.evidence)


def _reasons(advice: Recommendation) -> Iterator[Reason]:
    for sign in advice.urgency.signs:
        yield from sign.because
    for cause in advice.causes:
        yield from (*cause.because, *cause.against)
    for option in advice.options:
        yield from (*option.because, *option.cautions, *option.against)


@given(data=st.data())
@settings(max_examples=SHIPPED)
def test_explaining_changes_nothing_but_adds_the_trace(
    shipped_guide: Guide, data: st.DataObject
) -> None:
    told = _draw(data, shipped_guide)

    explained = json.loads(write_json(explain(shipped_guide, to_profile(told.said))))

    traced = [one["rule"] for one in explained.pop("trace")]
    assert traced == sorted({rule.id for rule in shipped_guide.rules})
    assert explained == json.loads(write_json(told.advice))
