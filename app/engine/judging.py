"""What the rules of a guide say of a person's answers.

Everything is judged once, of somebody who has said nothing. Answers then change only
what they touch, so that a short profile costs little in a large library.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from app.engine.answers import NOTHING_SAID, Answers
from app.engine.causes import judge_cause
from app.engine.facts import finding_fact, path_fact, qualifier_fact, tried_fact
from app.engine.guide import GUIDES_KEPT, Guide, GuideCause, GuideOption, GuideSign
from app.engine.options import JudgedOption, Situation, judge_option
from app.engine.recommendation import Cause
from app.engine.rules import GuideRule, Ruling, Rulings, rule_on
from app.engine.triage import JudgedSign, judge_sign
from app.engine.verdicts import Verdict
from app.fields import Standing


@dataclass(frozen=True, eq=False, slots=True)
class Judged:
    """What each rule says, and what each part of the guide came to, by slug.

    `asked` are the rules that the answers were judged anew by.
    """

    answers: Answers
    asked: frozenset[GuideRule]
    rulings: Rulings
    signs: Mapping[str, JudgedSign]
    causes: Mapping[str, Cause]
    options: Mapping[str, JudgedOption]
    situation: Situation


@lru_cache(maxsize=GUIDES_KEPT)
def judge_start(guide: Guide) -> Judged:
    """Judge every rule of a guide, of somebody who has said nothing."""
    return judge_all(guide, NOTHING_SAID)


def judge_all(guide: Guide, answers: Answers) -> Judged:
    """Judge every rule of a guide."""
    rulings = {rule: rule_on(rule, answers) for rule in guide.rules}
    signs = {sign.slug: judge_sign(sign, rulings) for sign in guide.signs}
    situation = _situation(guide, rulings, signs)
    return Judged(
        answers=answers,
        asked=frozenset(rulings),
        rulings=rulings,
        signs=signs,
        causes={cause.slug: judge_cause(cause, rulings) for cause in guide.causes},
        options={
            option.slug: judge_option(option, rulings, situation)
            for option in guide.options
        },
        situation=situation,
    )


def judge_again(guide: Guide, before: Judged, answers: Answers) -> Judged:
    """Judge what other answers change; everything else stands as it did before."""
    asked = _rules_asked(guide, before, answers)
    changed = _changed_rulings(before, answers, asked)
    rulings = {**before.rulings, **changed}
    parts = {part for rule in changed for part in guide.parts_with.get(rule, ())}
    signs, situation = _judge_signs(guide, before, rulings, changed)
    moved = {part for part in parts if isinstance(part, GuideOption)}
    moved.update(_moved(guide, before.situation, situation))
    causes = {
        part.slug: judge_cause(part, rulings)
        for part in parts
        if isinstance(part, GuideCause)
    }
    options = {one.slug: judge_option(one, rulings, situation) for one in moved}
    return Judged(
        answers=answers,
        asked=frozenset(asked),
        rulings=rulings,
        signs=signs,
        causes={**before.causes, **causes},
        options={**before.options, **options},
        situation=situation,
    )


@dataclass(frozen=True, eq=False, slots=True)
class Trial:
    """What other answers would change for all options, to judge single ones by."""

    before: Judged
    answers: Answers
    asked: frozenset[GuideRule]
    situation: Situation

    def stand(self, option: GuideOption) -> Standing:
        """Return where an option would stand."""
        rulings = {
            rule: rule_on(rule, self.answers)
            if rule in self.asked
            else self.before.rulings[rule]
            for rule in option.rules
        }
        return judge_option(option, rulings, self.situation).standing


def try_answers(guide: Guide, before: Judged, answers: Answers) -> Trial:
    """Judge what other answers change for all options alike, and no option yet."""
    asked = _rules_asked(guide, before, answers)
    changed = _changed_rulings(before, answers, asked & guide.rules_for_all)
    rulings = {**before.rulings, **changed} if changed else before.rulings
    _, situation = _judge_signs(guide, before, rulings, changed)
    return Trial(before, answers, frozenset(asked), situation)


def _judge_signs(
    guide: Guide, before: Judged, rulings: Rulings, changed: Collection[GuideRule]
) -> tuple[Mapping[str, JudgedSign], Situation]:
    if guide.rules_for_all.isdisjoint(changed):
        return before.signs, before.situation
    parts = {part for rule in changed for part in guide.parts_with.get(rule, ())}
    again = {
        part.slug: judge_sign(part, rulings)
        for part in parts
        if isinstance(part, GuideSign)
    }
    signs = {**before.signs, **again}
    return signs, _situation(guide, rulings, signs)


def _situation(
    guide: Guide, rulings: Rulings, signs: Mapping[str, JudgedSign]
) -> Situation:
    scope = [rulings[rule] for rule in guide.out_of_scope_when]
    return Situation.of(signs.values(), scope)


def _moved(guide: Guide, before: Situation, after: Situation) -> Iterator[GuideOption]:
    """Yield the options that a sign or the scope decides otherwise than before."""
    if before is after:
        return
    if before.stopping != after.stopping or _closes(before) != _closes(after):
        yield from guide.options
    else:
        changed = {*before.found.matched} ^ {*after.found.matched}
        held = {slug for sign in changed for slug in sign.sign.holds}
        yield from (option for option in guide.options if option.slug in held)


def _closes(situation: Situation) -> list[Ruling]:
    """Return what puts a person out of the topic's scope."""
    return [one for one in situation.scope if one.verdict is Verdict.MATCH]


def _rules_asked(guide: Guide, before: Judged, answers: Answers) -> set[GuideRule]:
    """Return the rules that ask for a fact which is read otherwise than before."""
    return {
        rule
        for fact in changed_facts(before.answers, answers)
        for rule in guide.rules_asking.get(fact, ())
    }


def _changed_rulings(
    before: Judged, answers: Answers, asked: Iterable[GuideRule]
) -> dict[GuideRule, Ruling]:
    rulings = {rule: rule_on(rule, answers) for rule in asked}
    return {
        rule: ruling
        for rule, ruling in rulings.items()
        if ruling != before.rulings[rule]
    }


def changed_facts(before: Answers, after: Answers) -> set[str]:
    """Return the facts that two sets of answers read differently."""
    return {
        *(finding_fact(one) for one in _differing(before.findings, after.findings)),
        *(path_fact(one) for one in _differing(before.values, after.values)),
        *(tried_fact(one) for one in _differing(before.tried, after.tried)),
        *(
            qualifier_fact(finding, qualifier)
            for finding in _differing(before.qualifiers, after.qualifiers)
            for qualifier in _differing(
                before.qualifiers.get(finding, {}), after.qualifiers.get(finding, {})
            )
        ),
    }


def _differing(
    before: Mapping[str, object], after: Mapping[str, object]
) -> Iterator[str]:
    for name in before.keys() | after.keys():
        if before.get(name) != after.get(name):
            yield name
