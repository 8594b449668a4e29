"""Compiled rules, and which side each kind of rule takes when unknown."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache

from app.engine.answers import NOTHING_SAID, Answers
from app.engine.editions import of_one_edition
from app.engine.recommendation import Reason, Reasons
from app.engine.verdicts import (
    CONDITIONS_KEPT,
    NO_FACTS,
    Judge,
    Judgement,
    Verdict,
    turn_round,
)
from app.library.conditions import Condition
from app.library.rule_lists import Role


@dataclass(frozen=True, eq=False, slots=True)
class GuideRule:
    """A rule with its named conditions put in place.

    `facts` is all that it asks for, `symptoms` those of them that are symptoms. Without
    an `unless`, nothing calls it off. `is_pressing` says that it is the rule of an
    emergency or urgent sign.
    """

    id: str
    role: Role
    when: Condition
    unless: Condition | None
    because: str
    sources: tuple[str, ...]
    facts: frozenset[str]
    judge_when: Judge
    judge_unless: Judge
    symptoms: frozenset[str]
    is_pressing: bool = False
    ask_first: bool = False
    strong: bool = False


@dataclass(frozen=True)
class Ruling:
    """The verdict of a rule.

    `facts` made it; `missing` are the open facts that could still change it; `fits`
    says that `when` matches and `unless` does not.
    """

    rule: GuideRule
    verdict: Verdict
    facts: frozenset[str]
    missing: frozenset[str]
    fits: bool

    def __hash__(self) -> int:
        # Of few rulings of a rule; and it is asked for often.
        return hash(self.rule)

    @cached_property
    def reason(self) -> Reason:
        return Reason(
            rule=self.rule.id,
            text=self.rule.because,
            facts=tuple(sorted(self.facts)),
            sources=self.rule.sources,
        )


def matched(rulings: Iterable[Ruling]) -> list[Ruling]:
    return [one for one in rulings if one.verdict is Verdict.MATCH]


def reasons_of(rulings: Iterable[Ruling]) -> Reasons:
    return tuple(one.reason for one in rulings)


def rule_on(rule: GuideRule, answers: Answers) -> Ruling:
    """Judge a rule: a guard stands unless called off, an offer needs certainty."""
    if rule.facts.isdisjoint(answers):
        return _rule_on_nothing(rule)
    return _rule_on(rule, answers)


@of_one_edition
@lru_cache(maxsize=CONDITIONS_KEPT)
def _rule_on_nothing(rule: GuideRule) -> Ruling:
    return _rule_on(rule, NOTHING_SAID)


def _rule_on(rule: GuideRule, answers: Answers) -> Ruling:
    when = rule.judge_when(answers)
    called_off = rule.judge_unless(answers)
    match rule.role:
        case Role.SIGN | Role.GUARD:
            verdict, facts, missing = _guard(when, called_off)
        case Role.OFFER:
            verdict, facts, missing = _offer(when, turn_round(called_off))
    is_called_off = called_off.verdict is Verdict.MATCH
    fits = when.verdict is Verdict.MATCH and not is_called_off
    return Ruling(rule, verdict, facts, missing, fits)


_Parts = tuple[Verdict, frozenset[str], frozenset[str]]


def _guard(when: Judgement, called_off: Judgement) -> _Parts:
    if called_off.verdict is Verdict.MATCH:
        return Verdict.NO_MATCH, called_off.facts, NO_FACTS
    if when.verdict is Verdict.UNKNOWN:
        return Verdict.UNKNOWN, NO_FACTS, when.facts
    is_open = when.verdict is Verdict.MATCH and called_off.verdict is Verdict.UNKNOWN
    # Not cancelled: nobody said what would call it off, so the guard stands.
    return when.verdict, when.facts, called_off.facts if is_open else NO_FACTS


def _offer(when: Judgement, stands: Judgement) -> _Parts:
    verdict = min(when.verdict, stands.verdict)
    made_by = [one.facts for one in (when, stands) if one.verdict is verdict]
    facts = NO_FACTS.union(*made_by)
    if verdict is Verdict.UNKNOWN:
        fitting = when.facts if when.verdict is Verdict.MATCH else NO_FACTS
        return verdict, fitting, facts
    return verdict, facts, NO_FACTS
