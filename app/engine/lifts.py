"""What would change an option: the fewest answers that lift it highest."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain
from typing import Any

from app.engine.answers import NOTHING_SAID, Answers
from app.engine.choices import add, choices_of, say
from app.engine.facts import finding_of, is_qualifier
from app.engine.guide import GUIDES_KEPT, Guide, GuideOption
from app.engine.judging import Judged, Trial, changed_facts, judge_start, try_answers
from app.engine.options import JudgedOption
from app.engine.read_profile import read_profile
from app.engine.recommendation import WouldChange
from app.engine.rules import GuideRule, Ruling
from app.engine.verdicts import Verdict
from app.engine.ways import AS_IT_IS, Way, Ways, both
from app.fields import Standing
from app.library.canonical import canonical_json
from app.library.conditions import Value
from app.library.profile import PatientProfile
from app.library.profile_fields import PROFILE_FIELDS

SCREENS_MAX = 3
"""At most so many questions are proposed (design §5)."""

TRIES_MAX = 32
"""So many answers are tried before an option counts as one that nothing lifts."""

FIELDS = frozenset(path.partition(".")[0] for path in PROFILE_FIELDS)

Said = Mapping[str, Value]


def find_lifts(
    guide: Guide, profile: PatientProfile, judged: Judged
) -> dict[str, WouldChange | None]:
    """Return by option what would lift it, verified, or none if nothing would."""
    if judged.situation.stopping:
        return dict.fromkeys(judged.options)
    start = _start(guide)
    lifting = Lifting(guide, profile, judged, _ways(guide, judged))
    return {
        slug: known.lift
        if (known := start.get(slug)) and known.holds_for(option, judged)
        else lifting.find(option)[0]
        for slug, option in judged.options.items()
    }


@dataclass(frozen=True, slots=True)
class _Known:
    """What would lift an option when nothing is said.

    `rules` are those of signs and of the scope that its answers are asked by; `is_free`
    says that none of them stood in the way of any answer.
    """

    option: JudgedOption
    lift: WouldChange | None
    rules: frozenset[GuideRule]
    is_free: bool

    def holds_for(self, option: JudgedOption, judged: Judged) -> bool:
        """Say whether it is the same after what was said."""
        is_same = option is self.option and self.is_free
        is_apart = self.rules.isdisjoint(judged.asked)
        return is_same and is_apart and self._fits(judged.answers)

    def _fits(self, answers: Answers) -> bool:
        """Say whether its answers are open, and contradict nothing that was said."""
        said = self.lift.answers.keys() if self.lift else set()
        is_sure = answers.unsure.isdisjoint(self.option.missing)
        is_free_of_tried = "tried" not in said or not answers.tried
        is_free_of_fields = said.isdisjoint(FIELDS) or not answers.values
        return is_sure and is_free_of_tried and is_free_of_fields


@lru_cache(maxsize=GUIDES_KEPT)
def _start(guide: Guide) -> Mapping[str, _Known]:
    judged = judge_start(guide)
    profile = PatientProfile()
    lifting = Lifting(guide, profile, judged, _ways(guide, judged))
    known = {}
    for slug, option in judged.options.items():
        lift, is_free = lifting.find(option)
        known[slug] = _Known(option, lift, _rules_asking(guide, lift), is_free)
    return known


def _rules_asking(guide: Guide, lift: WouldChange | None) -> frozenset[GuideRule]:
    if lift is None:
        return frozenset()
    answers, _ = read_profile(add(PatientProfile(), lift.answers), guide.vocabulary)
    asked = (
        guide.rules_asking.get(fact, ())
        for fact in changed_facts(NOTHING_SAID, answers)
    )
    return guide.rules_for_all.intersection(chain.from_iterable(asked))


@dataclass(frozen=True, slots=True)
class Lifting:
    """Looks for lifts in what the rules of a guide say of one person."""

    guide: Guide
    profile: PatientProfile
    judged: Judged
    ways: Ways
    tried: dict[str, Trial] = field(default_factory=dict)

    def find(self, judged: JudgedOption) -> tuple[WouldChange | None, bool]:
        """Return what would lift the option, and whether the first try did."""
        is_free = True
        if judged.standing is Standing.RECOMMENDED or not judged.missing:
            return None, is_free
        for target in self._targets(judged):
            for answers in self._tries(judged, target):
                said = say(answers)
                if self._stands(judged.option, said) is target:
                    return WouldChange(answers=said, standing=target), is_free
                is_free = False
        return None, is_free

    def _stands(self, option: GuideOption, said: Mapping[str, Any]) -> Standing:
        """Run the engine again with more said; what was tried once is remembered."""
        key = canonical_json(said)
        if key not in self.tried:
            answers, _ = read_profile(add(self.profile, said), self.guide.vocabulary)
            self.tried[key] = try_answers(self.guide, self.judged, answers)
        return self.tried[key].stand(option)

    def _targets(self, judged: JudgedOption) -> list[Standing]:
        if judged.standing is Standing.CONSIDER:
            return [Standing.RECOMMENDED]
        return [Standing.RECOMMENDED, Standing.CONSIDER]

    def _tries(self, judged: JudgedOption, target: Standing) -> Iterator[Said]:
        """Yield answers that should do, the fewest questions first."""
        needs = self._needs(judged, target)
        forced = {fact for ways in needs if len(ways) == 1 for fact in ways[0]}
        if not all(needs) or self._count(forced) > SCREENS_MAX:
            return
        needs.sort(key=len)
        tried = 0
        for limit in range(1, SCREENS_MAX + 1):
            for way in self._combine(needs, AS_IT_IS, limit):
                if self._count(way) == limit:
                    for answers in self._pick(way):
                        if (tried := tried + 1) > TRIES_MAX:
                            return
                        yield answers

    def _needs(self, judged: JudgedOption, target: Standing) -> list[list[Way]]:
        """Return what must be settled for a standing, each with the ways to do so."""
        rulings, option = self.judged.rulings, judged.option
        guards = [rulings[rule] for rule in (*option.avoid_when, *option.not_now_when)]
        if target is Standing.RECOMMENDED:
            cautions = [rulings[one] for one in option.caution_when if one.ask_first]
            closing = [one for one in guards if one.verdict is not Verdict.NO_MATCH]
            closing += _matching(cautions)
        else:
            closing = _matching(guards)
        closing += _matching(self.judged.situation.scope)
        asked = frozenset(judged.missing)
        needs = [self._to_close(ruling) for ruling in closing]
        needs.append(self._to_offer(option, target))
        return [[way for way in ways if asked.issuperset(way)] for ways in needs]

    def _to_offer(self, option: GuideOption, target: Standing) -> list[Way]:
        offers = [*option.recommend_when]
        if target is Standing.RECOMMENDED:
            found = [self.ways.to_offer(rule) for rule in offers]
        else:
            found = [self.ways.to_offer(rule) for rule in option.consider_when]
            found += [
                self.ways.to(rule.when, Verdict.MATCH)
                for rule in offers
                if self.judged.rulings[rule].verdict is not Verdict.NO_MATCH
            ]
        return [way for ways in found for way in ways]

    def _to_close(self, ruling: Ruling) -> Sequence[Way]:
        rule = ruling.rule
        is_open = rule.facts.isdisjoint(self.judged.answers.unsure)
        if is_open and rule not in self.judged.asked:
            return _ways_at_start(self.guide)[rule]
        return self.ways.to_close(ruling)

    def _combine(
        self, needs: Sequence[Sequence[Way]], way: Way, limit: int
    ) -> Iterator[Way]:
        """Yield the ways that meet every need with at most so many questions."""
        if not needs:
            yield way
            return
        for more in needs[0]:
            merged = both(way, more)
            if merged is not None and self._count(merged) <= limit:
                yield from self._combine(needs[1:], merged, limit)

    def _count(self, facts: Iterable[str]) -> int:
        return len({self._question(fact) for fact in facts})

    def _question(self, fact: str) -> str:
        if is_qualifier(fact):
            return f"about-{finding_of(fact)}"
        return self.guide.screen_of[fact].slug

    def _pick(self, way: Way) -> Iterator[Said]:
        """Yield the plainest answers that would do, then others, one in each place."""
        fitting = {
            fact: [one for one in self.ways.choices[fact] if one in allowed]
            for fact, allowed in way.items()
        }
        plainest = {fact: values[0] for fact, values in fitting.items()}
        yield plainest
        for fact, values in fitting.items():
            for value in values[1:]:
                yield {**plainest, fact: value}


@lru_cache(maxsize=GUIDES_KEPT)
def _ways_at_start(guide: Guide) -> Mapping[GuideRule, Sequence[Way]]:
    """Return the ways to close every guard when nothing is said."""
    judged = judge_start(guide)
    ways = _ways(guide, judged)
    return {rule: ways.to_close(ruling) for rule, ruling in judged.rulings.items()}


def _ways(guide: Guide, judged: Judged) -> Ways:
    return Ways(judged.answers, choices_of(guide), guide.vocabulary)


def _matching(rulings: Iterable[Ruling]) -> list[Ruling]:
    return [one for one in rulings if one.verdict is Verdict.MATCH]
