"""Three-valued verdicts (strong Kleene logic) of conditions.

An unknown fact never decides: it stays unknown and is named, so that it can be asked.
A condition is compiled once, into a function of the answers.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from app.engine.answers import (
    ABSENT,
    PRESENT,
    UNSURE,
    Answer,
    Answers,
    Disputed,
    TriedAnswer,
)
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

NO_FACTS: frozenset[str] = frozenset()
CONDITIONS_KEPT = 65_536


class Verdict(IntEnum):
    """In this order `all` is the minimum and `any` the maximum."""

    NO_MATCH, UNKNOWN, MATCH = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict with the facts that made it, or that it misses when unknown."""

    verdict: Verdict
    facts: frozenset[str]


Judge = Callable[[Answers], Judgement]
"""A condition that is ready to be asked."""


def judge(
    condition: Condition, answers: Answers, *, unsure_is_present: bool = False
) -> Judgement:
    """Judge a condition, compiled when it is first met."""
    compiled = compile_condition(condition, unsure_is_present=unsure_is_present)
    return compiled(answers)


@lru_cache(maxsize=CONDITIONS_KEPT)
def compile_condition(
    condition: Condition, *, unsure_is_present: bool = False
) -> Judge:
    """Compile a resolved condition. `unsure_is_present` is the reading of signs.

    It counts a finding that the person is not sure of as present, but never inside
    a `not`: there the safer reading would turn round.
    """
    match condition:
        case AllOf(parts) | AnyOf(parts):
            judges = tuple(
                compile_condition(part, unsure_is_present=unsure_is_present)
                for part in parts
            )
            return _all_of(judges) if isinstance(condition, AllOf) else _any_of(judges)
        case Not(part):
            inner = compile_condition(part)
            return lambda answers: turn_round(inner(answers))
        case Has():
            return _has(condition, unsure_is_present=unsure_is_present)
        case Always() | Tried() | Is() | Compare():
            return _leaf(condition)


def _all_of(judges: Iterable[Judge]) -> Judge:
    def judge_all(answers: Answers) -> Judgement:
        judged = [one(answers) for one in judges]
        return _gather(min(one.verdict for one in judged), judged)

    return judge_all


def _any_of(judges: Iterable[Judge]) -> Judge:
    def judge_any(answers: Answers) -> Judgement:
        judged = [one(answers) for one in judges]
        return _gather(max(one.verdict for one in judged), judged)

    return judge_any


def _gather(verdict: Verdict, judged: Iterable[Judgement]) -> Judgement:
    """Keep the facts of those parts that made the verdict."""
    facts = [one.facts for one in judged if one.verdict is verdict]
    return Judgement(verdict, facts[0].union(*facts[1:]))


def turn_round(judgement: Judgement) -> Judgement:
    """Judge the opposite; unknown stays unknown."""
    return Judgement(Verdict(Verdict.MATCH - judgement.verdict), judgement.facts)


def _leaf(leaf: Always | Tried | Is | Compare) -> Judge:
    match leaf:
        case Always():
            always = Judgement(Verdict.MATCH, NO_FACTS)
            return lambda _: always
        case Tried():
            return _tried(leaf)
        case Compare(path, test):
            fact = path_fact(path)
            judged = _outcomes(fact)
            return lambda answers: judged[_test(answers.get(fact), test)]
        case Is(name):
            msg = f"The named condition {name!r} was not resolved."
            raise ValueError(msg)


def _outcomes(fact: str) -> tuple[Judgement, Judgement, Judgement]:
    """Return what one fact can come to, by verdict."""
    facts = frozenset((fact,))
    no_match, unknown, match = (Judgement(verdict, facts) for verdict in Verdict)
    return no_match, unknown, match


def _has(has: Has, *, unsure_is_present: bool) -> Judge:
    fact = finding_fact(has.finding)
    judged = _outcomes(fact)
    present = (PRESENT, UNSURE) if unsure_is_present else (PRESENT,)
    qualified = [
        (one := qualifier_fact(has.finding, name), test, _outcomes(one))
        for name, test in has.qualifiers.items()
    ]

    def judge_has(answers: Answers) -> Judgement:
        presence = answers.get(fact)
        if presence == ABSENT:
            return judged[Verdict.NO_MATCH]
        if presence not in present:
            return judged[Verdict.UNKNOWN]
        if not qualified:
            return judged[Verdict.MATCH]
        parts = [one[_test(answers.get(name), test)] for name, test, one in qualified]
        parts.append(judged[Verdict.MATCH])
        return _gather(min(one.verdict for one in parts), parts)

    return judge_has


def _tried(tried: Tried) -> Judge:
    fact = tried_fact(tried.treatment)
    judged = _outcomes(fact)

    def judge_tried(answers: Answers) -> Judgement:
        answer = answers.get(fact)
        if not isinstance(answer, TriedAnswer):
            return judged[Verdict.UNKNOWN]
        if answer.outcomes & tried.outcomes:
            return judged[Verdict.MATCH]
        if UNSURE in answer.outcomes or not answer.closed:
            return judged[Verdict.UNKNOWN]
        return judged[Verdict.NO_MATCH]

    return judge_tried


def _test(answer: Answer | None, test: Test) -> Verdict:
    if answer is None or isinstance(answer, TriedAnswer | Disputed):
        return Verdict.UNKNOWN
    if passes(answer, test):
        return Verdict.MATCH
    return Verdict.UNKNOWN if answer == UNSURE else Verdict.NO_MATCH


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
