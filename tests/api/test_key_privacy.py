"""A key stands in no log and no problem, and a new one only in its own answer."""

from datetime import datetime

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response
from sqlalchemy import Engine

from app.keys import Key, KeyRole, make_key, parse_key
from tests.api.keys import KEYS, NOW, Clock, bearer, store_key
from tests.api.printing import Printed

ANNA = {"name": "Anna", "role": "editor"}


def assert_untold(key: Key, response: Response, printed: Printed) -> None:
    told = f"{response.text}{response.headers}{printed.read()}"
    assert key.text.rpartition("_")[2] not in told


@pytest.mark.parametrize(
    ("operation", "body", "status"),
    [
        pytest.param(f"GET {KEYS}", None, 200, id="a list"),
        pytest.param(f"POST {KEYS}", ANNA, 201, id="a new key"),
        pytest.param(f"POST {KEYS}", {**ANNA, "name": "admin"}, 409, id="a name taken"),
        pytest.param(f"POST {KEYS}", {"role": 1}, 422, id="a mistake"),
        pytest.param(f"DELETE {KEYS}/aaaaaaaa", None, 404, id="not found"),
        pytest.param(f"PATCH {KEYS}", None, 405, id="another method"),
    ],
)
def test_a_key_that_is_used_is_told_nowhere(
    keyed_client: TestClient,
    engine: Engine,
    printed: Printed,
    operation: str,
    body: object,
    status: int,
) -> None:
    key = store_key(engine)

    response = keyed_client.request(*operation.split(), json=body, headers=bearer(key))

    assert response.status_code == status
    assert_untold(key, response, printed)


def test_a_key_that_is_refused_is_told_nowhere(
    keyed_client: TestClient, engine: Engine, printed: Printed
) -> None:
    keys = {
        make_key(): 401,
        Key("", f"{make_key().text}x"): 401,
        store_key(engine, name="expired", expires_at=NOW): 401,
        store_key(engine, KeyRole.EDITOR): 403,
    }

    for key, status in keys.items():
        response = keyed_client.get(KEYS, headers=bearer(key))

        assert response.status_code == status
        assert_untold(key, response, printed)


def test_a_new_key_is_told_in_its_answer_only(
    keyed_client: TestClient, engine: Engine, printed: Printed
) -> None:
    admin = store_key(engine)

    response = keyed_client.post(KEYS, json=ANNA, headers=bearer(admin))

    new = parse_key(response.json()["key"])
    assert new is not None
    assert new.text not in f"{response.headers}{printed.read()}"


def test_a_key_is_told_nowhere_when_the_database_is_broken(
    keyed_client: TestClient, engine: Engine, printed: Printed
) -> None:
    key = store_key(engine)
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE apikey")

    response = keyed_client.get(KEYS, headers=bearer(key))

    assert response.status_code == 503
    assert_untold(key, response, printed)


def test_a_key_is_told_nowhere_by_a_crash(
    keyed_client: TestClient, engine: Engine, clock: Clock, printed: Printed
) -> None:
    key = store_key(engine, expires_at=NOW)
    clock.now = datetime(2026, 11, 22)  # noqa: DTZ001 - what no clock may say

    response = keyed_client.get(KEYS, headers=bearer(key))

    assert response.status_code == 500
    assert_untold(key, response, printed)
