"""Where each option stands for a profile: the table of design §5, row by row."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from operator import attrgetter

from app.engine.answers import Answers
from app.engine.guide import GuideOption
from app.engine.recommendation import Reason, Reasons
from app.engine.rules import Ruling, matched, reasons_of, rule_on
from app.engine.verdicts import Verdict
from app.fields import Benefit, Certainty, Standing
from app.library.rule_lists import Role

NOTHING_POINTS_TO_IT = "Nothing you told us points to it."
NO_OFFER = "engine/no-offer"
"""The id of the only reason that no rule of the library gives."""

_NOTHING = Reason(rule=NO_OFFER, text=NOTHING_POINTS_TO_IT, facts=(), sources=())

_STANDING_RANK = {standing: rank for rank, standing in enumerate(Standing)}
_BENEFIT_RANK = {benefit: rank for rank, benefit in enumerate(Benefit)}
_CERTAINTY_RANK = {certainty: rank for rank, certainty in enumerate(Certainty)}


Waiting = tuple[Ruling, ...]
"""What an option waits for: pressing signs, or the scope and signs that hold it."""

Place = tuple[int, bool, int, int, int, int, str]
"""Where an option stands in the order of design §5."""


@dataclass(frozen=True, eq=False, slots=True)
class JudgedOption:
    """An option with its standing; `missing` names safety questions first.

    `answers` and `waiting` are what it was judged by. `guards` are all
    contraindications that match, `against` those of them that do not decide the
    standing.
    """

    option: GuideOption
    answers: Answers
    waiting: Waiting
    standing: Standing
    because: Reasons
    cautions: Reasons
    guards: Reasons
    missing: tuple[str, ...] = ()
    is_held_back: bool = False
    is_asked_first: bool = False
    against: Reasons = field(init=False)
    place: Place = field(init=False)

    def __post_init__(self) -> None:
        named = {reason.rule for reason in self.because}
        against = tuple(one for one in self.guards if one.rule not in named)
        evidence = self.option.treatment.evidence
        place = (
            _STANDING_RANK[self.standing],
            not self.is_held_back,
            _BENEFIT_RANK[evidence.benefit],
            _CERTAINTY_RANK[evidence.certainty],
            len(self.cautions),
            self.option.treatment.invasiveness,
            self.slug,
        )
        object.__setattr__(self, "against", against)
        object.__setattr__(self, "place", place)

    @property
    def slug(self) -> str:
        return self.option.slug

    @property
    def is_offered(self) -> bool:
        return self.standing in (Standing.RECOMMENDED, Standing.CONSIDER)


def order_options(options: Iterable[JudgedOption]) -> tuple[JudgedOption, ...]:
    """Return the options in the order of design §5."""
    return tuple(sorted(options, key=attrgetter("place")))


@dataclass(frozen=True, slots=True)
class _OptionRulings:
    """The rulings that an option hangs on, list by list.

    `waiting` are those of the scope and of signs that hold it; `fitting` are the
    recommendations that only open questions hold back.
    """

    waiting: Waiting
    recommend: list[Ruling]
    consider: list[Ruling]
    not_now: list[Ruling]
    avoid: list[Ruling]
    ask_first: list[Ruling]
    is_asked_first: bool
    fitting: list[Ruling]


def judge_option(
    option: GuideOption, answers: Answers, waiting: Waiting
) -> JudgedOption:
    """Say where an option stands."""
    cautions = [rule_on(rule, answers) for rule in option.caution_when]
    rulings = _read(option, cautions, answers, waiting)
    guards = reasons_of(matched((*rulings.avoid, *rulings.not_now)))
    if any(one.rule.is_pressing for one in waiting):
        # The signs decide alone, but what speaks against the option stays visible.
        return JudgedOption(
            option=option,
            answers=answers,
            waiting=waiting,
            standing=Standing.NOT_NOW,
            because=reasons_of(waiting),
            cautions=reasons_of(matched(cautions)),
            guards=guards,
        )
    standing, because = _stand(rulings)
    is_held_back = bool(rulings.fitting) and not rulings.is_asked_first
    return JudgedOption(
        option=option,
        answers=answers,
        waiting=waiting,
        standing=standing,
        because=because,
        cautions=reasons_of(matched(cautions)),
        guards=guards,
        missing=_missing(rulings),
        is_held_back=standing is Standing.CONSIDER and is_held_back,
        is_asked_first=rulings.is_asked_first,
    )


def find_standing(option: GuideOption, answers: Answers) -> Standing:
    """Say where an option stands that waits for nothing, and no more than that."""
    cautions = [rule_on(one, answers) for one in option.caution_when if one.ask_first]
    return _stand(_read(option, cautions, answers, ()))[0]


def _read(
    option: GuideOption,
    cautions: Iterable[Ruling],
    answers: Answers,
    waiting: Waiting,
) -> _OptionRulings:
    recommend = [rule_on(rule, answers) for rule in option.recommend_when]
    ask_first = [one for one in cautions if one.rule.ask_first]
    return _OptionRulings(
        waiting=waiting,
        recommend=recommend,
        consider=[rule_on(rule, answers) for rule in option.consider_when],
        not_now=[rule_on(rule, answers) for rule in option.not_now_when],
        avoid=[rule_on(rule, answers) for rule in option.avoid_when],
        ask_first=ask_first,
        is_asked_first=bool(matched(ask_first)),
        fitting=[one for one in recommend if one.fits],
    )


def _stand(rulings: _OptionRulings) -> tuple[Standing, Reasons]:
    """Return the first row of the standing table from the second on that holds."""
    if avoided := matched(rulings.avoid):
        return Standing.AVOID, reasons_of(avoided)
    if waiting := _reasons_to_wait(rulings):
        return Standing.NOT_NOW, waiting
    recommended = matched(rulings.recommend)
    if recommended and _is_clear(rulings):
        return Standing.RECOMMENDED, reasons_of(recommended)
    if considered := [*rulings.fitting, *matched(rulings.consider)]:
        considered.sort(key=lambda one: one.rule.id)
        return Standing.CONSIDER, reasons_of(considered)
    return Standing.NOT_NOW, (_NOTHING,)


def _is_clear(rulings: _OptionRulings) -> bool:
    """Say whether no contraindication is open, and nothing must be asked first."""
    guards = (*rulings.avoid, *rulings.not_now)
    return not rulings.is_asked_first and all(
        one.verdict is Verdict.NO_MATCH for one in guards
    )


def _reasons_to_wait(rulings: _OptionRulings) -> Reasons:
    waiting = (*rulings.waiting, *matched(rulings.not_now))
    reasons = [_reason_to_wait(one) for one in waiting]
    return tuple(sorted(reasons, key=attrgetter("rule")))


def _reason_to_wait(ruling: Ruling) -> Reason:
    reason = ruling.reason
    if ruling.rule.role is not Role.SIGN:
        return reason
    return replace(reason, text=f"Wait until this is looked at: {reason.text}")


def _missing(rulings: _OptionRulings) -> tuple[str, ...]:
    """Return the facts that could still change the standing, safety first."""
    missing: dict[str, None] = {}
    for group in _deciding(rulings):
        facts = {fact for one in group for fact in one.missing}
        missing.update(dict.fromkeys(sorted(facts)))
    return tuple(missing)


def _deciding(rulings: _OptionRulings) -> Iterator[Sequence[Ruling]]:
    """Yield the groups of rules that the standing still hangs on."""
    if _is_settled(rulings.avoid):
        return
    yield rulings.avoid
    if _is_out(rulings):
        return
    yield rulings.not_now
    yield rulings.ask_first
    if not matched(rulings.recommend):
        yield rulings.recommend
        if not rulings.fitting and not matched(rulings.consider):
            yield rulings.consider


def _is_out(rulings: _OptionRulings) -> bool:
    """Say whether no answer can offer the option: it waits, or nothing points to it."""
    offers = (*rulings.recommend, *rulings.consider)
    return _is_settled((*rulings.not_now, *rulings.waiting)) or all(
        one.verdict is Verdict.NO_MATCH for one in offers
    )


def _is_settled(guards: Iterable[Ruling]) -> bool:
    """Say whether a guard matches that nothing can call off any more."""
    return any(not one.missing for one in matched(guards))
