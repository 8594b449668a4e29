"""What is judged anew is what judging everything would say."""

from dataclasses import fields
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from app.engine.answers import NOTHING_SAID, Answers
from app.engine.guide import Guide
from app.engine.judging import Judged, judge_again, judge_all, judge_start
from app.engine.options import Situation
from app.engine.read_profile import read_profile
from app.engine.triage import JudgedSign
from tests.engine.examples import SHIPPED
from tests.engine.libraries import guides
from tests.engine.strategies import complete_answers, partial_answers, to_profile
from tests.factories import make_guide

GUIDES = guides()


def _same(one: Judged, other: Judged) -> None:
    """Compare all that two judgements hold, the order of it included."""
    assert list(one.rulings.items()) == list(other.rulings.items())
    assert _signs(one) == _signs(other)
    assert list(one.causes.items()) == list(other.causes.items())
    assert list(one.options.items()) == list(other.options.items())
    assert _situation(one.situation) == _situation(other.situation)


def _signs(judged: Judged) -> list[tuple[str, dict[str, Any]]]:
    return [(slug, _parts(sign)) for slug, sign in judged.signs.items()]


def _parts(sign: JudgedSign) -> dict[str, Any]:
    return {field.name: getattr(sign, field.name) for field in fields(sign)}


def _situation(situation: Situation) -> list[Any]:
    found = situation.found
    signs = [[_parts(one) for one in signs] for signs in (found.matched, found.open)]
    return [*signs, situation.stopping, situation.scope]


def _draw_answers(data: st.DataObject, guide: Guide) -> Answers:
    said = data.draw(partial_answers(guide) | complete_answers(guide))
    return read_profile(to_profile(said), guide.vocabulary)[0]


def _judging_again_is_judging_all(guide: Guide, data: st.DataObject) -> None:
    before, after = _draw_answers(data, guide), _draw_answers(data, guide)

    first = judge_again(guide, judge_start(guide), before)
    then = judge_again(guide, first, after)

    _same(first, judge_all(guide, before))
    _same(then, judge_all(guide, after))
    _same(judge_again(guide, then, NOTHING_SAID), judge_start(guide))


@given(data=st.data())
def test_judging_again_is_judging_all_in_generated_libraries(
    data: st.DataObject,
) -> None:
    _judging_again_is_judging_all(data.draw(GUIDES), data)


@given(data=st.data())
@settings(max_examples=SHIPPED)
def test_judging_again_is_judging_all_in_the_shipped_library(
    shipped_guide: Guide, data: st.DataObject
) -> None:
    _judging_again_is_judging_all(shipped_guide, data)


def test_what_answers_do_not_touch_is_not_judged_anew() -> None:
    guide = make_guide()
    start = judge_start(guide)
    answers = read_profile(to_profile({"field/age": 58}), guide.vocabulary)[0]

    judged = judge_again(guide, start, answers)

    assert judged.asked == frozenset()
    assert judged.options["walking"] is start.options["walking"]
    assert judged.situation is start.situation


def test_the_rules_that_ask_for_an_answer_are_judged_anew() -> None:
    guide = make_guide()
    said = {"finding/saddle-numbness": "absent"}
    answers = read_profile(to_profile(said), guide.vocabulary)[0]

    judged = judge_again(guide, judge_start(guide), answers)

    assert {rule.id for rule in judged.asked} == {
        "warning-signs/cauda-equina/rules/rule"
    }
