"""The laws of design §3 and of safety, each as a check of a guide and answers."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from app.engine.answers import NOTHING_SAID, UNSURE, Answers, TriedAnswer, is_unsure
from app.engine.facts import (
    finding_fact,
    finding_of,
    is_qualifier,
    path_fact,
    qualifier_fact,
    tried_fact,
)
from app.engine.guide import Guide, GuideOption, GuideSign
from app.engine.judging import judge_answers
from app.engine.questions import ask_next
from app.engine.read_profile import read_profile
from app.engine.recommend import recommend
from app.engine.recommendation import Question, Recommendation
from app.engine.rules import GuideRule, rule_on
from app.engine.triage import Triage, rank
from app.engine.verdicts import Verdict, judge
from app.fields import Standing, Urgency
from app.library.conditions import Compare, Condition, Has, Tried, walk
from tests.engine.strategies import Said, to_profile

STOPPING = (Urgency.EMERGENCY, Urgency.URGENT)


@dataclass(frozen=True)
class Told:
    """What a person told about a guide, how it was read, and the advice."""

    guide: Guide
    said: Said

    @cached_property
    def answers(self) -> Answers:
        return read_profile(to_profile(self.said), self.guide.vocabulary)[0]

    @cached_property
    def found(self) -> Triage:
        return judge_answers(self.guide, self.answers).found

    @cached_property
    def advice(self) -> Recommendation:
        return recommend(self.guide, to_profile(self.said))

    @cached_property
    def standings(self) -> dict[str, Standing]:
        return {option.slug: option.standing for option in self.advice.options}


def conditions_stay(shorter: Told, fuller: Told) -> None:
    """Law 1: a match or a no match stays under refinement, in both readings."""
    before, after = shorter.answers, fuller.answers
    for condition in _conditions(shorter.guide.rules):
        for reading in (False, True):
            first = judge(condition, before, unsure_is_present=reading).verdict
            then = judge(condition, after, unsure_is_present=reading).verdict

            assert first in (Verdict.UNKNOWN, then), condition


def _conditions(rules: Iterable[GuideRule]) -> list[Condition]:
    both = [condition for rule in rules for condition in (rule.when, rule.unless)]
    return [condition for condition in both if condition is not None]


def signs_stay(shorter: Told, fuller: Told) -> None:
    """Law 2: a sign stays unless what may call it off is answered by now."""
    before, after = shorter.answers, fuller.answers
    answered = _facts_newly_read(before, after)
    found, found_later = shorter.found, fuller.found
    staying = {one.sign.entry.slug for one in found_later.matched}
    called_off = {
        one.sign.entry.slug
        for one in found.matched
        if answered & _facts_of_unless(one.sign)
    }

    assert {one.sign.entry.slug for one in found.matched} <= staying | called_off
    assert called_off or rank(found_later.level) <= rank(found.level)


def _facts_of_unless(sign: GuideSign) -> set[str]:
    conditions = [rule.unless for rule in sign.rules if rule.unless is not None]
    return {fact for condition in conditions for fact in _named(condition)}


def _named(condition: Condition) -> Iterable[str]:
    for _, node in walk(condition):
        match node:
            case Has(finding):
                yield finding_fact(finding)
                yield qualifier_fact(finding, "since_days")
                yield qualifier_fact(finding, "trend")
            case Tried(treatment):
                yield tried_fact(treatment)
            case Compare(path):
                yield path_fact(path)
            case _:
                continue


def _facts_newly_read(before: Answers, after: Answers) -> set[str]:
    return {fact for fact, answer in after.items() if before.get(fact) != answer}


def recommended_stays(shorter: Told, fuller: Told) -> None:
    """Law 3: recommended stays until a sign, a scope rule or a guard matches."""
    for option in shorter.guide.options:
        if shorter.standings[option.slug] is Standing.RECOMMENDED:
            standing = fuller.standings[option.slug]

            assert standing is Standing.RECOMMENDED or _is_stopped(fuller, option)


def _is_stopped(told: Told, option: GuideOption) -> bool:
    found = told.found
    slugs = {one.slug for one in option.lineage}
    holds = [hold for one in found.matched for hold in one.sign.entry.holds]
    is_held = any(
        hold.treatment in slugs or hold.category is option.treatment.category
        for hold in holds
    )
    asked_first = [rule for rule in option.caution_when if rule.ask_first]
    guards = (*option.avoid_when, *option.not_now_when, *asked_first)
    rules = (*guards, *told.guide.out_of_scope_when)
    return found.level in STOPPING or is_held or _any_match(rules, told.answers)


def _any_match(rules: Iterable[GuideRule], answers: Answers) -> bool:
    return any(rule_on(rule, answers).verdict is Verdict.MATCH for rule in rules)


def unknown_names_what_is_open(told: Told) -> None:
    """Law 4: unknown always names a fact that is unanswered or not sure."""
    for rule in told.guide.rules:
        ruling = rule_on(rule, told.answers)
        open_facts = [fact for fact in ruling.missing if _is_open(fact, told.answers)]

        assert open_facts or ruling.verdict is not Verdict.UNKNOWN, rule.id
        assert len(open_facts) == len(ruling.missing), rule.id


def _is_open(fact: str, answers: Answers) -> bool:
    answer = answers.get(fact, UNSURE)
    if isinstance(answer, TriedAnswer):
        return not answer.closed or UNSURE in answer.outcomes
    return is_unsure(answer)


def complete_leaves_nothing_unknown(told: Told) -> None:
    """Law 5: where all is answered and nothing unsure, nothing is left to ask."""
    rulings = [rule_on(rule, told.answers) for rule in told.guide.rules]

    assert [one for one in rulings if one.verdict is Verdict.UNKNOWN] == []
    assert told.advice.urgency.screening.complete
    assert told.advice.ask_next == ()
    assert [option.missing for option in told.advice.options if option.missing] == []


def every_option_stands_once(told: Told) -> None:
    slugs = [option.slug for option in told.advice.options]

    assert sorted(slugs) == [option.slug for option in told.guide.options]


def a_pressing_sign_stops_every_option(told: Told) -> None:
    if told.advice.urgency.level in STOPPING:
        assert {option.standing for option in told.advice.options} == {Standing.NOT_NOW}
        assert told.advice.plan == ()


def avoid_wins(told: Told) -> None:
    """An `avoid_when` that matches wins over all but a pressing sign."""
    for option in told.guide.options:
        is_avoided = _any_match(option.avoid_when, told.answers)
        standing = told.standings[option.slug]

        if told.advice.urgency.level not in STOPPING:
            assert (standing is Standing.AVOID) is is_avoided, option.slug


def unknown_never_recommends(told: Told) -> None:
    """A contraindication that is open, or an offer that is, recommends nothing."""
    for option in told.guide.options:
        if told.standings[option.slug] is Standing.RECOMMENDED:
            guards = (*option.avoid_when, *option.not_now_when)
            verdicts = {rule_on(rule, told.answers).verdict for rule in guards}

            assert verdicts <= {Verdict.NO_MATCH}, option.slug
            assert _any_match(option.recommend_when, told.answers), option.slug


def unknown_never_reassures(told: Told) -> None:
    urgency = told.advice.urgency
    headline = urgency.headline.lower()

    assert rank(urgency.could_be) <= rank(urgency.level)
    assert urgency.screening.complete or "no warning signs" not in headline
    assert urgency.screening.complete or "routine" not in headline
    assert rank(urgency.could_be) == rank(urgency.level) or "not ruled out" in headline


def asking_comes_to_an_end(full: Told) -> None:
    """Law 7: answering the first question again and again ends, and as `full` does."""
    guide = full.guide
    said: Said = {}
    judged = judge_answers(guide, NOTHING_SAID)
    while questions := ask_next(guide, judged):
        answered = _answer(questions[0], said, full.said)

        assert len(answered) > len(said), questions[0]
        said = answered
        answers, _ = read_profile(to_profile(said), guide.vocabulary)
        judged = judge_answers(guide, answers)

    told = Told(guide, said)
    assert told.advice.ask_next == ()
    assert rank(told.advice.urgency.level) <= rank(full.advice.urgency.level)
    if told.advice.urgency.level not in STOPPING:
        assert told.advice.urgency.level is full.advice.urgency.level
        assert told.standings == full.standings


def _answer(question: Question, said: Said, full: Said) -> Said:
    # To tell since when, one also tells of what is only implied so far.
    asks = question.asks
    owners = [finding_fact(finding_of(fact)) for fact in asks if is_qualifier(fact)]
    return {**said, **{fact: full[fact] for fact in (*owners, *asks)}}


OF_REFINEMENT = (conditions_stay, signs_stay, recommended_stays)
OF_EVERY_PROFILE = (
    unknown_names_what_is_open,
    every_option_stands_once,
    a_pressing_sign_stops_every_option,
    avoid_wins,
    unknown_never_recommends,
    unknown_never_reassures,
)
