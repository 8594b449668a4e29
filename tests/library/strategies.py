"""Conditions of every form, over the words that they may use."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from hypothesis import strategies as st

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
    Range,
    Test,
    Tried,
    Value,
)
from app.library.profile_fields import (
    OUTCOME_WORDS,
    PROFILE_FIELDS,
    TREND_WORDS,
    NumberField,
    WordField,
)


@dataclass(frozen=True)
class Words:
    """What the leaves of a condition may name."""

    findings: Sequence[str] = ("fever", "leg-weakness", "foot-drop")
    treatments: Sequence[str] = ("walking", "facet-joint-injection")
    measures: Sequence[str] = ("block-relief-percent",)
    paths: Sequence[str] = tuple(PROFILE_FIELDS)
    named: Sequence[str] = ()


def one_of(values: Sequence[Value], *, most: int = 3) -> st.SearchStrategy[Test]:
    chosen = st.frozensets(st.sampled_from(values), min_size=1, max_size=most)
    return chosen.map(OneOf)


def number_tests(low: int, high: int) -> st.SearchStrategy[Test]:
    """Values and ranges, few enough to be met by few profiles."""
    middle = (low + high) // 2
    values = (low, middle, high)
    ranges: list[Test] = [
        Range(at_least=middle),
        Range(at_most=middle),
        Range(low, middle),
        Range(middle, high),
    ]
    return st.sampled_from(ranges) | one_of(values)


def has_nodes(words: Words, *, qualified: bool = True) -> st.SearchStrategy[Condition]:
    plain = st.builds(Has, st.sampled_from(words.findings))
    if not qualified:
        return plain
    return plain | st.builds(
        Has,
        st.sampled_from(words.findings),
        st.none() | number_tests(0, 30),
        st.none() | one_of(TREND_WORDS),
    )


def compare_nodes(words: Words) -> st.SearchStrategy[Condition]:
    measures = [f"measures.{slug}" for slug in words.measures]
    return st.sampled_from([*words.paths, *measures]).flatmap(_compare)


def _compare(path: str) -> st.SearchStrategy[Condition]:
    match PROFILE_FIELDS.get(path):
        case WordField(words=words):
            return st.builds(Compare, st.just(path), one_of(words))
        case NumberField(maximum=maximum):
            tests = number_tests(0, int(min(maximum, 100)))
            return st.builds(Compare, st.just(path), tests)
        case None:
            return st.builds(Compare, st.just(path), number_tests(0, 100))


def tried_nodes(words: Words) -> st.SearchStrategy[Condition]:
    outcomes = st.frozensets(st.sampled_from(OUTCOME_WORDS), min_size=1, max_size=3)
    return st.builds(Tried, st.sampled_from(words.treatments), outcomes)


def leaves(words: Words) -> st.SearchStrategy[Condition]:
    nodes = has_nodes(words) | tried_nodes(words) | compare_nodes(words)
    if words.named:
        nodes |= st.builds(Is, st.sampled_from(words.named))
    return nodes | st.just(Always())


@cache
def conditions(
    words: Words, *, with_not: bool = True, with_any: bool = True
) -> st.SearchStrategy[Condition]:
    """Trees of a few levels; the flags leave out what a list of rules refuses."""

    def grow(inner: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
        parts = st.lists(inner, min_size=1, max_size=3).map(tuple)
        grown: st.SearchStrategy[Condition] = st.builds(AllOf, parts)
        if with_any:
            grown |= st.builds(AnyOf, parts)
        if with_not:
            grown |= st.builds(Not, inner)
        return grown

    return st.recursive(leaves(words), grow, max_leaves=5)
