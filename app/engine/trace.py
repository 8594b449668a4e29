"""The full trace: every rule, its verdict, the facts that made it or that it misses."""

from collections.abc import Iterable

from app.engine.recommendation import TracedRule
from app.engine.rules import Ruling
from app.engine.verdicts import Verdict
from app.fields import VerdictWord

_WORDS = {
    Verdict.MATCH: VerdictWord.MATCH,
    Verdict.UNKNOWN: VerdictWord.UNKNOWN,
    Verdict.NO_MATCH: VerdictWord.NO_MATCH,
}


def trace(rulings: Iterable[Ruling]) -> tuple[TracedRule, ...]:
    """Return what every rule says, by rule id."""
    return tuple(
        TracedRule(
            rule=ruling.rule.id,
            verdict=_WORDS[ruling.verdict],
            facts=tuple(sorted(ruling.facts)),
            missing=tuple(sorted(ruling.missing)),
        )
        for ruling in sorted(rulings, key=lambda one: one.rule.id)
    )
