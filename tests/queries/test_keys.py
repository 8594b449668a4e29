from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine

from app.database import read_session, write_session
from app.errors import NameTakenError, NotFoundError
from app.keys import Key, KeyRole, make_key
from app.queries.keys import (
    USE_INTERVAL,
    add_key,
    find_key,
    is_use_due,
    list_keys,
    record_use,
    revoke_key,
)
from tests.api.keys import NOW, find_stored, store_key

SECOND = timedelta(seconds=1)


def names(engine: Engine, **page: int) -> tuple[list[str], int]:
    with read_session(engine) as session:
        found = list_keys(session, **page)
        return [one.name for one in found.keys], found.total


def record(engine: Engine, key: Key, at: datetime) -> None:
    with write_session(engine) as session:
        record_use(session, key.id, at=at)


def test_find_key_finds_what_was_stored(engine: Engine) -> None:
    expires_at = NOW + SECOND
    key = store_key(engine, KeyRole.EDITOR, name="Anna", expires_at=expires_at)

    found = find_stored(engine, key)

    assert (found.id, found.name, found.role) == (key.id, "Anna", KeyRole.EDITOR)
    assert (found.created_at, found.expires_at) == (NOW, expires_at)
    assert (found.revoked_at, found.last_used_at) == (None, None)


def test_nothing_is_stored_that_opens_anything(engine: Engine) -> None:
    key = store_key(engine)
    secret = key.text.rpartition("_")[2]

    found = find_stored(engine, key)

    assert found.digest == key.digest
    assert secret not in str(found.model_dump())


@pytest.mark.parametrize("key_id", ["", "aaaaaaaa", "\0", "a" * 2_000, "A" * 8, "é"])
def test_find_key_finds_none_that_was_not_stored(engine: Engine, key_id: str) -> None:
    store_key(engine)

    with read_session(engine) as session:
        assert find_key(session, key_id) is None


def test_list_keys_orders_by_name(engine: Engine) -> None:
    for name in ("b", "B", "a"):
        store_key(engine, name=name)

    assert names(engine) == (["B", "a", "b"], 3)


def test_list_keys_returns_a_page_and_the_total(engine: Engine) -> None:
    for name in ("a", "b", "c"):
        store_key(engine, name=name)

    assert names(engine, limit=1, offset=1) == (["b"], 3)


def test_a_name_is_given_once(engine: Engine) -> None:
    key = store_key(engine, name="Anna")

    with pytest.raises(NameTakenError), write_session(engine) as session:
        add_key(session, make_key(), name="Anna", role=KeyRole.EDITOR, at=NOW)

    assert names(engine) == (["Anna"], 1)
    assert find_stored(engine, key).role is KeyRole.ADMIN


def test_the_name_of_a_revoked_key_stays_taken(engine: Engine) -> None:
    key = store_key(engine, name="Anna")
    with write_session(engine) as session:
        revoke_key(session, key.id, at=NOW)

    with pytest.raises(NameTakenError), write_session(engine) as session:
        add_key(session, make_key(), name="Anna", role=KeyRole.EDITOR, at=NOW)


def test_a_key_is_revoked_once(engine: Engine) -> None:
    key = store_key(engine)

    for at in (NOW, NOW + SECOND):
        with write_session(engine) as session:
            revoke_key(session, key.id, at=at)

    assert find_stored(engine, key).revoked_at == NOW


@pytest.mark.parametrize("key_id", ["aaaaaaaa", "\0"])
def test_a_key_that_is_not_there_cannot_be_revoked(engine: Engine, key_id: str) -> None:
    with pytest.raises(NotFoundError), write_session(engine) as session:
        revoke_key(session, key_id, at=NOW)


@pytest.mark.parametrize(
    ("second_use", "recorded"),
    [
        pytest.param(NOW - SECOND, NOW, id="before"),
        pytest.param(NOW + USE_INTERVAL - SECOND, NOW, id="within the minute"),
        pytest.param(NOW + USE_INTERVAL, NOW + USE_INTERVAL, id="a minute later"),
    ],
)
def test_the_use_of_a_key_is_recorded_once_a_minute(
    engine: Engine, second_use: datetime, recorded: datetime
) -> None:
    key, other = store_key(engine), store_key(engine, name="other")
    record(engine, key, NOW)
    is_due = is_use_due(find_stored(engine, key), at=second_use)

    record(engine, key, second_use)

    assert find_stored(engine, key).last_used_at == recorded
    assert is_due is (recorded == second_use)
    assert find_stored(engine, other).last_used_at is None


def test_the_first_use_of_a_key_is_due(engine: Engine) -> None:
    assert is_use_due(find_stored(engine, store_key(engine)), at=NOW)
