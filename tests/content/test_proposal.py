"""A proposal is put in place of a library, or into it."""

import pytest

from app.content.proposal import Mode, Proposal
from app.fields import Kind
from app.library.entry import Entry
from tests.factories import BASE, make_bundle, make_entries, make_treatment

STANDING = make_bundle({Kind.TREATMENTS: [make_treatment("yoga")]})
NOTHING: dict[Kind, dict[str, Entry]] = {kind: {} for kind in Kind}


def test_a_whole_library_leaves_nothing_of_the_one_before() -> None:
    proposal = Proposal(Mode.REPLACE, make_entries({}))

    assert proposal.apply(STANDING) == make_bundle()
    assert proposal.apply(None) == make_bundle()


def test_a_merge_of_nothing_is_the_library_as_it_was() -> None:
    assert Proposal(Mode.MERGE, NOTHING).apply(STANDING) == STANDING


def test_a_merge_puts_entries_in_place_and_keeps_the_others() -> None:
    entries = make_entries({Kind.TREATMENTS: [make_treatment(summary="Another.")]})
    given = {**NOTHING, Kind.TREATMENTS: entries[Kind.TREATMENTS]}

    merged = Proposal(Mode.MERGE, given).apply(STANDING)

    assert set(merged.treatments) == set(STANDING.treatments)
    assert merged.treatments["walking"].summary == "Another."
    assert merged.findings == STANDING.findings


def test_a_merge_leaves_out_what_is_removed_of_that_kind_only() -> None:
    removed = frozenset({(Kind.TREATMENTS, "yoga"), (Kind.FINDINGS, "walking")})

    assert Proposal(Mode.MERGE, NOTHING, removed).apply(STANDING) == make_bundle()


def test_a_library_entry_takes_the_place_of_the_one_whatever_it_is_called() -> None:
    other = {**BASE[Kind.LIBRARY][0], "slug": "other"}
    entry = make_entries({Kind.LIBRARY: [other]})[Kind.LIBRARY]["other"]
    given = {**NOTHING, Kind.LIBRARY: {"other": entry}}

    merged = Proposal(Mode.MERGE, given).apply(STANDING)

    assert merged.of_kind(Kind.LIBRARY) == {"other": entry}


@pytest.mark.parametrize("mode", Mode)
def test_without_a_library_the_entries_are_all_of_it(mode: Mode) -> None:
    assert Proposal(mode, make_entries({})).apply(None) == make_bundle()
