"""Warning signs first: how fast to seek help, and what is not ruled out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from app.engine.answers import PRESENT, Answers
from app.engine.guide import KEPT, GuideSign
from app.engine.recommendation import Reasons, Sign
from app.engine.rules import Ruling, reasons_of, rule_on
from app.engine.verdicts import NO_FACTS, Verdict
from app.fields import Urgency

_RANK = {urgency: rank for rank, urgency in enumerate(Urgency)}


def rank(urgency: Urgency) -> int:
    """Return 0 for an emergency, more for what can wait longer."""
    return _RANK[urgency]


def is_pressing(urgency: Urgency) -> bool:
    """Say whether it is an emergency or urgent: then no option is for now."""
    return rank(urgency) <= rank(Urgency.URGENT)


@dataclass(frozen=True, slots=True)
class OpenRule:
    """What a rule still misses, and whether a symptom that it is about is reported."""

    missing: frozenset[str]
    is_begun: bool


@dataclass(frozen=True, eq=False, slots=True)
class JudgedSign:
    """A sign with its verdict; `missing` could still change that.

    `matching` are the rules that match, `open_rules` those that more answers could
    still turn.
    """

    sign: GuideSign
    verdict: Verdict
    matching: tuple[Ruling, ...]
    open_rules: tuple[OpenRule, ...]
    missing: frozenset[str]

    @property
    def urgency(self) -> Urgency:
        return self.sign.entry.urgency

    @property
    def reasons(self) -> Reasons:
        return reasons_of(self.matching)


@dataclass(frozen=True, slots=True)
class Triage:
    """The matched and the open signs, the fastest urgency first."""

    matched: tuple[JudgedSign, ...]
    open: tuple[JudgedSign, ...]

    @property
    def level(self) -> Urgency:
        """Return the highest urgency that is certain."""
        return _highest(self.matched)

    @property
    def could_be(self) -> Urgency:
        """Return the highest urgency that is not ruled out."""
        return min(self.level, _highest(self.open), key=rank)

    @property
    def is_stopping(self) -> bool:
        """Say whether an emergency or urgent sign stops every option."""
        return is_pressing(self.level)

    @property
    def top_signs(self) -> tuple[JudgedSign, ...]:
        """Return the matched signs of the highest level."""
        return tuple(sign for sign in self.matched if sign.urgency is self.level)

    @property
    def unanswered(self) -> frozenset[str]:
        return NO_FACTS.union(*(sign.missing for sign in self.open))


def _highest(signs: Sequence[JudgedSign]) -> Urgency:
    return signs[0].urgency if signs else Urgency.ROUTINE


def triage(signs: Iterable[JudgedSign]) -> Triage:
    """Sum up the judged signs of a guide, given in its order: the fastest first."""
    judged = tuple(signs)
    return Triage(
        matched=tuple(one for one in judged if one.verdict is Verdict.MATCH),
        open=tuple(one for one in judged if one.verdict is Verdict.UNKNOWN),
    )


def judge_sign(sign: GuideSign, answers: Answers) -> JudgedSign:
    """Judge a sign: it matches when any of its rules does."""
    rulings = [rule_on(rule, answers) for rule in sign.rules]
    verdict = max(ruling.verdict for ruling in rulings)
    made_by = [ruling for ruling in rulings if ruling.verdict is verdict]
    is_match = verdict is Verdict.MATCH
    # One rule that nothing can call off settles the sign.
    is_settled = is_match and not all(ruling.missing for ruling in made_by)
    open_rules = () if is_settled else _list_open(made_by, answers)
    return JudgedSign(
        sign=sign,
        verdict=verdict,
        matching=tuple(made_by) if is_match else (),
        open_rules=open_rules,
        missing=NO_FACTS.union(*(rule.missing for rule in open_rules)),
    )


def _list_open(rulings: Iterable[Ruling], answers: Answers) -> tuple[OpenRule, ...]:
    return tuple(
        OpenRule(
            ruling.missing,
            any(answers.get(fact) == PRESENT for fact in ruling.rule.symptoms),
        )
        for ruling in rulings
        if ruling.missing
    )


def describe_signs(found: Triage) -> tuple[Sign, ...]:
    """Return matched signs, then open ones, each by urgency and slug."""
    return tuple(_describe_sign(one) for one in (*found.matched, *found.open))


@lru_cache(maxsize=KEPT)
def _describe_sign(judged: JudgedSign) -> Sign:
    return Sign(
        slug=judged.sign.entry.slug,
        name=judged.sign.entry.name,
        urgency=judged.urgency,
        because=judged.reasons,
        missing=tuple(sorted(judged.missing)),
    )
