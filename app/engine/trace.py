"""The full trace: every rule, its verdict, the facts that made it or that it misses."""

from operator import attrgetter

from app.engine.answers import Answers
from app.engine.guide import Guide
from app.engine.recommendation import TracedRule
from app.engine.rules import rule_on
from app.engine.verdicts import Verdict
from app.fields import VerdictWord

_WORDS = {
    Verdict.MATCH: VerdictWord.MATCH,
    Verdict.UNKNOWN: VerdictWord.UNKNOWN,
    Verdict.NO_MATCH: VerdictWord.NO_MATCH,
}


def trace(guide: Guide, answers: Answers) -> tuple[TracedRule, ...]:
    """Return what every rule says, by rule id; inherited ones once."""
    rules = sorted(set(guide.rules), key=attrgetter("id"))
    return tuple(
        TracedRule(
            rule=ruling.rule.id,
            verdict=_WORDS[ruling.verdict],
            facts=tuple(sorted(ruling.facts)),
            missing=tuple(sorted(ruling.missing)),
        )
        for ruling in (rule_on(rule, answers) for rule in rules)
    )
