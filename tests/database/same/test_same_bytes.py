"""Of the same log, SQLite and PostgreSQL give the same bytes, whatever is asked.

`SAME_BYTES=all` asks for everything, which takes some minutes; else of what is many
each so manieth is asked.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, closing

import pytest
from sqlalchemy import Engine

from app.cli.migrations import find_newest
from app.content.log_copy import read_copy, write_copy
from app.keys import Key, KeyRole
from app.library.bundle import Bundle
from app.mcp.endpoint import add_mcp
from app.mcp.origins import Guests
from tests.api.keys import Clock, bearer, store_key
from tests.conftest import REMADE_AT
from tests.database.same import asked_lists, asked_rest, asked_words
from tests.database.same.both import ALL, Asked, Both, sample
from tests.database.same.past import list_past, write_past
from tests.databases import Databases, making_app

RELEASES = 6
REPLAYED = range(1, RELEASES + 1) if ALL else (1, 5)
"""To make an old release ready takes longer than to ask it."""

Ask = Callable[[Bundle], Iterable[Asked]]

GROUPS: dict[str, tuple[Ask, int, set[int]]] = {
    "cases": (lambda all_: asked_rest.ask_cases(all_, REPLAYED), 53, {200}),
    "lists": (lambda _: asked_lists.ask_every_list(), 3, {200}),
    "filters": (lambda _: asked_lists.ask_filtered_lists(), 11, {200}),
    "words": (lambda _: asked_words.ask_patients_words(), 11, {200}),
    "odd words": (lambda _: asked_words.ask_odd_words(), 3, {200}),
    "words of a kind": (lambda _: asked_words.ask_words_of_kinds(), 41, {200}),
    "items": (asked_rest.ask_items, 31, {200, 404}),
    "history": (lambda all_: asked_rest.ask_history(all_, RELEASES), 19, {200}),
    "quality": (lambda _: asked_rest.ask_quality(), 29, {200}),
    "comparisons": (asked_rest.ask_comparisons, 13, {200}),
    "quotes": (asked_rest.ask_quotes, 47, {200}),
    "service": (lambda _: asked_rest.ask_service(), 1, {200, 304}),
    "mcp": (asked_rest.ask_mcp, 3, {200}),
    "mistakes": (
        lambda _: asked_rest.ask_mistakes(),
        1,
        {200, 400, 401, 404, 405, 412, 413, 415, 422},
    ),
}
"""What is asked of all that ever was in the library, each so manieth; what comes."""


@pytest.fixture(scope="module")
def every(seed_bundle: Bundle) -> Bundle:
    """All that ever was in the library."""
    return max(
        (one for _, one in list_past(seed_bundle)), key=lambda one: len(list(one))
    )


@pytest.fixture(scope="module")
def log(here: Databases, seed_bundle: Bundle) -> Iterator[tuple[Engine, Key]]:
    """The log of a database that has nothing else, and a key to it."""
    with here.opened() as engine:
        write_past(engine, seed_bundle)
        yield engine, store_key(engine, KeyRole.ADMIN, name="Zoë 😀")


@pytest.fixture(scope="module")
def both(log: tuple[Engine, Key], here: Databases, there: Databases) -> Iterator[Both]:
    """The service on either database, into which the log was copied."""
    copy = read_copy(log[0], newest=find_newest())
    with ExitStack() as stack:
        apps = []
        for databases in (here, there):
            engine = stack.enter_context(databases.opened())
            write_copy(engine, copy, at=REMADE_AT)
            making = making_app(engine, clock=Clock(), log_level="CRITICAL")
            app = stack.enter_context(making)
            add_mcp(app, Guests())
            apps.append(app)
        yield stack.enter_context(closing(Both(*apps)))


@pytest.mark.parametrize("group", GROUPS)
def test_both_give_the_same_bytes(both: Both, every: Bundle, group: str) -> None:
    ask, nth, expected = GROUPS[group]

    statuses, differences = both.find_differences(sample(ask(every), every=nth))

    assert differences == []
    assert statuses == expected


def test_both_tell_a_key_the_same(both: Both, log: tuple[Engine, Key]) -> None:
    asked = asked_rest.ask_with_key(bearer(log[1]))

    statuses, differences = both.find_differences(asked)

    assert differences == []
    assert statuses == {200, 412, 422, 428}


def test_what_one_gave_is_not_modified_on_the_other(both: Both) -> None:
    for path in ("/v1/treatments", "/v1/search?q=fever", "/v1/releases", "/v1/bundle"):
        first, second = both.ask(Asked(path))
        [tag] = [value for name, value in first.headers if name == b"etag"]

        again = Asked(path, headers={"if-none-match": tag.decode()})

        assert [one.status for one in both.ask(again)] == [304, 304]
        assert first == second
