"""What would change an option, as a client uses it, and found by trying everything."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations, product
from math import prod
from typing import Any

from app.engine.answers import is_unsure
from app.engine.choices import choices_of, say
from app.engine.facts import (
    finding_fact,
    path_fact,
    qualifier_fact,
    tried_fact,
)
from app.engine.gist import summarise
from app.engine.guide import Guide
from app.engine.read_profile import read_profile
from app.engine.recommendation import Option
from app.fields import Standing
from app.library.canonical import canonical_json
from app.library.conditions import Value
from app.library.profile import PatientProfile
from tests.factories import make_profile

SCREENS_MAX = 3
TRIES_MAX = 3000
"""Where there is more to try than this, an option is left out."""

Answered = Mapping[str, Value]


def merge(profile: PatientProfile, answers: Mapping[str, Any]) -> PatientProfile:
    """Say more, as a client would: lists are appended, objects are merged."""
    raw = profile.model_dump(mode="json", exclude_none=True)
    for name, value in answers.items():
        match value:
            case list():
                raw[name] = [*raw.get(name, []), *value]
            case dict():
                raw[name] = {**raw.get(name, {}), **value}
            case _:
                raw[name] = value
    return make_profile(**raw)


def facts_in(answers: Mapping[str, Any]) -> set[str]:
    """Return what is answered; a finding with qualifiers answers only those."""
    return set(_facts_in(answers))


def _facts_in(answers: Mapping[str, Any]) -> Iterator[str]:
    for name, value in answers.items():
        match name:
            case "has":
                for one in value:
                    yield from _facts_of_report(one)
            case "has_not":
                yield from map(finding_fact, value)
            case "tried":
                yield from map(tried_fact, value)
            case "age" | "sex":
                yield path_fact(name)
            case _:
                yield from (path_fact(f"{name}.{one}") for one in value)


def _facts_of_report(reported: str | Mapping[str, Any]) -> Iterator[str]:
    match reported:
        case str():
            yield finding_fact(reported)
        case _:
            finding = reported["finding"]
            told = reported.keys() - {"finding"}
            yield from (qualifier_fact(finding, one) for one in told)


def higher(standing: Standing) -> tuple[Standing, ...]:
    """Return what an option can be lifted to, the highest first."""
    match standing:
        case Standing.RECOMMENDED:
            return ()
        case Standing.CONSIDER:
            return (Standing.RECOMMENDED,)
        case Standing.NOT_NOW | Standing.AVOID:
            return (Standing.RECOMMENDED, Standing.CONSIDER)


def count_screens(guide: Guide, facts: Iterable[str]) -> int:
    return len({_screen(guide, fact) for fact in facts})


def _screen(guide: Guide, fact: str) -> str:
    return guide.screen_of[fact].slug


class Trials:
    """Tries all answers to what an option misses; what was tried is remembered."""

    def __init__(self, guide: Guide, profile: PatientProfile) -> None:
        self.guide = guide
        self.profile = profile
        self.answers, self.notes = read_profile(profile, guide.vocabulary)
        self.tried: dict[str, Mapping[str, Standing]] = {}

    def best(self, option: Option) -> tuple[Standing, int] | None:
        """Return how high an option can be lifted, and by how many screens.

        That is where it stands and 0 if nothing lifts it; none if it is too much to
        try.
        """
        by_screen = self._answers_by_screen(option)
        tries = [
            screens
            for count in range(1, SCREENS_MAX + 1)
            for screens in combinations(by_screen, count)
        ]
        if sum(_count_tries(by_screen, screens) for screens in tries) > TRIES_MAX:
            return None
        for target in higher(option.standing):
            for screens in tries:
                told = product(*(by_screen[one] for one in screens))
                if any(self._stand(option, said) is target for said in told):
                    return target, len(screens)
        return option.standing, 0

    def _answers_by_screen(self, option: Option) -> dict[str, list[Answered]]:
        grouped: dict[str, list[str]] = {}
        for fact in option.missing:
            if not is_unsure(self.answers.get(fact)):
                grouped.setdefault(_screen(self.guide, fact), []).append(fact)
        return {screen: self._answers(facts) for screen, facts in grouped.items()}

    def _answers(self, facts: list[str]) -> list[Answered]:
        """Return every way to answer one or more of the facts."""
        choices = choices_of(self.guide)
        picks = product(*((None, *choices[fact]) for fact in facts))
        told = [zip(facts, pick, strict=True) for pick in picks]
        answers = [
            {fact: one for fact, one in said if one is not None} for said in told
        ]
        return [one for one in answers if one]

    def _stand(self, option: Option, told: tuple[Answered, ...]) -> Standing | None:
        """Return where an option would stand, or none if the answers contradict."""
        said = say({fact: value for one in told for fact, value in one.items()})
        key = canonical_json(said)
        if key not in self.tried:
            profile = merge(self.profile, said)
            _, notes = read_profile(profile, self.guide.vocabulary)
            fits = notes == self.notes
            self.tried[key] = summarise(self.guide, profile).options if fits else {}
        return self.tried[key].get(option.slug)


def _count_tries(
    by_screen: Mapping[str, list[Answered]], screens: tuple[str, ...]
) -> int:
    return prod(len(by_screen[one]) for one in screens)
