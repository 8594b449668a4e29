"""The answers worth telling apart, and how they are said in a profile."""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

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
    tried_fact,
)
from app.engine.guide import GUIDES_KEPT, Guide
from app.engine.verdicts import UNSURE
from app.library.conditions import Compare, Has, OneOf, Range, Test, Tried, Value, walk
from app.library.profile import PatientProfile
from app.library.profile_fields import (
    OUTCOME_WORDS,
    PROFILE_FIELDS,
    SINCE_DAYS_MAX,
    TREND_WORDS,
    NumberField,
)

PRESENT, ABSENT = "present", "absent"

Choices = Mapping[str, tuple[Value, ...]]
"""For each fact one answer on either side of every border that a rule draws."""


@lru_cache(maxsize=GUIDES_KEPT)
def choices_of(guide: Guide) -> Choices:
    """Return the answers that the rules of a guide can tell apart, plain ones first."""
    tests: dict[str, list[Test]] = {}
    choices: dict[str, tuple[Value, ...]] = {}
    for fact, test in _asked(guide):
        if test is not None:
            tests.setdefault(fact, []).append(test)
        elif fact.startswith(FINDING):
            choices[fact] = (ABSENT, PRESENT)
        else:
            choices[fact] = tuple(word for word in OUTCOME_WORDS if word != UNSURE)
    for fact, asked in tests.items():
        choices[fact] = _words_of(fact) or _numbers(fact, asked, guide)
    return choices


def _asked(guide: Guide) -> Iterator[tuple[str, Test | None]]:
    conditions = [part for rule in guide.rules for part in (rule.when, rule.unless)]
    for condition in conditions:
        for _, node in walk(condition) if condition else ():
            match node:
                case Has(finding):
                    yield finding_fact(finding), None
                    for name, test in node.qualifiers.items():
                        yield qualifier_fact(finding, name), test
                case Tried(treatment):
                    yield tried_fact(treatment), None
                case Compare(path, test):
                    yield path_fact(path), test
                case _:
                    continue


def _words_of(fact: str) -> tuple[Value, ...]:
    if is_qualifier(fact):
        return TREND_WORDS if fact.endswith(".trend") else ()
    field = PROFILE_FIELDS.get(fact.removeprefix(FIELD))
    if field is None or isinstance(field, NumberField):
        return ()
    return tuple(word for word in field.words if word != UNSURE)


def _numbers(fact: str, tests: Iterable[Test], guide: Guide) -> tuple[Value, ...]:
    lowest, highest = _bounds(fact, guide)
    near = {
        border + step
        for test in tests
        for border in _borders(test)
        for step in (-1, 0, 1)
    }
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


def add(profile: PatientProfile, said: Mapping[str, Any]) -> PatientProfile:
    """Return the profile with more said; what it says already stays."""
    more = PatientProfile.model_validate(said)
    merged: dict[str, Any] = {
        name: getattr(more, name)
        for name in ("age", "sex")
        if getattr(more, name) is not None
    }
    for name in ("has", "has_not"):
        merged[name] = (*getattr(profile, name), *getattr(more, name))
    for name in ("measures", "tried"):
        merged[name] = {**getattr(profile, name), **getattr(more, name)}
    for name in ("pain", "last_treatment"):
        given = getattr(more, name).model_dump(exclude_none=True)
        merged[name] = getattr(profile, name).model_copy(update=given)
    return profile.model_copy(update=merged)
