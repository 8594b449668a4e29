"""Three-valued verdicts (strong Kleene logic) of conditions and rules.

An unknown fact never decides: it stays unknown and is named, so that it can be asked.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

from app.engine.answers import Answers, Presence
from app.engine.facts import finding_fact, path_fact, qualifier_fact, tried_fact
from app.library.conditions import (
    AllOf,
    Always,
    AnyOf,
    Compare,
    Condition,
    Has,
    Is,
    Not,
    OneOf,
    Range,
    Test,
    Tried,
    Value,
)

UNSURE = "unsure"
"""The answer of fields and outcomes whose value is unknown."""

NO_FACTS: frozenset[str] = frozenset()


class Verdict(IntEnum):
    """In this order `all` is the minimum and `any` the maximum."""

    NO_MATCH, UNKNOWN, MATCH = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict with the facts that made it, or that it misses when unknown."""

    verdict: Verdict
    facts: frozenset[str]


def judge(
    condition: Condition, answers: Answers, *, unsure_is_present: bool = False
) -> Judgement:
    """Judge a condition. `unsure_is_present` is the reading of warning signs.

    It counts a finding that the person is not sure of as present, but never inside
    a `not`: there the safer reading would turn round.
    """
    match condition:
        case AllOf(parts):
            judged = [
                judge(part, answers, unsure_is_present=unsure_is_present)
                for part in parts
            ]
            return _gather(min(one.verdict for one in judged), judged)
        case AnyOf(parts):
            judged = [
                judge(part, answers, unsure_is_present=unsure_is_present)
                for part in parts
            ]
            return _gather(max(one.verdict for one in judged), judged)
        case Not(part):
            return turn_round(judge(part, answers))
        case Has():
            return _judge_has(condition, answers, unsure_is_present=unsure_is_present)
        case Always() | Tried() | Is() | Compare():
            return _judge_leaf(condition, answers)


def _judge_leaf(leaf: Always | Tried | Is | Compare, answers: Answers) -> Judgement:
    match leaf:
        case Always():
            return Judgement(Verdict.MATCH, NO_FACTS)
        case Tried():
            return _judge_tried(leaf, answers)
        case Compare(path, test):
            fact = frozenset((path_fact(path),))
            return Judgement(_test(answers.values.get(path), test), fact)
        case Is(name):
            msg = f"The named condition {name!r} was not resolved."
            raise ValueError(msg)


def turn_round(judgement: Judgement) -> Judgement:
    """Judge the opposite; unknown stays unknown."""
    return Judgement(Verdict(Verdict.MATCH - judgement.verdict), judgement.facts)


def _gather(verdict: Verdict, judged: Iterable[Judgement]) -> Judgement:
    """Keep the facts of those parts that made the verdict."""
    facts = [one.facts for one in judged if one.verdict is verdict]
    return Judgement(verdict, NO_FACTS.union(*facts))


def _judge_has(has: Has, answers: Answers, *, unsure_is_present: bool) -> Judgement:
    fact = frozenset((finding_fact(has.finding),))
    presence = answers.findings.get(has.finding)
    if presence is Presence.UNSURE and unsure_is_present:
        presence = Presence.PRESENT
    match presence:
        case Presence.ABSENT:
            return Judgement(Verdict.NO_MATCH, fact)
        case Presence.UNSURE | None:
            return Judgement(Verdict.UNKNOWN, fact)
        case Presence.PRESENT:
            judged = [Judgement(Verdict.MATCH, fact), *_judge_qualifiers(has, answers)]
            return _gather(min(one.verdict for one in judged), judged)


def _judge_qualifiers(has: Has, answers: Answers) -> list[Judgement]:
    given = answers.qualifiers.get(has.finding, {})
    return [
        Judgement(
            _test(given.get(qualifier), test),
            frozenset((qualifier_fact(has.finding, qualifier),)),
        )
        for qualifier, test in has.qualifiers.items()
    ]


def _judge_tried(tried: Tried, answers: Answers) -> Judgement:
    fact = frozenset((tried_fact(tried.treatment),))
    answer = answers.tried.get(tried.treatment)
    if answer is None:
        return Judgement(Verdict.UNKNOWN, fact)
    if answer.outcomes & tried.outcomes:
        return Judgement(Verdict.MATCH, fact)
    if UNSURE in answer.outcomes or not answer.closed:
        return Judgement(Verdict.UNKNOWN, fact)
    return Judgement(Verdict.NO_MATCH, fact)


def _test(value: Value | None, test: Test) -> Verdict:
    if value is None:
        return Verdict.UNKNOWN
    if passes(value, test):
        return Verdict.MATCH
    return Verdict.UNKNOWN if value == UNSURE else Verdict.NO_MATCH


def passes(value: Value, test: Test) -> bool:
    """Say whether a known value is what a test accepts."""
    match test:
        case OneOf(values):
            return value in values
        case Range(at_least, at_most):
            if isinstance(value, str):
                return False
            above = at_least is None or value >= at_least
            return above and (at_most is None or value <= at_most)
