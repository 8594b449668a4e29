"""The answers worth telling apart, and how they are said in a profile."""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from app.engine.answers import ABSENT, PRESENT, UNSURE
from app.engine.editions import of_one_edition
from app.engine.facts import (
    FIELD,
    FINDING,
    MEASURE,
    TRIED,
    finding_fact,
    finding_of,
    is_qualifier,
    path_fact,
    qualifier_fact,
)
from app.engine.guide import GUIDES_KEPT, Guide
from app.library.conditions import Compare, Has, OneOf, Range, Test, Value, walk
from app.library.profile_fields import (
    OUTCOME_WORDS,
    PROFILE_FIELDS,
    SINCE_DAYS_MAX,
    TREND_WORDS,
    NumberField,
    WordField,
)

Choices = Mapping[str, tuple[Value, ...]]
"""For each fact one answer on either side of every border that a rule draws."""


@of_one_edition
@lru_cache(maxsize=GUIDES_KEPT)
def choices_of(guide: Guide) -> Choices:
    """Return the answers that the rules of a guide can tell apart, plain ones first."""
    borders = borders_of(guide)
    return {
        fact: _words_of(fact) or _numbers(fact, borders.get(fact, ()), guide)
        for rule in guide.rules
        for fact in rule.facts
    }


@of_one_edition
@lru_cache(maxsize=GUIDES_KEPT)
def borders_of(guide: Guide) -> Mapping[str, frozenset[float]]:
    """Return for each number the bounds that rules compare it with."""
    borders: dict[str, frozenset[float]] = {}
    for fact, test in _tests_in(guide):
        if drawn := _borders(test):
            borders[fact] = borders.get(fact, frozenset()).union(drawn)
    return borders


def _tests_in(guide: Guide) -> Iterator[tuple[str, Test]]:
    conditions = [part for rule in guide.rules for part in (rule.when, rule.unless)]
    conditions += guide.vocabulary.possible_when.values()
    for condition in conditions:
        for _, node in walk(condition) if condition else ():
            match node:
                case Has(finding):
                    for name, test in node.qualifiers.items():
                        yield qualifier_fact(finding, name), test
                case Compare(path, test):
                    yield path_fact(path), test
                case _:
                    continue


def _words_of(fact: str) -> tuple[Value, ...]:
    if is_qualifier(fact):
        return TREND_WORDS if fact.endswith(".trend") else ()
    if fact.startswith(FINDING):
        return ABSENT, PRESENT
    if fact.startswith(TRIED):
        return _known(OUTCOME_WORDS)
    match PROFILE_FIELDS.get(fact.removeprefix(FIELD)):
        case WordField(words=words):
            return _known(words)
        case _:
            return ()


def _known(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(word for word in words if word != UNSURE)


def _numbers(fact: str, borders: Iterable[float], guide: Guide) -> tuple[Value, ...]:
    lowest, highest = _bounds(fact, guide)
    near = {border + step for border in borders for step in (-1, 0, 1)}
    return tuple(sorted(number for number in near if lowest <= number <= highest))


def _borders(test: Test) -> list[float]:
    match test:
        case OneOf(values):
            return [value for value in values if not isinstance(value, str)]
        case Range(at_least, at_most):
            return [bound for bound in (at_least, at_most) if bound is not None]


def _bounds(fact: str, guide: Guide) -> tuple[float, float]:
    measure = guide.vocabulary.measures.get(fact.removeprefix(MEASURE))
    if measure is not None:
        return measure.minimum, measure.maximum
    field = PROFILE_FIELDS.get(fact.removeprefix(FIELD))
    if isinstance(field, NumberField):
        return field.minimum, field.maximum
    return 0, SINCE_DAYS_MAX


def say(answers: Mapping[str, Value]) -> dict[str, Any]:
    """Write answers by fact as the part of a profile that gives them."""
    said: dict[str, Any] = {}
    present = {finding_of(fact) for fact, value in answers.items() if value == PRESENT}
    present |= {finding_of(fact) for fact in answers if is_qualifier(fact)}
    for finding in sorted(present):
        said.setdefault("has", []).append(_report(finding, answers))
    for fact, value in sorted(answers.items()):
        name = fact.partition("/")[2]
        group, _, last = name.rpartition(".")
        if value == ABSENT:
            said.setdefault("has_not", []).append(name)
        elif fact.startswith(TRIED):
            said.setdefault("tried", {})[name] = value
        elif fact.startswith(MEASURE):
            said.setdefault("measures", {})[name] = value
        elif fact.startswith(FIELD) and group:
            said.setdefault(group, {})[last] = value
        elif fact.startswith(FIELD):
            said[last] = value
    return said


def _report(finding: str, answers: Mapping[str, Value]) -> str | dict[str, Value]:
    mark = finding_fact(finding) + "."
    qualifiers = {
        fact.removeprefix(mark): value
        for fact, value in sorted(answers.items())
        if fact.startswith(mark)
    }
    return {"finding": finding, **qualifiers} if qualifiers else finding
