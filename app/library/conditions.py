"""The nodes of a condition: what a rule asks of a profile, and their plain form."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from app.fields import Kind

Value = int | float | str


@dataclass(frozen=True, slots=True)
class OneOf:
    """Accepts any of these values."""

    values: frozenset[Value]


@dataclass(frozen=True, slots=True)
class Range:
    """Accepts numbers from `at_least` to `at_most`, both included."""

    at_least: float | None = None
    at_most: float | None = None


Test = OneOf | Range


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every part holds."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one part holds."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: "Condition"


@dataclass(frozen=True, slots=True)
class Always:
    """Holds for everyone."""


@dataclass(frozen=True, slots=True)
class Has:
    """The person has the finding, for so long (days) and with such a trend."""

    finding: str
    since_days: Test | None = None
    trend: Test | None = None

    @property
    def qualifiers(self) -> dict[str, Test]:
        """Return the tests beyond presence, by the name of what they test."""
        tests = {"since_days": self.since_days, "trend": self.trend}
        return {name: test for name, test in tests.items() if test is not None}


@dataclass(frozen=True, slots=True)
class Tried:
    """The person tried the treatment, with one of these outcomes."""

    treatment: str
    outcomes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Is:
    """The named condition holds."""

    condition: str


@dataclass(frozen=True, slots=True)
class Compare:
    """The field or measure at this path passes the test."""

    path: str
    test: Test


Condition = AllOf | AnyOf | Not | Always | Has | Tried | Is | Compare


def walk(condition: Condition, pointer: str = "") -> Iterator[tuple[str, Condition]]:
    """Yield every node with its pointer, outermost first."""
    yield pointer, condition
    match condition:
        case AllOf(parts):
            for index, part in enumerate(parts):
                yield from walk(part, f"{pointer}/all/{index}")
        case AnyOf(parts):
            for index, part in enumerate(parts):
                yield from walk(part, f"{pointer}/any/{index}")
        case Not(part):
            yield from walk(part, f"{pointer}/not")
        case Always() | Has() | Tried() | Is() | Compare():
            return


def mentions(condition: Condition) -> Iterator[tuple[str, Kind, str]]:
    """Yield (pointer, kind, slug) of every item that the condition names."""
    for pointer, node in walk(condition):
        match node:
            case Has(finding):
                yield f"{pointer}/has", Kind.FINDINGS, finding
            case Tried(treatment):
                yield f"{pointer}/tried", Kind.TREATMENTS, treatment
            case Is(name):
                yield f"{pointer}/is", Kind.CONDITIONS, name
            case Compare(path) if path.startswith("measures."):
                yield pointer, Kind.MEASURES, path.removeprefix("measures.")
            case AllOf() | AnyOf() | Not() | Always() | Compare():
                continue


def dump_condition(condition: Condition) -> dict[str, Any]:
    """Write a condition as the plain data that `parse_condition` reads."""
    match condition:
        case AllOf(parts):
            return {"all": [dump_condition(part) for part in parts]}
        case AnyOf(parts):
            return {"any": [dump_condition(part) for part in parts]}
        case Not(part):
            return {"not": dump_condition(part)}
        case Always() | Has() | Tried() | Is() | Compare():
            return _dump_leaf(condition)


def _dump_leaf(leaf: Always | Has | Tried | Is | Compare) -> dict[str, Any]:
    match leaf:
        case Always():
            return {"always": True}
        case Has():
            return {"has": _dump_has(leaf)}
        case Tried(treatment, outcomes):
            return {"tried": {"treatment": treatment, "outcome": sorted(outcomes)}}
        case Is(name):
            return {"is": name}
        case Compare(path, test):
            return {path: _dump_test(test)}


def _dump_has(has: Has) -> str | dict[str, Any]:
    given = {name: _dump_test(test) for name, test in has.qualifiers.items()}
    return {"finding": has.finding, **given} if given else has.finding


def _dump_test(test: Test) -> Value | list[Value] | dict[str, float]:
    match test:
        case OneOf(values):
            ordered = sorted(values, key=lambda value: (isinstance(value, str), value))
            return ordered[0] if len(ordered) == 1 else ordered
        case Range(at_least, at_most):
            bounds = {"at_least": at_least, "at_most": at_most}
            return {key: bound for key, bound in bounds.items() if bound is not None}
