"""The ways to settle a condition: which answers to open facts would decide it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.engine.answers import Answers, Presence
from app.engine.choices import ABSENT, PRESENT, Choices
from app.engine.facts import finding_fact, path_fact, qualifier_fact, tried_fact
from app.engine.rules import GuideRule, Ruling
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

WAYS_MAX = 32
"""More ways than this to settle one condition are not looked at."""

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
    """Looks for ways beyond what is answered; "not sure" is not asked again."""

    answers: Answers
    choices: Choices

    def to_close(self, ruling: Ruling) -> list[Way]:
        """Return the ways in which a guard would not match."""
        if ruling.verdict is Verdict.NO_MATCH:
            return [AS_IT_IS]
        rule = ruling.rule
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
        if verdict is not Verdict.UNKNOWN:
            return [AS_IT_IS] if verdict is wanted else []
        match condition:
            case AllOf(parts) | AnyOf(parts):
                is_all = isinstance(condition, AllOf)
                every = is_all is (wanted is Verdict.MATCH)
                return self._to_parts(parts, wanted, every=every)
            case Not(part):
                return self.to(part, Verdict(Verdict.MATCH - wanted))
            case Always() | Has() | Tried() | Is() | Compare():
                return self._to_leaf(condition, wanted)

    def _to_leaf(
        self, leaf: Always | Has | Tried | Is | Compare, wanted: Verdict
    ) -> list[Way]:
        match leaf:
            case Has():
                return self._to_has(leaf, wanted)
            case Tried(treatment, outcomes):
                return self._to_pass(tried_fact(treatment), OneOf(outcomes), wanted)
            case Compare(path, test):
                return self._to_pass(path_fact(path), test, wanted)
            case Always() | Is():
                return []

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
        fact = finding_fact(has.finding)
        if fact in self.answers.unsure:
            return []
        is_present = self.answers.findings.get(has.finding) is Presence.PRESENT
        present = AS_IT_IS if is_present else {fact: frozenset((PRESENT,))}
        absent = [] if is_present else [{fact: frozenset((ABSENT,))}]
        given = self.answers.qualifiers.get(has.finding, {})
        qualified = [
            self._to_pass(qualifier_fact(has.finding, name), test, wanted)
            for name, test in has.qualifiers.items()
            if name not in given
        ]
        if wanted is Verdict.NO_MATCH:
            recent = [way for ways in qualified for way in _cross([present], ways)]
            return [*absent, *recent]
        ways: list[Way] = [present]
        for more in qualified:
            ways = _cross(ways, more)
        return ways

    def _to_pass(self, fact: str, test: Test, wanted: Verdict) -> list[Way]:
        if fact in self.answers.unsure:
            return []
        allowed = frozenset(
            choice
            for choice in self.choices[fact]
            if passes(choice, test) is (wanted is Verdict.MATCH)
        )
        return [{fact: allowed}] if allowed else []


def _cross(ways: Iterable[Way], more: Iterable[Way]) -> list[Way]:
    merged = (both(one, other) for one in ways for other in more)
    return [way for way in merged if way is not None][:WAYS_MAX]
