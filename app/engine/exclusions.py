"""Which options of a topic must not be combined."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from app.fields import Category
from app.library.treatments import TreatmentEntry

Lineage = Sequence[TreatmentEntry]
"""A treatment, and what it is part of, nearest first."""


def list_exclusions(lineages: Sequence[Lineage]) -> Mapping[str, frozenset[str]]:
    """Return for each treatment the others that it excludes, both ways.

    They are what is `not_with` it or with what it is part of, the other parts of a
    parent whose parts are taken one at a time, and the whole that it is part of.
    """
    groups = _group(lineages)
    excluded: dict[str, set[str]] = {lineage[0].slug: set() for lineage in lineages}
    for lineage in lineages:
        slug = lineage[0].slug
        for name in _names_excluded(lineage):
            for other in groups[name]:
                excluded[slug].add(other)
                excluded[other].add(slug)
    return {slug: frozenset(others - {slug}) for slug, others in excluded.items()}


_GroupName = tuple[str, str | Category]


def _group(lineages: Sequence[Lineage]) -> Mapping[_GroupName, set[str]]:
    """Return the treatments by what can be excluded at once."""
    groups: defaultdict[_GroupName, set[str]] = defaultdict(set)
    for lineage in lineages:
        slug = lineage[0].slug
        groups["itself", slug].add(slug)
        groups["category", lineage[0].category].add(slug)
        for one in lineage:
            groups["within", one.slug].add(slug)
        for parent in lineage[1:]:
            groups["part of", parent.slug].add(slug)
    return groups


def _names_excluded(lineage: Lineage) -> Iterator[_GroupName]:
    for one in lineage:
        for rule in one.not_with:
            if rule.treatment is not None:
                yield "within", rule.treatment
            if rule.category is not None:
                yield "category", rule.category
    for parent in lineage[1:]:
        yield "itself", parent.slug
        if parent.one_at_a_time:
            yield "part of", parent.slug
