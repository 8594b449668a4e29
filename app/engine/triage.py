"""Warning signs first: how fast to seek help, and what is not ruled out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.engine.answers import Answers
from app.engine.guide import Guide, GuideSign
from app.engine.recommendation import Reason, Sign
from app.engine.rules import rule_on
from app.engine.verdicts import NO_FACTS, Verdict
from app.fields import Urgency

_RANK = {urgency: rank for rank, urgency in enumerate(Urgency)}


def rank(urgency: Urgency) -> int:
    """Return 0 for an emergency, more for what can wait longer."""
    return _RANK[urgency]


@dataclass(frozen=True, slots=True)
class JudgedSign:
    """A sign that matches or is still open; `missing` could still change that.

    `open_rules` holds what each of its undecided rules misses.
    """

    sign: GuideSign
    verdict: Verdict
    reasons: tuple[Reason, ...]
    open_rules: tuple[frozenset[str], ...]
    missing: frozenset[str]

    @property
    def urgency(self) -> Urgency:
        return self.sign.entry.urgency


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
        return _highest((*self.matched, *self.open))

    @property
    def is_stopping(self) -> bool:
        """Say whether an emergency or urgent sign stops every option."""
        return rank(self.level) <= rank(Urgency.URGENT)

    @property
    def top_signs(self) -> tuple[JudgedSign, ...]:
        """Return the matched signs of the highest level."""
        return tuple(sign for sign in self.matched if sign.urgency is self.level)

    @property
    def unanswered(self) -> frozenset[str]:
        return NO_FACTS.union(*(sign.missing for sign in self.open))


def _highest(signs: Sequence[JudgedSign]) -> Urgency:
    return min((sign.urgency for sign in signs), key=rank, default=Urgency.ROUTINE)


def triage(guide: Guide, answers: Answers) -> Triage:
    """Judge every warning sign of the guide."""
    judged = [_judge_sign(sign, answers) for sign in guide.signs]
    return Triage(
        matched=_in_order(one for one in judged if one.verdict is Verdict.MATCH),
        open=_in_order(one for one in judged if one.verdict is Verdict.UNKNOWN),
    )


def _in_order(signs: Iterable[JudgedSign]) -> tuple[JudgedSign, ...]:
    return tuple(
        sorted(signs, key=lambda one: (rank(one.urgency), one.sign.entry.slug))
    )


def _judge_sign(sign: GuideSign, answers: Answers) -> JudgedSign:
    """Match when any rule of the sign does."""
    rulings = [rule_on(rule, answers) for rule in sign.rules]
    verdict = max(ruling.verdict for ruling in rulings)
    made_by = [ruling for ruling in rulings if ruling.verdict is verdict]
    is_match = verdict is Verdict.MATCH
    open_rules = tuple(ruling.missing for ruling in made_by)
    if is_match and not all(open_rules):
        # One rule that nothing can call off settles the sign.
        open_rules = ()
    return JudgedSign(
        sign=sign,
        verdict=verdict,
        reasons=tuple(ruling.reason for ruling in made_by if is_match),
        open_rules=open_rules,
        missing=NO_FACTS.union(*open_rules),
    )


def describe_signs(found: Triage) -> tuple[Sign, ...]:
    """Return matched signs, then open ones, each by urgency and slug."""
    return tuple(
        Sign(
            slug=one.sign.entry.slug,
            name=one.sign.entry.name,
            urgency=one.urgency,
            because=one.reasons,
            missing=tuple(sorted(one.missing)),
        )
        for one in (*found.matched, *found.open)
    )
