"""Where each option stands for a profile: the table of design §5, row by row."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from app.engine.guide import GuideOption
from app.engine.recommendation import Reason
from app.engine.rules import Ruling, Rulings
from app.engine.triage import JudgedSign, Triage, triage
from app.engine.verdicts import Verdict
from app.fields import Benefit, Certainty, Standing

NOTHING_POINTS_TO_IT = "Nothing you told us points to it."
NO_OFFER = "engine/no-offer"
"""The id of the only reason that no rule of the library gives."""

_STANDING_RANK = {standing: rank for rank, standing in enumerate(Standing)}
_BENEFIT_RANK = {benefit: rank for rank, benefit in enumerate(Benefit)}
_CERTAINTY_RANK = {certainty: rank for rank, certainty in enumerate(Certainty)}


@dataclass(frozen=True, eq=False, slots=True)
class Situation:
    """What decides for all options alike: the warning signs and the scope.

    `stopping` says why no option is for now, if a pressing sign matches.
    """

    found: Triage
    stopping: tuple[Reason, ...]
    scope: tuple[Ruling, ...]

    @classmethod
    def of(cls, signs: Iterable[JudgedSign], scope: Iterable[Ruling]) -> "Situation":
        found = triage(signs)
        top = found.top_signs if found.is_stopping else ()
        stopping = chain.from_iterable(sign.reasons for sign in top)
        return cls(found, tuple(stopping), tuple(scope))


@dataclass(frozen=True, slots=True)
class JudgedOption:
    """An option with its standing; `missing` names safety questions first."""

    option: GuideOption
    standing: Standing
    because: tuple[Reason, ...]
    cautions: tuple[Reason, ...]
    against: tuple[Reason, ...]
    missing: tuple[str, ...]
    is_held_back: bool = False
    is_asked_first: bool = False

    @property
    def slug(self) -> str:
        return self.option.slug

    @property
    def is_offered(self) -> bool:
        return self.standing in (Standing.RECOMMENDED, Standing.CONSIDER)


def order_options(options: Iterable[JudgedOption]) -> tuple[JudgedOption, ...]:
    """Return the options in the order of design §5."""
    return tuple(sorted(options, key=_order))


def _order(judged: JudgedOption) -> tuple[int, bool, int, int, int, int, str]:
    evidence = judged.option.treatment.evidence
    return (
        _STANDING_RANK[judged.standing],
        not judged.is_held_back,
        _BENEFIT_RANK[evidence.benefit],
        _CERTAINTY_RANK[evidence.certainty],
        len(judged.cautions),
        judged.option.treatment.invasiveness,
        judged.slug,
    )


@dataclass(frozen=True, slots=True)
class _OptionRulings:
    """The rulings of one option's rules, list by list."""

    recommend: list[Ruling]
    consider: list[Ruling]
    not_now: list[Ruling]
    avoid: list[Ruling]
    caution: list[Ruling]


def judge_option(
    option: GuideOption, ruled: Rulings, situation: Situation
) -> JudgedOption:
    """Say where an option stands, and what could still change that."""
    rulings = _OptionRulings(
        recommend=[ruled[rule] for rule in option.recommend_when],
        consider=[ruled[rule] for rule in option.consider_when],
        not_now=[ruled[rule] for rule in option.not_now_when],
        avoid=[ruled[rule] for rule in option.avoid_when],
        caution=[ruled[rule] for rule in option.caution_when],
    )
    guards = _reasons((*rulings.avoid, *rulings.not_now))
    standing, because = _stand(option, rulings, situation)
    named = {reason.rule for reason in because}
    return JudgedOption(
        option=option,
        standing=standing,
        because=because,
        cautions=_reasons(rulings.caution),
        against=tuple(reason for reason in guards if reason.rule not in named),
        missing=_missing(option, rulings, situation),
        is_held_back=standing is Standing.CONSIDER and _is_held_back(rulings),
        is_asked_first=_is_asked_first(rulings),
    )


def _matched(rulings: Iterable[Ruling]) -> list[Ruling]:
    return [one for one in rulings if one.verdict is Verdict.MATCH]


def _reasons(rulings: Iterable[Ruling]) -> tuple[Reason, ...]:
    return tuple(one.reason for one in _matched(rulings))


def _stand(
    option: GuideOption, rulings: _OptionRulings, situation: Situation
) -> tuple[Standing, tuple[Reason, ...]]:
    """Return the first row of the standing table that holds, with its reasons."""
    if situation.stopping:
        return Standing.NOT_NOW, situation.stopping
    if avoided := _reasons(rulings.avoid):
        return Standing.AVOID, avoided
    if waiting := _waiting(option, rulings, situation):
        return Standing.NOT_NOW, waiting
    recommended = _reasons(rulings.recommend)
    guards = (*rulings.avoid, *rulings.not_now)
    is_clear = all(one.verdict is Verdict.NO_MATCH for one in guards)
    if recommended and is_clear and not _is_asked_first(rulings):
        return Standing.RECOMMENDED, recommended
    fitting = [one for one in rulings.recommend if one.fits]
    if considered := [*fitting, *_matched(rulings.consider)]:
        ordered = sorted(considered, key=lambda one: one.rule.id)
        return Standing.CONSIDER, tuple(one.reason for one in ordered)
    nothing = Reason(rule=NO_OFFER, text=NOTHING_POINTS_TO_IT, facts=(), sources=())
    return Standing.NOT_NOW, (nothing,)


def _is_asked_first(rulings: _OptionRulings) -> bool:
    return any(one.rule.ask_first for one in _matched(rulings.caution))


def _is_held_back(rulings: _OptionRulings) -> bool:
    fits = any(one.fits for one in rulings.recommend)
    return fits and not _is_asked_first(rulings)


def _waiting(
    option: GuideOption, rulings: _OptionRulings, situation: Situation
) -> tuple[Reason, ...]:
    holding = [
        replace(reason, text=f"Wait until this is looked at: {reason.text}")
        for sign in _holding(option, situation)
        for reason in sign.reasons
    ]
    scope = _reasons(situation.scope)
    reasons = [*scope, *_reasons(rulings.not_now), *holding]
    return tuple(sorted(reasons, key=lambda reason: reason.rule))


def _holding(option: GuideOption, situation: Situation) -> list[JudgedSign]:
    return [one for one in situation.found.matched if option.slug in one.sign.holds]


def _missing(
    option: GuideOption, rulings: _OptionRulings, situation: Situation
) -> tuple[str, ...]:
    """Return the facts that could still change the standing, safety first."""
    facts = [
        fact
        for group in _deciding(option, rulings, situation)
        for fact in sorted({fact for one in group for fact in one.missing})
    ]
    return tuple(dict.fromkeys(facts))


def _deciding(
    option: GuideOption, rulings: _OptionRulings, situation: Situation
) -> list[Sequence[Ruling]]:
    """Return the groups of rules that the standing still hangs on."""
    if situation.stopping or _is_settled(rulings.avoid):
        return []
    is_held = any(not sign.missing for sign in _holding(option, situation))
    if (
        is_held
        or _is_settled((*rulings.not_now, *situation.scope))
        or not _can_be_offered(rulings)
    ):
        return [rulings.avoid]
    ask_first = [one for one in rulings.caution if one.rule.ask_first]
    groups: list[Sequence[Ruling]] = [rulings.avoid, rulings.not_now, ask_first]
    if not _matched(rulings.recommend):
        groups.append(rulings.recommend)
        fits = any(one.fits for one in rulings.recommend)
        if not fits and not _matched(rulings.consider):
            groups.append(rulings.consider)
    return groups


def _can_be_offered(rulings: _OptionRulings) -> bool:
    offers = (*rulings.recommend, *rulings.consider)
    return any(one.verdict is not Verdict.NO_MATCH for one in offers)


def _is_settled(guards: Iterable[Ruling]) -> bool:
    """Say whether a guard matches that nothing can call off any more."""
    return any(not one.missing for one in _matched(guards))
