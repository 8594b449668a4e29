"""Whatever small library was published, and whatever came of it, both say the same."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from itertools import chain

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from app.cli.migrations import find_newest
from app.content.checks import check_bundle
from app.content.log_copy import read_copy, write_copy
from app.library.bundle import Bundle
from app.library.entry import name_of
from tests.api.asking import LISTS, RECOMMENDATIONS
from tests.api.history import PAST
from tests.content.entangled import Author
from tests.content.odd_libraries import odd_libraries
from tests.content.whole_library import make_whole
from tests.database.same.asked_rest import ask_cases, ask_history, ask_items
from tests.database.same.both import ALL, Asked, Both, get, post, sample
from tests.databases import Databases, making_app
from tests.factories import make_bundle
from tests.publishing import PUBLISHED_AT, publish

Past = Sequence[Bundle]

STEPS = 12
"""So many changes are tried on an entangled library; those stand that fit."""

laws = settings(
    max_examples=50 if ALL else 2,
    deadline=None,
    derandomize=True,
    # What differs is told well enough, and to look for less takes minutes.
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@dataclass(frozen=True)
class Places:
    """Where logs are made, and where they are copied to."""

    here: Databases
    there: Databases

    def find_differences(self, past: Past) -> list[str]:
        """Publish a past on one, copy it to the other, and return what differs."""
        with ExitStack() as stack:
            source = stack.enter_context(self.here.opened())
            target = stack.enter_context(self.there.opened())
            for bundle in past:
                publish(source, bundle, at=PUBLISHED_AT, note="Why 😀.")
            copy = read_copy(source, newest=find_newest())
            write_copy(target, copy, at=PUBLISHED_AT)
            first, second = (
                stack.enter_context(making_app(engine, log_level="CRITICAL"))
                for engine in (source, target)
            )
            both = stack.enter_context(closing(Both(first, second)))
            asked = sample(ask(past, len(copy.rows.releases)), every=23)
            _, differences = both.find_differences(asked)
            return differences


@pytest.fixture(scope="module")
def places(here: Databases, there: Databases) -> Places:
    return Places(here, there)


def ask(past: Past, releases: int) -> Iterator[Asked]:
    """Yield lists, items, searches of what they say, the history, and advice."""
    present = past[-1]
    for name in LISTS:
        for sort in ("name", "-name", "slug"):
            yield get(f"/v1/{name}", sort=sort, limit=3)
    for words in list_words(present):
        yield get("/v1/search", q=words)
        yield get("/v1/treatments", q=words)
    yield from chain.from_iterable(map(ask_items, past))
    yield from ask_history(present, releases)
    yield from ask_cases(present, range(1, releases + 1))
    yield get("/v1/quality", as_of="2026-11-24", limit=100)
    yield post(RECOMMENDATIONS, {})


def list_words(bundle: Bundle) -> list[str]:
    """Return the names of items, and the beginning and the end of each."""
    names = [name_of(dict(entry)) for _, entry in bundle]
    parts = ((name[:200], name[:3], name[-9:]) for name in names)
    return list(dict.fromkeys(one for several in parts for one in several))


@laws
@given(st.lists(odd_libraries(), min_size=1, max_size=2))
def test_odd_libraries_are_told_alike(places: Places, past: Past) -> None:
    assert places.find_differences(past) == []


@laws
@given(st.integers(0, 2**32))
def test_entangled_libraries_are_told_alike(places: Places, seed: int) -> None:
    author = Author(seed)
    past = [author.open()]
    for _ in range(STEPS):
        after = author.change(past[-1])
        if not check_bundle(after):
            past.append(after)

    assert places.find_differences(past[-3:]) == []


@pytest.mark.parametrize(
    "past",
    [
        pytest.param([make_bundle(), make_whole(), make_bundle()], id="all fields"),
        pytest.param([make_bundle(own) for _, own in PAST], id="come and gone"),
    ],
)
def test_a_past_is_told_alike(places: Places, past: Past) -> None:
    assert places.find_differences(past) == []
