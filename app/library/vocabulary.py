"""The words that a profile and a condition may use, and whether they do."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from app.errors import Fault, to_pointer
from app.library.bundle import Bundle, ancestors
from app.library.conditions import Compare, Condition, OneOf, Range, Test, walk
from app.library.nearest import name_choices
from app.library.profile import PatientProfile
from app.library.profile_fields import PROFILE_FIELDS
from app.library.vocabulary_entries import FindingEntry, MeasureEntry

QUALIFIERS = ("since_days", "trend")


@dataclass(frozen=True)
class Vocabulary:
    """Findings, measures, and treatments.

    `ancestors` has what each treatment is part of, the nearest first, and `parts`
    whatever is part of it. `implied` has every finding that is present with a finding,
    itself included, and `implying` every finding that is absent with it.
    """

    findings: Mapping[str, FindingEntry]
    measures: Mapping[str, MeasureEntry]
    treatment_names: Mapping[str, str]
    ancestors: Mapping[str, tuple[str, ...]]
    parts: Mapping[str, tuple[str, ...]]
    implied: Mapping[str, frozenset[str]]
    implying: Mapping[str, frozenset[str]]
    possible_when: Mapping[str, Condition]

    @classmethod
    def of(cls, bundle: Bundle) -> "Vocabulary":
        above = {slug: ancestors(bundle.treatments, slug) for slug in bundle.treatments}
        names = {slug: entry.name for slug, entry in bundle.treatments.items()}
        up = {slug: entry.implies for slug, entry in bundle.findings.items()}
        implied = {slug: _reach(slug, up) for slug in up}
        implying = _turn_round(implied)
        return cls(
            findings=bundle.findings,
            measures=bundle.measures,
            treatment_names=names,
            ancestors=above,
            parts=_turn_round(above),
            implied=implied,
            implying={slug: frozenset(down) for slug, down in implying.items()},
            possible_when={
                slug: entry.possible_when
                for slug, entry in bundle.findings.items()
                if entry.possible_when is not None
            },
        )

    @property
    def unsure_names(self) -> set[str]:
        """Return what `not_sure` may name, but for the qualifiers of findings."""
        measures = {f"measures.{slug}" for slug in self.measures}
        return {*self.findings, *PROFILE_FIELDS, *measures}


def _turn_round(graph: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    """Return for each node those that reach it, in order."""
    reaching: dict[str, list[str]] = {node: [] for node in graph}
    for node in sorted(graph):
        for one in graph[node]:
            reaching[one].append(node)
    return {node: tuple(found) for node, found in reaching.items()}


def _reach(start: str, graph: Mapping[str, Iterable[str]]) -> frozenset[str]:
    reached: set[str] = set()
    ahead = [start]
    while ahead:
        node = ahead.pop()
        if node not in reached:
            reached.add(node)
            ahead += graph[node]
    return frozenset(reached)


def check_profile(profile: PatientProfile, vocabulary: Vocabulary) -> list[Fault]:
    """Return what in the profile is not in the vocabulary, naming near choices."""
    return [
        *_check_findings(profile, vocabulary),
        *_check_not_sure(profile, vocabulary),
        *_check_tried(profile, vocabulary),
        *_check_measures(profile, vocabulary),
    ]


def _check_findings(profile: PatientProfile, vocabulary: Vocabulary) -> Iterator[Fault]:
    lists = {
        "has": [reported.finding for reported in profile.has],
        "has_not": profile.has_not,
    }
    for name, slugs in lists.items():
        for index, slug in enumerate(slugs):
            if slug not in vocabulary.findings:
                choices = name_choices(slug, vocabulary.findings)
                yield Fault(to_pointer((name, index)), f"Not a finding. {choices}")


def _check_not_sure(profile: PatientProfile, vocabulary: Vocabulary) -> Iterator[Fault]:
    for index, name in enumerate(profile.not_sure):
        finding, _, qualifier = name.partition(".")
        is_qualified = finding in vocabulary.findings and qualifier in QUALIFIERS
        choices = vocabulary.unsure_names
        if name not in choices and not is_qualified:
            detail = f"Not a finding, field or measure. {name_choices(name, choices)}"
            yield Fault(to_pointer(("not_sure", index)), detail)


def _check_tried(profile: PatientProfile, vocabulary: Vocabulary) -> Iterator[Fault]:
    for slug in profile.tried:
        if slug not in vocabulary.ancestors:
            choices = name_choices(slug, vocabulary.ancestors)
            yield Fault("/tried", f"Not a treatment. {choices}")


def _check_measures(profile: PatientProfile, vocabulary: Vocabulary) -> Iterator[Fault]:
    for slug, value in profile.measures.items():
        measure = vocabulary.measures.get(slug)
        if measure is None:
            choices = name_choices(slug, vocabulary.measures)
            yield Fault("/measures", f"Not a measure. {choices}")
        elif not measure.minimum <= value <= measure.maximum:
            yield Fault(to_pointer(("measures", slug)), _needs(measure))


def _needs(measure: MeasureEntry) -> str:
    span = f"from {measure.minimum:g} to {measure.maximum:g}"
    return f"Needs a number {span} ({measure.unit})."


def check_measure_bounds(
    condition: Condition, measures: Mapping[str, MeasureEntry]
) -> Iterator[Fault]:
    """Yield each comparison with a measure that lies outside of its range."""
    for pointer, node in walk(condition):
        if not isinstance(node, Compare):
            continue
        measure = measures.get(node.path.removeprefix("measures."))
        if measure is None:
            continue
        for value in _numbers(node.test):
            if not measure.minimum <= value <= measure.maximum:
                yield Fault(f"{pointer}/{node.path}", _needs(measure))


def _numbers(test: Test) -> list[float]:
    match test:
        case OneOf(values):
            return [value for value in values if not isinstance(value, str)]
        case Range(at_least, at_most):
            return [bound for bound in (at_least, at_most) if bound is not None]
