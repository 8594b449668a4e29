"""Where each option stands for a profile: the table of design §5, row by row."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from app.engine.guide import GuideOption
from app.engine.recommendation import Reason, Reasons
from app.engine.rules import Ruling, Rulings
from app.engine.triage import JudgedSign, Triage, triage
from app.engine.verdicts import Verdict
from app.fields import Benefit, Certainty, Standing

NOTHING_POINTS_TO_IT = "Nothing you told us points to it."
NO_OFFER = "engine/no-offer"
"""The id of the only reason that no rule of the library gives."""

_NOTHING = Reason(rule=NO_OFFER, text=NOTHING_POINTS_TO_IT, facts=(), sources=())

_STANDING_RANK = {standing: rank for rank, standing in enumerate(Standing)}
_BENEFIT_RANK = {benefit: rank for rank, benefit in enumerate(Benefit)}
_CERTAINTY_RANK = {certainty: rank for rank, certainty in enumerate(Certainty)}


@dataclass(frozen=True, eq=False, slots=True)
class Situation:
    """What decides for all options alike: the warning signs and the scope.

    `stopping` says why no option is for now, if a pressing sign matches.
    """

    found: Triage
    stopping: Reasons
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
    because: Reasons
    cautions: Reasons
    against: Reasons
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
    """The rulings of one option's rules, list by list, and what matches of them."""

    option: GuideOption
    recommend: list[Ruling]
    consider: list[Ruling]
    not_now: list[Ruling]
    avoid: list[Ruling]
    ask_first: list[Ruling]
    is_asked_first: bool
    fitting: list[Ruling]


def judge_option(
    option: GuideOption, ruled: Rulings, situation: Situation
) -> JudgedOption:
    """Say where an option stands, and what could still change that."""
    cautions = _matched(ruled[rule] for rule in option.caution_when)
    guards = _matched(ruled[one] for one in (*option.avoid_when, *option.not_now_when))
    if situation.stopping:
        # The sign decides alone, but what speaks against the option stays visible.
        return JudgedOption(
            option=option,
            standing=Standing.NOT_NOW,
            because=situation.stopping,
            cautions=_reasons(cautions),
            against=_reasons(guards),
            missing=(),
        )
    rulings = _read(option, ruled)
    standing, because = _stand(rulings, situation)
    named = {reason.rule for reason in because}
    is_held_back = bool(rulings.fitting) and not rulings.is_asked_first
    return JudgedOption(
        option=option,
        standing=standing,
        because=because,
        cautions=_reasons(cautions),
        against=tuple(one.reason for one in guards if one.rule.id not in named),
        missing=_missing(rulings, situation),
        is_held_back=standing is Standing.CONSIDER and is_held_back,
        is_asked_first=rulings.is_asked_first,
    )


def _read(option: GuideOption, ruled: Rulings) -> _OptionRulings:
    recommend = [ruled[rule] for rule in option.recommend_when]
    ask_first = [ruled[rule] for rule in option.caution_when if rule.ask_first]
    return _OptionRulings(
        option=option,
        recommend=recommend,
        consider=[ruled[rule] for rule in option.consider_when],
        not_now=[ruled[rule] for rule in option.not_now_when],
        avoid=[ruled[rule] for rule in option.avoid_when],
        ask_first=ask_first,
        is_asked_first=bool(_matched(ask_first)),
        fitting=[one for one in recommend if one.fits],
    )


def _matched(rulings: Iterable[Ruling]) -> list[Ruling]:
    return [one for one in rulings if one.verdict is Verdict.MATCH]


def _reasons(rulings: Iterable[Ruling]) -> Reasons:
    return tuple(one.reason for one in rulings)


def _stand(rulings: _OptionRulings, situation: Situation) -> tuple[Standing, Reasons]:
    """Return the first row of the standing table from the second on that holds."""
    if avoided := _matched(rulings.avoid):
        return Standing.AVOID, _reasons(avoided)
    if waiting := _waiting(rulings, situation):
        return Standing.NOT_NOW, waiting
    recommended = _matched(rulings.recommend)
    if recommended and _is_clear(rulings):
        return Standing.RECOMMENDED, _reasons(recommended)
    if considered := [*rulings.fitting, *_matched(rulings.consider)]:
        considered.sort(key=lambda one: one.rule.id)
        return Standing.CONSIDER, _reasons(considered)
    return Standing.NOT_NOW, (_NOTHING,)


def _is_clear(rulings: _OptionRulings) -> bool:
    """Say whether no contraindication is open, and nothing must be asked first."""
    guards = (*rulings.avoid, *rulings.not_now)
    return not rulings.is_asked_first and all(
        one.verdict is Verdict.NO_MATCH for one in guards
    )


def _waiting(rulings: _OptionRulings, situation: Situation) -> Reasons:
    holding = [
        replace(reason, text=f"Wait until this is looked at: {reason.text}")
        for sign in _holding(rulings.option, situation)
        for reason in sign.reasons
    ]
    waiting = _reasons(_matched((*situation.scope, *rulings.not_now)))
    return tuple(sorted((*waiting, *holding), key=lambda reason: reason.rule))


def _holding(option: GuideOption, situation: Situation) -> list[JudgedSign]:
    return [one for one in situation.found.matched if option.slug in one.sign.holds]


def _missing(rulings: _OptionRulings, situation: Situation) -> tuple[str, ...]:
    """Return the facts that could still change the standing, safety first."""
    missing: dict[str, None] = {}
    for group in _deciding(rulings, situation):
        facts = {fact for one in group for fact in one.missing}
        missing.update(dict.fromkeys(sorted(facts)))
    return tuple(missing)


def _deciding(
    rulings: _OptionRulings, situation: Situation
) -> Iterator[Sequence[Ruling]]:
    """Yield the groups of rules that the standing still hangs on."""
    if _is_settled(rulings.avoid):
        return
    yield rulings.avoid
    if _is_out(rulings, situation):
        return
    yield rulings.not_now
    yield rulings.ask_first
    if not _matched(rulings.recommend):
        yield rulings.recommend
        if not rulings.fitting and not _matched(rulings.consider):
            yield rulings.consider


def _is_out(rulings: _OptionRulings, situation: Situation) -> bool:
    """Say whether no answer can offer the option: it waits, or nothing points to it."""
    offers = (*rulings.recommend, *rulings.consider)
    return (
        any(not sign.missing for sign in _holding(rulings.option, situation))
        or _is_settled((*rulings.not_now, *situation.scope))
        or all(one.verdict is Verdict.NO_MATCH for one in offers)
    )


def _is_settled(guards: Iterable[Ruling]) -> bool:
    """Say whether a guard matches that nothing can call off any more."""
    return any(not one.missing for one in _matched(guards))
