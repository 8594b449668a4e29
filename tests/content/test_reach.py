"""A change is checked, judged and shown anew where it reaches: as if all of it were."""

import os
from collections.abc import Mapping

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.content.change import Change
from app.content.check import (
    Checked,
    check_change,
    check_restored,
    judge_library,
)
from app.content.checks import check_bundle
from app.content.places import FaultyLibraryError
from app.content.projection import project
from app.content.reach import reach
from app.fields import Kind, SectionName
from app.library.bundle import Identity
from tests.content.entangled import Author
from tests.factories import (
    SOURCES,
    TOPIC,
    Data,
    make_bundle,
    make_case,
    make_cause,
    make_option,
    make_rule,
    make_topic,
    make_treatment,
)

Own = Mapping[Kind, list[Data]]

STEPS = 12
"""So many changes are tried on a library, each on what became of those before."""

laws = settings(
    max_examples=int(os.environ.get("LAW_EXAMPLES", "10")),
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)


def rows(checked: Checked) -> Mapping[Identity, str]:
    """Return the hash of every row that is made, with its links and its quality."""
    return {
        (one.kind, one.row.slug): one.row.hash for one in project(checked, release=1)
    }


def find_reached(before: Own, after: Own) -> set[Identity]:
    change = Change.of(make_bundle(before), make_bundle(after))
    return set(reach(change).items)


def test_another_length_reaches_the_other_options_of_the_topic() -> None:
    topic = make_topic(options=[make_option(), make_option("yoga")])
    before = {Kind.TREATMENTS: [make_treatment("yoga")], Kind.TOPICS: [topic]}
    section = {"text": "A longer text.", "sources": SOURCES}
    longer = make_treatment("yoga", sections=dict.fromkeys(SectionName, section))

    reached = find_reached(before, {**before, Kind.TREATMENTS: [longer]})

    assert (Kind.TREATMENTS, "walking") in reached
    assert (Kind.TREATMENTS, "facet-joint-injection") not in reached


def test_a_case_of_another_topic_that_names_a_lost_rule_is_wrong() -> None:
    named = {"not_reasons": ["treatments/yoga/avoid_when/one"]}
    expect = {"level": "routine", "could_be": "emergency", **named}
    ruled = make_treatment("yoga", avoid_when=[make_rule("one")])
    before = {Kind.TREATMENTS: [ruled], Kind.CASES: [make_case(expect=expect)]}
    after = {**before, Kind.TREATMENTS: [make_treatment("yoga")]}

    with pytest.raises(FaultyLibraryError) as caught:
        check_change(Change.of(make_bundle(before), make_bundle(after)), {})

    [fault] = caught.value.faults
    assert (fault.slug, fault.pointer) == ("case", "/expect/not_reasons/0")


@pytest.mark.parametrize("name", ["Slow moves", "Moves (slow)", 'The "slow" moves'])
def test_another_name_reaches_the_texts_that_have_it(name: str) -> None:
    told = make_cause(text=f"Ask about {name.lower()} first.")
    before = {Kind.FAILURE_CAUSES: [told], Kind.TREATMENTS: [make_treatment("yoga")]}
    renamed = make_treatment("yoga", name=name)

    reached = find_reached(before, {**before, Kind.TREATMENTS: [renamed]})

    assert (Kind.FAILURE_CAUSES, "cause") in reached


def test_what_counts_as_another_treatment_now_reaches_the_topics_that_ask_for_it() -> (
    None
):
    tried = {"tried": {"treatment": "exercise", "outcome": ["no-help"]}}
    before = {
        Kind.TREATMENTS: [make_treatment("exercise"), make_treatment("yoga")],
        Kind.FAILURE_CAUSES: [make_cause(clues_for=[make_rule(when=tried)])],
        Kind.TOPICS: [make_topic(failure_causes=["cause"]), make_topic("neck")],
        Kind.CASES: [make_case("neck", topic="neck"), make_case()],
    }
    part = make_treatment("yoga", part_of="exercise")

    reached = find_reached(
        before, {**before, Kind.TREATMENTS: [make_treatment("exercise"), part]}
    )

    assert {(Kind.TOPICS, TOPIC), (Kind.CASES, "case")} <= reached
    assert not {(Kind.TOPICS, "neck"), (Kind.CASES, "neck")} & reached


@laws
@given(st.integers(0, 2**32))
def test_what_a_change_does_not_reach_is_as_right_as_it_was(seed: int) -> None:
    author = Author(seed)
    before = author.open()
    for _ in range(STEPS):
        after = author.change(before)
        part = reach(Change.of(before, after))

        faults = check_bundle(after)

        assert check_bundle(after, part) == faults
        before = before if faults else after


@laws
@given(st.integers(0, 2**32))
def test_what_a_change_does_not_reach_advises_and_looks_as_it_did(seed: int) -> None:
    author = Author(seed)
    before = author.open()
    judged = judge_library(before)
    shown = rows(judged)
    for _ in range(STEPS):
        after = author.change(before)
        change = Change.of(before, after)
        try:
            checked = check_restored(change, judged.tested)
        except FaultyLibraryError:
            continue

        judged = judge_library(after)

        kept = {item: row for item, row in shown.items() if item in set(after.items)}
        shown = rows(judged)
        assert {**kept, **rows(checked)} == shown
        assert checked.tested == judged.tested
        unmet = {one for one in judged.faults if one.slug in checked.part.cases}
        assert set(checked.faults) == unmet
        before = after
