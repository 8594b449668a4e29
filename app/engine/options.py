"""Where each option stands for a profile: the table of design §5, row by row."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain

from app.engine.answers import Answers
from app.engine.guide import Guide, GuideOption, GuideSign, Rules
from app.engine.recommendation import Reason
from app.engine.rules import Ruling, rule_on
from app.engine.triage import JudgedSign, Triage
from app.engine.verdicts import Verdict
from app.fields import Benefit, Certainty, Standing

NOTHING_POINTS_TO_IT = "Nothing you told us points to it."
NO_OFFER = "engine/no-offer"
"""The id of the only reason that no rule of the library gives."""

_STANDINGS = list(Standing)
_BENEFITS = list(Benefit)
_CERTAINTIES = list(Certainty)


@dataclass(frozen=True, slots=True)
class Situation:
    """What decides for all options alike: the warning signs and the scope."""

    found: Triage
    out_of_scope: tuple[Ruling, ...]


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


@dataclass(frozen=True, slots=True)
class _Rulings:
    """The rulings of one option's rules, list by list."""

    recommend: list[Ruling]
    consider: list[Ruling]
    not_now: list[Ruling]
    avoid: list[Ruling]
    caution: list[Ruling]


def judge_scope(guide: Guide, answers: Answers) -> tuple[Ruling, ...]:
    """Judge the rules that say for whom the topic is not made."""
    return tuple(rule_on(rule, answers) for rule in guide.out_of_scope_when)


def judge_options(
    guide: Guide, answers: Answers, situation: Situation
) -> tuple[JudgedOption, ...]:
    """Return every option once, in the order of design §5."""
    judged = [_judge(option, answers, situation) for option in guide.options]
    return tuple(sorted(judged, key=_order))


def _order(judged: JudgedOption) -> tuple[int, bool, int, int, int, int, str]:
    evidence = judged.option.treatment.evidence
    return (
        _STANDINGS.index(judged.standing),
        not judged.is_held_back,
        _BENEFITS.index(evidence.benefit),
        _CERTAINTIES.index(evidence.certainty),
        len(judged.cautions),
        judged.option.treatment.invasiveness,
        judged.slug,
    )


def _judge(option: GuideOption, answers: Answers, situation: Situation) -> JudgedOption:
    rulings = _Rulings(
        recommend=_rule_on_all(option.recommend_when, answers),
        consider=_rule_on_all(option.consider_when, answers),
        not_now=_rule_on_all(option.not_now_when, answers),
        avoid=_rule_on_all(option.avoid_when, answers),
        caution=_rule_on_all(option.caution_when, answers),
    )
    guards = _reasons([*rulings.avoid, *rulings.not_now])
    cautions = _reasons(rulings.caution)
    standing, because = _stand(option, rulings, situation)
    named = {reason.rule for reason in because}
    return JudgedOption(
        option=option,
        standing=standing,
        because=because,
        cautions=cautions,
        against=tuple(reason for reason in guards if reason.rule not in named),
        missing=_missing(option, rulings, situation),
        is_held_back=standing is Standing.CONSIDER and _is_held_back(rulings),
        is_asked_first=_is_asked_first(rulings),
    )


def _rule_on_all(rules: Rules, answers: Answers) -> list[Ruling]:
    return [rule_on(rule, answers) for rule in rules]


def _matched(rulings: Iterable[Ruling]) -> list[Ruling]:
    return [one for one in rulings if one.verdict is Verdict.MATCH]


def _reasons(rulings: Iterable[Ruling]) -> tuple[Reason, ...]:
    return tuple(one.reason for one in _matched(rulings))


def _stand(
    option: GuideOption, rulings: _Rulings, situation: Situation
) -> tuple[Standing, tuple[Reason, ...]]:
    """Return the first row of the standing table that holds, with its reasons."""
    if situation.found.is_stopping:
        stopping = (sign.reasons for sign in situation.found.top_signs)
        return Standing.NOT_NOW, tuple(chain.from_iterable(stopping))
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


def _is_asked_first(rulings: _Rulings) -> bool:
    return any(one.rule.ask_first for one in _matched(rulings.caution))


def _is_held_back(rulings: _Rulings) -> bool:
    fits = any(one.fits for one in rulings.recommend)
    return fits and not _is_asked_first(rulings)


def _waiting(
    option: GuideOption, rulings: _Rulings, situation: Situation
) -> tuple[Reason, ...]:
    holding = [
        reason.model_copy(
            update={"text": f"Wait until this is looked at: {reason.text}"}
        )
        for sign in _holding(option, situation)
        for reason in sign.reasons
    ]
    scope = _reasons(situation.out_of_scope)
    reasons = [*scope, *_reasons(rulings.not_now), *holding]
    return tuple(sorted(reasons, key=lambda reason: reason.rule))


def _holding(option: GuideOption, situation: Situation) -> list[JudgedSign]:
    return [one for one in situation.found.matched if _holds(one.sign, option)]


def _holds(sign: GuideSign, option: GuideOption) -> bool:
    return any(
        hold.treatment in option.lineage_slugs
        or hold.category is option.treatment.category
        for hold in sign.entry.holds
    )


def _missing(
    option: GuideOption, rulings: _Rulings, situation: Situation
) -> tuple[str, ...]:
    """Return the facts that could still change the standing, safety first."""
    facts = [
        fact
        for group in _deciding(option, rulings, situation)
        for fact in sorted({fact for one in group for fact in one.missing})
    ]
    return tuple(dict.fromkeys(facts))


def _deciding(
    option: GuideOption, rulings: _Rulings, situation: Situation
) -> list[list[Ruling]]:
    """Return the groups of rules that the standing still hangs on."""
    if situation.found.is_stopping or _is_settled(rulings.avoid):
        return []
    blocking = [*rulings.not_now, *situation.out_of_scope]
    is_held = any(not sign.missing for sign in _holding(option, situation))
    if is_held or _is_settled(blocking) or not _can_be_offered(rulings):
        return [rulings.avoid]
    ask_first = [one for one in rulings.caution if one.rule.ask_first]
    groups = [rulings.avoid, blocking, ask_first]
    if not _matched(rulings.recommend):
        groups.append(rulings.recommend)
        fits = any(one.fits for one in rulings.recommend)
        if not fits and not _matched(rulings.consider):
            groups.append(rulings.consider)
    return groups


def _can_be_offered(rulings: _Rulings) -> bool:
    offers = (*rulings.recommend, *rulings.consider)
    return any(one.verdict is not Verdict.NO_MATCH for one in offers)


def _is_settled(guards: Iterable[Ruling]) -> bool:
    """Say whether a guard matches that nothing can call off any more."""
    return any(not one.missing for one in _matched(guards))
