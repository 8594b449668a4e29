"""Why the treatment may have failed, by the clues that a profile shows."""

from collections.abc import Iterable

from app.engine.answers import Answers
from app.engine.guide import GuideCause
from app.engine.recommendation import Cause, PointsToAnswer
from app.engine.rules import Ruling, matched, reasons_of, rule_on
from app.engine.verdicts import NO_FACTS
from app.fields import Likelihood

_RANK = {likelihood: rank for rank, likelihood in enumerate(Likelihood)}


def order_causes(causes: Iterable[Cause]) -> tuple[Cause, ...]:
    """Return the causes in order: the likely ones and those with more clues first."""
    return tuple(sorted(causes, key=_order))


def _order(cause: Cause) -> tuple[int, int, str]:
    clues = len(cause.because) - len(cause.against)
    return _RANK[cause.likelihood], -clues, cause.slug


def judge_cause(cause: GuideCause, answers: Answers) -> Cause:
    """Judge how likely a cause is: never certain, and possible where nothing speaks."""
    speaking_for = [rule_on(rule, answers) for rule in cause.clues_for]
    speaking_against = [rule_on(rule, answers) for rule in cause.clues_against]
    matched_for, matched_against = matched(speaking_for), matched(speaking_against)
    rulings = (*speaking_for, *speaking_against)
    missing = NO_FACTS.union(*(ruling.missing for ruling in rulings))
    entry = cause.entry
    return Cause(
        slug=entry.slug,
        name=entry.name,
        likelihood=_weigh(matched_for, matched_against),
        because=reasons_of(matched_for),
        against=reasons_of(matched_against),
        missing=tuple(sorted(missing)),
        how_to_check=entry.how_to_check,
        points_to=tuple(
            PointsToAnswer(treatment=one.treatment, because=one.because)
            for one in entry.points_to
        ),
    )


def _weigh(clues_for: list[Ruling], clues_against: list[Ruling]) -> Likelihood:
    """Let a strong clue outweigh weak ones on the other side."""
    strong_for = any(clue.rule.strong for clue in clues_for)
    strong_against = any(clue.rule.strong for clue in clues_against)
    stands_for = strong_for if strong_for != strong_against else bool(clues_for)
    stands_against = (
        strong_against if strong_for != strong_against else bool(clues_against)
    )
    if stands_for == stands_against:
        return Likelihood.POSSIBLE
    return Likelihood.LIKELY if stands_for else Likelihood.UNLIKELY
