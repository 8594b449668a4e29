"""What a guide says of a person's answers, part by part.

Each part is judged by the answers near to it alone, and what that came to is kept for
others who gave the same: nothing in it tells who they were.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from app.engine.answers import Answers
from app.engine.causes import judge_cause, order_causes
from app.engine.guide import KEPT, Guide, GuideCause, GuideOption, GuideSign
from app.engine.nearness import Near, split
from app.engine.options import JudgedOption, Waiting, judge_option, order_options
from app.engine.recommendation import Cause
from app.engine.rules import Ruling, matched, rule_on
from app.engine.triage import JudgedSign, Triage, judge_sign, triage


@dataclass(frozen=True, eq=False, slots=True)
class Judged:
    """What signs and scope, causes and options came to, in the order of design §5."""

    answers: Answers
    found: Triage
    scope: tuple[Ruling, ...]
    causes: tuple[Cause, ...]
    options: tuple[JudgedOption, ...]


def judge_answers(guide: Guide, answers: Answers) -> Judged:
    """Judge a whole guide."""
    near = split(guide, answers)
    found = triage(judge_sign_near(sign, near[sign]) for sign in guide.signs)
    scope = tuple(rule_on(rule, answers) for rule in guide.out_of_scope_when)
    waiting = _list_waiting(guide, found, scope)
    options = [judge_option_near(one, near[one], waiting[one]) for one in guide.options]
    return Judged(
        answers=answers,
        found=found,
        scope=scope,
        causes=order_causes(judge_cause_near(one, near[one]) for one in guide.causes),
        options=order_options(options),
    )


def _list_waiting(
    guide: Guide, found: Triage, scope: Sequence[Ruling]
) -> Mapping[GuideOption, Waiting]:
    """Return what each option waits for."""
    if found.is_stopping:
        stopping = chain.from_iterable(sign.matching for sign in found.top_signs)
        return dict.fromkeys(guide.options, tuple(stopping))
    waiting = dict.fromkeys(guide.options, tuple(matched(scope)))
    for sign in found.matched:
        for option in guide.options:
            if sign.sign in option.held_by:
                waiting[option] += sign.matching
    return waiting


@lru_cache(maxsize=KEPT)
def judge_sign_near(sign: GuideSign, near: Near) -> JudgedSign:
    return judge_sign(sign, dict(near))


@lru_cache(maxsize=KEPT)
def judge_cause_near(cause: GuideCause, near: Near) -> Cause:
    return judge_cause(cause, dict(near))


@lru_cache(maxsize=KEPT)
def judge_option_near(
    option: GuideOption, near: Near, waiting: Waiting
) -> JudgedOption:
    return judge_option(option, dict(near), waiting)
