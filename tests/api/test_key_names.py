"""Which key published what: told to who shows a good key, and to nobody else."""

from datetime import timedelta

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response
from sqlalchemy import Engine

from app.database import write_session
from app.keys import Key, KeyRole, make_key
from app.queries.keys import revoke_key
from tests.api.asking import Json
from tests.api.history import NAMES, RELEASES, YOGA, publish_past
from tests.api.keys import NOW, Clock, bearer, find_stored, store_key

READS = (RELEASES, f"{RELEASES}/3", f"{YOGA}/revisions")
MINUTE = timedelta(minutes=1)

every_read = pytest.mark.parametrize("address", READS)
FILLED = {"reader": publish_past}


@pytest.fixture
def reader(keyed_client: TestClient) -> TestClient:
    """A client of an application with five releases, whose time stands still."""
    return keyed_client


def ask(client: TestClient, address: str, key: Key, **headers: str) -> Response:
    response = client.get(address, headers={**bearer(key), **headers})
    assert response.status_code == 200, response.text
    return response


def names(response: Response) -> list[str | None]:
    """Return the names that a list tells."""
    items: list[Json] = response.json()["items"]
    return [one["published_by"] for one in items]


def test_releases_name_the_keys_that_published(
    reader: TestClient, engine: Engine
) -> None:
    response = ask(reader, RELEASES, store_key(engine))

    assert names(response) == list(reversed(NAMES))


def test_a_release_names_the_key_that_published_it(
    reader: TestClient, engine: Engine
) -> None:
    response = ask(reader, f"{RELEASES}/3", store_key(engine))

    assert response.json()["published_by"] == "Nightly publisher"


def test_revisions_name_the_keys_that_published(
    reader: TestClient, engine: Engine
) -> None:
    response = ask(reader, f"{YOGA}/revisions", store_key(engine))

    assert names(response) == [None, "Anna", "Nightly publisher", "Anna"]


@every_read
@pytest.mark.parametrize("role", KeyRole)
def test_every_role_is_told_the_names_and_else_the_same(
    reader: TestClient, engine: Engine, address: str, role: KeyRole
) -> None:
    told: Json = ask(reader, address, store_key(engine, role)).json()

    for one in told.get("items", [told]):
        del one["published_by"]
    assert told == reader.get(address).json()


@every_read
def test_without_a_key_no_name_is_told(reader: TestClient, address: str) -> None:
    response = reader.get(address)

    assert "published_by" not in response.text
    assert "Anna" not in response.text
    assert "Nightly publisher" not in response.text


@every_read
def test_a_key_that_is_not_good_is_as_good_as_none(
    reader: TestClient, engine: Engine, address: str
) -> None:
    good, revoked, unknown = store_key(engine), store_key(engine, name="r"), make_key()
    with write_session(engine) as session:
        revoke_key(session, revoked.id, at=NOW)
    guessed = Key(good.id, unknown.text.replace(unknown.id, good.id))
    without = reader.get(address)

    for headers in (
        *([*bearer(key).items()] for key in (revoked, unknown, guessed)),
        [*bearer(good).items(), *bearer(good).items()],
        [("authorization", good.text)],
    ):
        response = reader.get(address, headers=headers)
        assert response.content == without.content
        assert response.headers == without.headers


@pytest.mark.parametrize(("after", "told"), [(-MINUTE, len(NAMES)), (0 * MINUTE, 0)])
def test_names_are_told_until_the_key_expires(
    reader: TestClient,
    engine: Engine,
    clock: Clock,
    after: timedelta,
    told: int,
) -> None:
    key = store_key(engine, expires_at=NOW + MINUTE)
    clock.now = NOW + MINUTE + after

    response = ask(reader, RELEASES, key)

    assert response.text.count("published_by") == told


@every_read
def test_no_cache_keeps_the_names(
    reader: TestClient, engine: Engine, address: str
) -> None:
    response = ask(reader, address, store_key(engine))

    assert response.headers["cache-control"] == "private, no-store"
    assert "etag" not in response.headers
    assert "last-modified" not in response.headers
    assert response.headers["library-release"] == "5"


@every_read
def test_no_cache_gives_who_shows_a_key_what_it_keeps_for_others(
    reader: TestClient, engine: Engine, address: str
) -> None:
    kept = reader.get(address)
    known = {"if-none-match": kept.headers["etag"]}
    since = {"if-modified-since": kept.headers["last-modified"]}
    key = store_key(engine)

    for headers in (known, since):
        assert "published_by" in ask(reader, address, key, **headers).text
        again = reader.get(address, headers=headers)
        assert again.status_code == 304
        assert "Authorization" in again.headers["vary"]
    assert "Authorization" in kept.headers["vary"]


def test_a_key_that_only_reads_is_not_recorded(
    reader: TestClient, engine: Engine
) -> None:
    key = store_key(engine)

    ask(reader, RELEASES, key)

    assert find_stored(engine, key).last_used_at is None
