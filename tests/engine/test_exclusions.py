"""Which options must not be combined: both ways, with all that they reach."""

from collections.abc import Sequence

import pytest

from app.engine.compiler import compile_guide
from app.engine.guide import Guide
from app.fields import Kind
from tests.factories import (
    SOURCES,
    TOPIC,
    Data,
    make_bundle,
    make_option,
    make_topic,
    make_treatment,
)


def _guide(treatments: Sequence[Data], offered: Sequence[str]) -> Guide:
    topic = make_topic(options=[make_option(slug) for slug in offered])
    bundle = make_bundle({Kind.TREATMENTS: treatments, Kind.TOPICS: [topic]})
    return compile_guide(bundle, TOPIC, release=1)


def _excluded(treatments: Sequence[Data], offered: str) -> dict[str, str]:
    """Return what each option excludes; options are single letters."""
    guide = _guide(treatments, offered)
    return {option.slug: "".join(sorted(option.excludes)) for option in guide.options}


def _not_with(**named: str) -> list[Data]:
    return [{**named, "because": "Not together.", "sources": SOURCES}]


def _family(**values: Data) -> list[Data]:
    """Return `a` with its parts `b` and `c`, `d` a part of `c`, and `x` beside them."""
    above = {"b": "a", "c": "a", "d": "c"}
    made = [
        make_treatment(slug, category="medication", **values.get(slug, {}))
        for slug in "abcd"
    ]
    parts = [
        {**one, "part_of": above[one["slug"]]} if one["slug"] in above else one
        for one in made
    ]
    return [*parts, make_treatment("x", **values.get("x", {}))]


EXCLUSIONS: dict[str, tuple[dict[str, Data], str, dict[str, str]]] = {
    "nothing but the whole and its parts": (
        {}, "abcdx", {"a": "bcd", "b": "a", "c": "ad", "d": "ac", "x": ""}
    ),
    "the treatment that is named, and its parts": (
        {"x": {"not_with": _not_with(treatment="c")}},
        "bcdx",
        {"b": "", "c": "dx", "d": "cx", "x": "cd"},
    ),
    "named by a part, not by its whole": (
        {"b": {"not_with": _not_with(treatment="x")}},
        "abx",
        {"a": "b", "b": "ax", "x": "b"},
    ),
    "named by the whole, for all of its parts": (
        {"a": {"not_with": _not_with(treatment="x")}},
        "bdx",
        {"b": "x", "d": "x", "x": "bd"},
    ),
    "a category": (
        {"x": {"not_with": _not_with(category="medication")}},
        "bdx",
        {"b": "x", "d": "x", "x": "bd"},
    ),
    "a category that is its own": (
        {"b": {"not_with": _not_with(category="medication")}},
        "bdx",
        {"b": "d", "d": "b", "x": ""},
    ),
    "both name each other": (
        {
            "b": {"not_with": _not_with(treatment="x")},
            "x": {"not_with": _not_with(treatment="b")},
        },
        "bx",
        {"b": "x", "x": "b"},
    ),
    "one at a time, all the way down": (
        {"a": {"one_at_a_time": True}},
        "bcdx",
        {"b": "cd", "c": "bd", "d": "bc", "x": ""},
    ),
    "one at a time lower down leaves the others alone": (
        {"c": {"one_at_a_time": True}}, "bdx", {"b": "", "d": "", "x": ""}
    ),
    "what is no option excludes nothing": (
        {"b": {"not_with": _not_with(treatment="c")}}, "bx", {"b": "", "x": ""}
    ),
    "what is no option still speaks for its parts": (
        {"c": {"not_with": _not_with(treatment="x")}}, "dx", {"d": "x", "x": "d"}
    ),
    "itself never": (
        {"b": {"not_with": _not_with(treatment="a")}}, "bc", {"b": "c", "c": "b"}
    ),
}  # fmt: skip


@pytest.mark.parametrize(
    ("values", "offered", "excluded"), list(EXCLUSIONS.values()), ids=list(EXCLUSIONS)
)
def test_an_option_excludes(
    values: dict[str, Data], offered: str, excluded: dict[str, str]
) -> None:
    assert _excluded(_family(**values), offered) == excluded


def test_exclusions_hold_both_ways_in_the_shipped_library(shipped_guide: Guide) -> None:
    excludes = {option.slug: option.excludes for option in shipped_guide.options}

    assert any(excludes.values())
    for slug, others in excludes.items():
        assert slug not in others
        assert all(slug in excludes[other] for other in others)
