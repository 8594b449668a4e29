"""What would change an option: the fewest answers that lift it highest."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from app.engine.answers import Answers
from app.engine.choices import choices_of, say
from app.engine.editions import of_one_edition
from app.engine.guide import KEPT, Guide
from app.engine.implications import answer_more, fit
from app.engine.nearness import Near
from app.engine.options import JudgedOption, find_standing
from app.engine.recommendation import WouldChange
from app.engine.rules import GuideRule, Ruling, matched, rule_on
from app.engine.verdicts import Verdict
from app.engine.ways import AS_IT_IS, Way, Ways, both, list_facts_near
from app.fields import Standing
from app.library.conditions import Value
from app.library.rule_lists import Role

SCREENS_MAX = 3
"""At most so many questions are proposed (design §5)."""

TRIES_MAX = 32
"""So many answers are tried before an option counts as one that nothing lifts."""

Said = Mapping[str, Value]
_Find = Callable[[Guide, GuideRule, Near], list[Way]]


@of_one_edition
@lru_cache(maxsize=KEPT)
def find_lift(guide: Guide, judged: JudgedOption) -> WouldChange | None:
    """Return what would lift an option, verified, or none if nothing would."""
    if judged.standing is Standing.RECOMMENDED or not judged.missing:
        return None
    return _Lifting(guide, judged).find()


@of_one_edition
@lru_cache(maxsize=KEPT)
def _facts_near(guide: Guide, rule: GuideRule) -> frozenset[str]:
    return list_facts_near(rule, guide.vocabulary)


@of_one_edition
@lru_cache(maxsize=KEPT)
def _close(guide: Guide, rule: GuideRule, near: Near) -> list[Way]:
    return _ways(guide, near).to_close(rule)


@of_one_edition
@lru_cache(maxsize=KEPT)
def _offer(guide: Guide, rule: GuideRule, near: Near) -> list[Way]:
    return _ways(guide, near).to_offer(rule)


@of_one_edition
@lru_cache(maxsize=KEPT)
def _fit(guide: Guide, rule: GuideRule, near: Near) -> list[Way]:
    return _ways(guide, near).to(rule.when, Verdict.MATCH)


def _ways(guide: Guide, near: Near) -> Ways:
    return Ways(dict(near), choices_of(guide), guide.vocabulary)


@dataclass(frozen=True, slots=True)
class _Lifting:
    """Looks for lifts of one option beyond what is answered."""

    guide: Guide
    judged: JudgedOption

    def find(self) -> WouldChange | None:
        for target in self._targets():
            for said in self._tries(target):
                if self._reaches(target, said):
                    return WouldChange(answers=say(said), standing=target)
        return None

    def _reaches(self, target: Standing, said: Said) -> bool:
        """Judge the option again with more said."""
        if not fit(self.judged.answers, said):
            return False
        more = answer_more(self.judged.answers, said, self.guide.vocabulary)
        if self._is_stopped(more):
            return False
        return find_standing(self.judged.option, more) is target

    def _is_stopped(self, answers: Answers) -> bool:
        """Say whether it waits by what was said before, or by what is said now."""
        stoppers = self.judged.option.stoppers
        told = [
            fact
            for fact, one in answers.items()
            if self.judged.answers.get(fact) != one
        ]
        again = {rule for fact in told for rule in stoppers.get(fact, ())}
        return any(one.rule not in again for one in self.judged.waiting) or any(
            rule_on(rule, answers).verdict is Verdict.MATCH for rule in again
        )

    def _targets(self) -> list[Standing]:
        if self.judged.standing is Standing.CONSIDER:
            return [Standing.RECOMMENDED]
        return [Standing.RECOMMENDED, Standing.CONSIDER]

    def _tries(self, target: Standing) -> Iterator[Said]:
        """Yield answers that should do, the fewest questions first."""
        needs: list[list[Way]] = []
        forced: set[str] = set()
        for ways in self._needs(target):
            forced.update(*ways if len(ways) == 1 else ())
            if not ways or self._count(forced) > SCREENS_MAX:
                return
            needs.append(ways)
        needs.sort(key=len)
        tried = 0
        for limit in range(1, SCREENS_MAX + 1):
            for way in self._combine(needs, AS_IT_IS, limit):
                if self._count(way) == limit:
                    for answers in self._pick(way):
                        if (tried := tried + 1) > TRIES_MAX:
                            return
                        yield answers

    def _needs(self, target: Standing) -> Iterator[list[Way]]:
        """Yield what must be settled for a standing, each with the ways to do so."""
        option = self.judged.option
        guards = self._rule_on((*option.avoid_when, *option.not_now_when))
        if target is Standing.RECOMMENDED:
            cautions = [one for one in option.caution_when if one.ask_first]
            closing = [one for one in guards if one.verdict is not Verdict.NO_MATCH]
            closing += matched(self._rule_on(cautions))
        else:
            closing = matched(guards)
        closing += [one for one in self.judged.waiting if one.rule.role is Role.GUARD]
        asked = frozenset(self.judged.missing)
        for ways in chain(
            (self._to(_close, ruling.rule) for ruling in closing),
            [self._to_offer(target)],
        ):
            yield [way for way in ways if asked.issuperset(way)]

    def _rule_on(self, rules: Iterable[GuideRule]) -> list[Ruling]:
        return [rule_on(rule, self.judged.answers) for rule in rules]

    def _to(self, find: _Find, rule: GuideRule) -> list[Way]:
        """Return the ways for a rule by the answers near it, which many others gave."""
        answers, facts = self.judged.answers, _facts_near(self.guide, rule)
        if facts.isdisjoint(answers):
            return find(self.guide, rule, ())
        near = tuple(one for one in answers.items() if one[0] in facts)
        return find(self.guide, rule, near)

    def _to_offer(self, target: Standing) -> list[Way]:
        option = self.judged.option
        if target is Standing.RECOMMENDED:
            found = [self._to(_offer, rule) for rule in option.recommend_when]
        else:
            found = [self._to(_offer, rule) for rule in option.consider_when]
            found += [
                self._to(_fit, ruling.rule)
                for ruling in self._rule_on(option.recommend_when)
                if ruling.verdict is not Verdict.NO_MATCH
            ]
        return [way for ways in found for way in ways]

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
        return len({self.guide.screen_of[fact] for fact in facts})

    def _pick(self, way: Way) -> Iterator[Said]:
        """Yield the plainest answers that would do, then others, one in each place."""
        fitting = {
            fact: [one for one in choices_of(self.guide)[fact] if one in allowed]
            for fact, allowed in way.items()
        }
        plainest = {fact: values[0] for fact, values in fitting.items()}
        yield plainest
        for fact, values in fitting.items():
            for value in values[1:]:
                yield {**plainest, fact: value}
