"""What is asked of lists: every filter, order, field and page, and two at once."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import get_args

from app.fields import (
    Benefit,
    Category,
    Certainty,
    FindingKind,
    Jurisdiction,
    Setting,
    Stance,
    Urgency,
)
from app.queries.filters import LIST_FILTERS
from app.render.shapes import field_names
from tests.database.same.both import Asked, get

NOTHING = "no-such-thing"
WORDS = ("fever", "WALKİNG", "a", "fièvre", "pain in the back", "😀", "zzzz")
VALUES: Mapping[str, Sequence[object]] = {
    "topic": ("facet-joint-injection", "epidural-steroid-injection", NOTHING),
    "category": tuple(Category),
    "part_of": ("nsaids", "exercise-therapy", NOTHING),
    "setting": tuple(Setting),
    "max_invasiveness": range(5),
    "min_certainty": tuple(Certainty),
    "benefit": tuple(Benefit),
    "stance": tuple(Stance),
    "jurisdiction": tuple(Jurisdiction),
    "addresses": ("disc-pain", "short-lived-effect", NOTHING),
    "points_to": ("radiofrequency-ablation", "walking", NOTHING),
    "urgency": tuple(Urgency),
    "kind": tuple(FindingKind),
    "q": WORDS,
}
"""What each filter is asked for."""

_NO_FILTERS = {"limit", "offset", "fields", "sort"}


def ask_every_list() -> Iterator[Asked]:
    """Yield pages of every list in every order, its fields, and each of its filters."""
    for kind, filters in LIST_FILTERS.items():
        path = f"/v1/{kind.value}"
        sorts = get_args(filters.model_fields["sort"].annotation)
        for sort in sorts:
            yield get(path, sort=sort, limit=100)
            yield get(path, sort=sort, limit=7, offset=7)
            yield get(path, sort=sort, limit=100, offset=100)
        yield get(path, offset=100_000)
        for name in field_names(kind):
            yield get(path, fields=name, limit=25)
        for name in sorted(filters.model_fields.keys() - _NO_FILTERS):
            for value in VALUES[name]:
                yield get(path, **{name: value}, limit=100)


def ask_filtered_lists() -> Iterator[Asked]:
    """Yield lists that two filters narrow, in all their orders by turns."""
    for kind, filters in LIST_FILTERS.items():
        sorts = get_args(filters.model_fields["sort"].annotation)
        names = sorted(filters.model_fields.keys() - _NO_FILTERS)
        pairs = [
            {one: value, other: another}
            for one, other in combinations(names, 2)
            for value in VALUES[one]
            for another in VALUES[other]
        ]
        for number, pair in enumerate(pairs):
            sort = sorts[number % len(sorts)]
            page = {"limit": 1 + number % 10, "offset": number % 3}
            yield get(f"/v1/{kind.value}", **pair, **page, sort=sort)
