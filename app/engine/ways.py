"""The ways to settle a condition: which answers to open facts would decide it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.engine.answers import ABSENT, PRESENT, UNSURE, Answers, is_unsure
from app.engine.choices import Choices
from app.engine.facts import (
    FINDING,
    facts_of,
    finding_fact,
    finding_of,
    path_fact,
    qualifier_fact,
    tried_fact,
)
from app.engine.implications import list_touched
from app.engine.rules import GuideRule
from app.engine.verdicts import Verdict, judge, passes
from app.library.conditions import (
    AllOf,
    Always,
    AnyOf,
    Compare,
    Condition,
    Has,
    Is,
    Not,
    OneOf,
    Test,
    Tried,
    Value,
)
from app.library.vocabulary import Vocabulary
from app.profile_words import TriedOutcome

WAYS_MAX = 32
"""More ways than this to settle one condition are not looked at."""

NOT_TRIED = TriedOutcome.NOT_TRIED.value

Way = Mapping[str, frozenset[Value]]
"""What must be answered, and which answers would do."""

AS_IT_IS: Way = {}


def both(one: Way, other: Way) -> Way | None:
    """Return the way that is both, or none if they want different answers."""
    if not one or not other:
        return one or other
    merged = {**one, **other}
    for fact in one.keys() & other.keys():
        merged[fact] = one[fact] & other[fact]
        if not merged[fact]:
            return None
    return merged


@dataclass(frozen=True, slots=True)
class Ways:
    """Looks for ways beyond what is answered; "not sure" is not asked again.

    What implies an answer is a way to it, too: that there is no leg weakness says
    that there is no foot drop, and an age that there is no pregnancy.
    """

    answers: Answers
    choices: Choices
    vocabulary: Vocabulary

    def to_close(self, rule: GuideRule) -> list[Way]:
        """Return the ways in which a guard that might match would not."""
        called_off = self.to(rule.unless, Verdict.MATCH) if rule.unless else []
        return [*self.to(rule.when, Verdict.NO_MATCH), *called_off]

    def to_offer(self, rule: GuideRule) -> list[Way]:
        """Return the ways in which an offer would match."""
        fitting = self.to(rule.when, Verdict.MATCH)
        if rule.unless is None:
            return fitting
        return _cross(fitting, self.to(rule.unless, Verdict.NO_MATCH))

    def to(self, condition: Condition, wanted: Verdict) -> list[Way]:
        """Return the ways in which a condition would come to a verdict."""
        verdict = judge(condition, self.answers).verdict
        if isinstance(condition, Always | Is) or verdict is not Verdict.UNKNOWN:
            return [AS_IT_IS] if verdict is wanted else []
        match condition:
            case AllOf(parts) | AnyOf(parts):
                is_all = isinstance(condition, AllOf)
                every = is_all is (wanted is Verdict.MATCH)
                return self._to_parts(parts, wanted, every=every)
            case Not(part):
                return self.to(part, Verdict(Verdict.MATCH - wanted))
            case Has():
                return self._to_has(condition, wanted)
            case Tried():
                return self._to_tried(condition, wanted)
            case Compare(path, test):
                return self._to_pass(path_fact(path), test, wanted)

    def _to_parts(
        self, parts: Iterable[Condition], wanted: Verdict, *, every: bool
    ) -> list[Way]:
        found = [self.to(part, wanted) for part in parts]
        if not every:
            return [way for ways in found for way in ways][:WAYS_MAX]
        ways: list[Way] = [AS_IT_IS]
        for more in found:
            ways = _cross(ways, more)
        return ways

    def _to_has(self, has: Has, wanted: Verdict) -> list[Way]:
        is_present = self.answers.get(finding_fact(has.finding)) == PRESENT
        present = [AS_IT_IS] if is_present else self._to_presence(has.finding)
        qualified = [
            self._to_pass(fact, test, wanted)
            for name, test in has.qualifiers.items()
            if self._is_open(fact := qualifier_fact(has.finding, name))
        ]
        if wanted is Verdict.NO_MATCH:
            recent = [way for ways in qualified for way in _cross(present, ways)]
            return [*self._to_absence(has.finding), *recent]
        for more in qualified:
            present = _cross(present, more)
        return present

    def _is_open(self, fact: str) -> bool:
        return is_unsure(self.answers.get(fact, UNSURE))

    def _to_presence(self, finding: str) -> list[Way]:
        narrower = sorted(self.vocabulary.implying[finding] - {finding})
        return self._tell((finding, *narrower), PRESENT)

    def _to_absence(self, finding: str) -> list[Way]:
        if finding_fact(finding) in self.answers:
            return []
        implied = (finding, *sorted(self.vocabulary.implied[finding] - {finding}))
        ways = self._tell(implied, ABSENT)
        for one in implied:
            if possible := self.vocabulary.possible_when.get(one):
                ways += self.to(possible, Verdict.NO_MATCH)
        return ways

    def _tell(self, findings: Iterable[str], answer: str) -> list[Way]:
        return [
            {fact: frozenset((answer,))}
            for fact in map(finding_fact, findings)
            if fact not in self.answers
        ]

    def _to_tried(self, tried: Tried, wanted: Verdict) -> list[Way]:
        """Return the answers about a treatment, or about its parts and its whole."""
        own = tried_fact(tried.treatment)
        test = OneOf(tried.outcomes)
        ways = self._to_pass(own, test, wanted)
        if wanted is Verdict.MATCH:
            told = OneOf(tried.outcomes - {NOT_TRIED})
            for part in self.vocabulary.parts[tried.treatment]:
                ways += self._to_pass(tried_fact(part), told, wanted)
        is_open = own not in self.answers
        if is_open and passes(NOT_TRIED, test) is (wanted is Verdict.MATCH):
            none = OneOf(frozenset((NOT_TRIED,)))
            for whole in self.vocabulary.ancestors[tried.treatment]:
                ways += self._to_pass(tried_fact(whole), none, Verdict.MATCH)
        return ways

    def _to_pass(self, fact: str, test: Test, wanted: Verdict) -> list[Way]:
        if is_unsure(self.answers.get(fact)):
            return []
        allowed = frozenset(
            choice
            for choice in self.choices.get(fact, ())
            if passes(choice, test) is (wanted is Verdict.MATCH)
        )
        return [{fact: allowed}] if allowed else []


def list_facts_near(rule: GuideRule, vocabulary: Vocabulary) -> frozenset[str]:
    """Return every fact that the ways to settle a rule hang on."""
    touched = rule.facts.union(*(list_touched(one, vocabulary) for one in rule.facts))
    findings = {finding_of(one) for one in touched if one.startswith(FINDING)}
    possible = vocabulary.possible_when
    return touched.union(
        *(facts_of(possible[one]) for one in findings if one in possible)
    )


def _cross(ways: Iterable[Way], more: Iterable[Way]) -> list[Way]:
    merged = (both(one, other) for one in ways for other in more)
    return [way for way in merged if way is not None][:WAYS_MAX]
