"""Warning signs first: how fast to seek help, and what is not ruled out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.engine.guide import GuideSign
from app.engine.recommendation import Reason, Sign
from app.engine.rules import Ruling, Rulings
from app.engine.verdicts import NO_FACTS, Verdict
from app.fields import Urgency

_RANK = {urgency: rank for rank, urgency in enumerate(Urgency)}


def rank(urgency: Urgency) -> int:
    """Return 0 for an emergency, more for what can wait longer."""
    return _RANK[urgency]


@dataclass(frozen=True, eq=False, slots=True)
class JudgedSign:
    """A sign with its verdict; `missing` could still change that.

    `open_rules` are its rules that more answers could still turn.
    """

    sign: GuideSign
    verdict: Verdict
    reasons: tuple[Reason, ...]
    open_rules: tuple[Ruling, ...]
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


def triage(signs: Iterable[JudgedSign]) -> Triage:
    """Sum up the judged signs of a guide, given in its order."""
    judged = tuple(signs)
    return Triage(
        matched=tuple(one for one in judged if one.verdict is Verdict.MATCH),
        open=tuple(one for one in judged if one.verdict is Verdict.UNKNOWN),
    )


def judge_sign(sign: GuideSign, ruled: Rulings) -> JudgedSign:
    """Judge a sign: it matches when any of its rules does."""
    rulings = [ruled[rule] for rule in sign.rules]
    verdict = max(ruling.verdict for ruling in rulings)
    made_by = [ruling for ruling in rulings if ruling.verdict is verdict]
    is_match = verdict is Verdict.MATCH
    # One rule that nothing can call off settles the sign.
    is_settled = is_match and not all(ruling.missing for ruling in made_by)
    open_rules = () if is_settled else tuple(one for one in made_by if one.missing)
    return JudgedSign(
        sign=sign,
        verdict=verdict,
        reasons=tuple(ruling.reason for ruling in made_by if is_match),
        open_rules=open_rules,
        missing=NO_FACTS.union(*(ruling.missing for ruling in open_rules)),
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
