"""Each part of a guide is judged by the answers near to it as by all of them."""

from collections.abc import Mapping
from dataclasses import fields

from hypothesis import given, settings
from hypothesis import strategies as st

from app.engine.answers import Answers
from app.engine.causes import judge_cause
from app.engine.guide import Guide
from app.engine.judging import judge_answers
from app.engine.options import JudgedOption, judge_option
from app.engine.read_profile import read_profile
from app.engine.triage import describe_signs, judge_sign, triage
from tests.engine.examples import SHIPPED
from tests.engine.libraries import guides
from tests.engine.strategies import Said, complete_answers, partial_answers, to_profile
from tests.factories import make_guide

GUIDES = guides()


def _read(guide: Guide, said: Said) -> Answers:
    return read_profile(to_profile(said), guide.vocabulary)[0]


def _what_is_near_is_enough(guide: Guide, data: st.DataObject) -> None:
    said = data.draw(partial_answers(guide) | complete_answers(guide))
    answers = _read(guide, said)

    judged = judge_answers(guide, answers)

    found = triage(judge_sign(sign, answers) for sign in guide.signs)
    assert describe_signs(judged.found) == describe_signs(found)
    for cause in guide.causes:
        assert judge_cause(cause, answers) in judged.causes
    for one in judged.options:
        again = judge_option(one.option, answers, one.waiting)
        assert _what_it_says(again) == _what_it_says(one)


def _what_it_says(judged: JudgedOption) -> Mapping[str, object]:
    """Return all of a judged option but the answers that it was judged by."""
    said = {one.name: getattr(judged, one.name) for one in fields(judged)}
    del said["answers"]
    return said


@given(data=st.data())
def test_what_is_near_is_enough_in_generated_libraries(data: st.DataObject) -> None:
    _what_is_near_is_enough(data.draw(GUIDES), data)


@given(data=st.data())
@settings(max_examples=SHIPPED)
def test_what_is_near_is_enough_in_the_shipped_library(
    shipped_guide: Guide, data: st.DataObject
) -> None:
    _what_is_near_is_enough(shipped_guide, data)


def test_what_answers_do_not_touch_is_as_it_was() -> None:
    guide = make_guide()
    before = judge_answers(guide, {})

    judged = judge_answers(guide, _read(guide, {"field/age": 58}))

    walking = [
        option
        for found in (before, judged)
        for option in found.options
        if option.slug == "walking"
    ]
    assert walking[0] is walking[1]
