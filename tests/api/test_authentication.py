"""How a key is read, what is said when it is refused, and when its use is recorded."""

from datetime import timedelta

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import Engine

from app.database import write_session
from app.keys import Key, KeyRole, make_key
from app.queries.keys import revoke_key
from tests.api.asking import ORIGIN, RECOMMENDATIONS, read_problem
from tests.api.keys import KEYS, NOW, Clock, bearer, find_stored, store_key

MINUTE, SECOND = timedelta(minutes=1), timedelta(seconds=1)


def refusal(client: TestClient, key: Key) -> str:
    detail: str = read_problem(client.get(KEYS, headers=bearer(key)), 401)["detail"]
    return detail


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER"])
def test_the_scheme_may_be_written_in_any_case(
    keyed_client: TestClient, engine: Engine, scheme: str
) -> None:
    key = store_key(engine)

    response = keyed_client.get(KEYS, headers={"authorization": f"{scheme} {key.text}"})

    assert response.status_code == 200


every_mistake = pytest.mark.parametrize(
    ("query", "body"),
    [
        pytest.param("?zzz=1", b"{}", id="an unknown parameter"),
        pytest.param("", b"{", id="what is not JSON"),
        pytest.param("", b"\xff", id="what is no text"),
        pytest.param("", b'{"name": 1}', id="a mistake"),
    ],
)


@every_mistake
def test_nothing_is_said_of_a_request_without_a_key(
    keyed_client: TestClient, query: str, body: bytes
) -> None:
    headers = {"content-type": "application/json"}

    response = keyed_client.post(f"{KEYS}{query}", content=body, headers=headers)

    assert "Authorization: Bearer" in read_problem(response, 401)["detail"]


@every_mistake
def test_nothing_is_said_of_a_request_with_too_low_a_role(
    keyed_client: TestClient, engine: Engine, query: str, body: bytes
) -> None:
    key = store_key(engine, KeyRole.PUBLISHER)
    headers = {"content-type": "application/json", **bearer(key)}

    response = keyed_client.post(f"{KEYS}{query}", content=body, headers=headers)

    assert "role admin" in read_problem(response, 403)["detail"]


def test_an_unknown_key_and_a_wrong_secret_are_told_alike(
    keyed_client: TestClient, engine: Engine
) -> None:
    key, unknown = store_key(engine), make_key()
    guessed = Key(key.id, unknown.text.replace(unknown.id, key.id))

    assert refusal(keyed_client, unknown) == "There is no such key."
    assert refusal(keyed_client, guessed) == "There is no such key."


def test_only_who_has_the_key_is_told_that_it_was_revoked(
    keyed_client: TestClient, engine: Engine
) -> None:
    key, unknown = store_key(engine), make_key()
    guessed = Key(key.id, unknown.text.replace(unknown.id, key.id))

    with write_session(engine) as session:
        revoke_key(session, key.id, at=NOW)

    assert refusal(keyed_client, key) == "The key was revoked."
    assert refusal(keyed_client, guessed) == "There is no such key."


@pytest.mark.parametrize(
    ("before_the_end", "status"), [(SECOND, 200), (0 * SECOND, 401), (-SECOND, 401)]
)
def test_a_key_is_good_until_it_expires(
    keyed_client: TestClient,
    engine: Engine,
    clock: Clock,
    before_the_end: timedelta,
    status: int,
) -> None:
    key = store_key(engine, expires_at=NOW + MINUTE)
    clock.now = NOW + MINUTE - before_the_end

    response = keyed_client.get(KEYS, headers=bearer(key))

    assert response.status_code == status
    assert status == 200 or "The key has expired." in response.text


def test_a_refused_role_is_told_which_is_needed(
    keyed_client: TestClient, engine: Engine
) -> None:
    key = store_key(engine, KeyRole.PUBLISHER)

    response = keyed_client.get(KEYS, headers=bearer(key))

    detail = "This needs a key with the role admin."
    assert read_problem(response, 403)["detail"] == detail


def test_a_write_is_recorded_at_most_once_a_minute(
    keyed_client: TestClient, engine: Engine, clock: Clock
) -> None:
    key = store_key(engine)
    recorded = []

    for after in (0 * SECOND, MINUTE - SECOND, MINUTE, MINUTE + SECOND):
        clock.now = NOW + after
        keyed_client.delete(f"{KEYS}/aaaaaaaa", headers=bearer(key))
        recorded.append(find_stored(engine, key).last_used_at)

    assert recorded == [NOW, NOW, NOW + MINUTE, NOW + MINUTE]


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_read_is_never_recorded(
    keyed_client: TestClient, engine: Engine, method: str
) -> None:
    key = store_key(engine)

    response = keyed_client.request(method, KEYS, headers=bearer(key))

    assert response.status_code == 200
    assert find_stored(engine, key).last_used_at is None


def test_what_is_open_records_no_use(keyed_client: TestClient, engine: Engine) -> None:
    key = store_key(engine)

    keyed_client.post(RECOMMENDATIONS, json={}, headers=bearer(key))

    assert find_stored(engine, key).last_used_at is None


def test_a_key_that_is_refused_is_not_recorded(
    keyed_client: TestClient, engine: Engine
) -> None:
    key = store_key(engine, expires_at=NOW)

    keyed_client.post(KEYS, json={}, headers=bearer(key))

    assert find_stored(engine, key).last_used_at is None


def test_the_document_says_how_a_key_is_sent(app: FastAPI) -> None:
    [scheme] = app.openapi()["components"]["securitySchemes"].values()

    assert (scheme["type"], scheme["scheme"]) == ("http", "bearer")


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
def test_what_needs_a_key_may_be_read_by_no_other_origin(
    keyed_client: TestClient, engine: Engine, method: str
) -> None:
    for headers in (bearer(store_key(engine)), {}):
        response = keyed_client.request(method, KEYS, headers={**headers, **ORIGIN})

        assert not [one for one in response.headers if one.startswith("access-control")]


@pytest.mark.parametrize("wanted", ["authorization", "content-type, Authorization"])
@pytest.mark.parametrize("address", [KEYS, RECOMMENDATIONS])
def test_a_browser_may_send_no_key_from_another_origin(
    keyed_client: TestClient, address: str, wanted: str
) -> None:
    asked = {
        **ORIGIN,
        "access-control-request-method": "POST",
        "access-control-request-headers": wanted,
    }

    response = keyed_client.options(address, headers=asked)

    assert "key" in read_problem(response, 400)["detail"]
    assert "access-control-allow-origin" not in response.headers
