"""`/v1/keys`: admins make keys, list them and revoke them."""

from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine

from app.keys import KeyRole, parse_key
from tests.api.asking import Json, follow, get_json, read_fault, read_problem
from tests.api.keys import KEYS, NOW, bearer, find_stored, store_key

EDITOR = {"name": "Anna", "role": "editor"}


@pytest.fixture
def admin(keyed_client: TestClient, engine: Engine) -> TestClient:
    """A client that sends the key of an admin, which is called `admin`."""
    keyed_client.headers.update(bearer(store_key(engine)))
    return keyed_client


def create(client: TestClient, **values: Any) -> Json:
    response = client.post(KEYS, json={**EDITOR, **values})
    assert response.status_code == 201, response.text
    made: Json = response.json()
    return made


def test_a_key_is_made_and_shown(admin: TestClient, engine: Engine) -> None:
    made = create(admin, expires_at="2027-01-31T23:59:59Z")

    key = parse_key(made["key"])
    assert key is not None
    assert made == {
        "id": key.id,
        "name": "Anna",
        "role": "editor",
        "created_at": "2026-11-22T12:00:00Z",
        "expires_at": "2027-01-31T23:59:59Z",
        "revoked_at": None,
        "last_used_at": None,
        "key": key.text,
    }
    assert key.matches(find_stored(engine, key).digest)


def test_a_new_key_opens_what_its_role_may(admin: TestClient) -> None:
    made = create(admin, name="Second", role="admin")

    headers = {"authorization": f"Bearer {made['key']}"}

    assert admin.get(KEYS, headers=headers).status_code == 200


def test_a_key_that_could_not_be_stored_is_not_shown(
    admin: TestClient, engine: Engine
) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE UNIQUE INDEX one_a_role ON apikey (role)")

    response = admin.post(KEYS, json={"name": "Ben", "role": "admin"})

    read_problem(response, 503)
    assert get_json(admin, KEYS)["total"] == 1


def test_a_key_is_never_shown_again(admin: TestClient) -> None:
    made = create(admin)

    listed = admin.get(KEYS)
    revoked = admin.delete(f"{KEYS}/{made['id']}")

    secret = made["key"].rpartition("_")[2]
    assert secret not in f"{listed.text}{listed.headers}{revoked.text}{revoked.headers}"
    assert "digest" not in f"{listed.text}{revoked.text}"


@pytest.mark.parametrize(
    "ask",
    [
        pytest.param(lambda client: client.get(KEYS), id="listed"),
        pytest.param(lambda client: client.post(KEYS, json=EDITOR), id="made"),
        pytest.param(lambda client: client.delete(f"{KEYS}/aaaaaaaa"), id="refused"),
    ],
)
def test_no_answer_about_keys_is_kept(
    admin: TestClient, ask: Callable[[TestClient], Any]
) -> None:
    response = ask(admin)

    assert response.headers["cache-control"] == "no-store"
    assert "etag" not in response.headers


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("2027-01-31T23:59:59Z", "2027-01-31T23:59:59Z"),
        ("2027-02-01T00:59:59+01:00", "2027-01-31T23:59:59Z"),
        ("2026-11-22T12:00:01Z", "2026-11-22T12:00:01Z"),
        (None, None),
    ],
    ids=["UTC", "another zone", "a second from now", "never"],
)
def test_a_key_expires_at_a_moment(
    admin: TestClient, given: str | None, kept: str | None
) -> None:
    made = create(admin, expires_at=given)

    assert made["expires_at"] == kept
    assert get_json(admin, KEYS)["items"][0]["expires_at"] == kept


@pytest.mark.parametrize(
    ("values", "pointer", "detail"),
    [
        pytest.param({"name": ""}, "/name", "not be empty", id="no name"),
        pytest.param({"name": "x" * 81}, "/name", "at most 80", id="a long name"),
        pytest.param({"name": "a\0"}, "/name", "printable", id="a NUL"),
        pytest.param({"name": 5}, "/name", "Needs text", id="a number for a name"),
        pytest.param({"role": "owner"}, "/role", "Valid: admin, editor", id="no role"),
        pytest.param({"expires_at": 0}, "/expires_at", "zone", id="a number"),
        pytest.param({"expires_at": "soon"}, "/expires_at", "zone", id="a word"),
        pytest.param({"expires_at": "2027-01-31"}, "/expires_at", "zone", id="a day"),
        pytest.param({"expires_at": "2027-01-31T23:59:59"}, "/expires_at", "zone",
                     id="no zone"),
        pytest.param({"expires_at": "9999-12-31T23:59:59-14:00"}, "/expires_at",
                     "zone", id="after the end of time"),
        pytest.param({"expires_at": "2026-11-22T12:00:00Z"}, "/expires_at", "passed",
                     id="now"),
        pytest.param({"zzz": 1}, "", "Unknown key. Valid: ", id="an unknown key"),
    ],
)  # fmt: skip
def test_a_wrong_key_is_not_made(
    admin: TestClient, values: Json, pointer: str, detail: str
) -> None:
    response = admin.post(KEYS, json={**EDITOR, **values})

    found, said = read_fault(response)
    assert found == pointer
    assert detail in said
    assert get_json(admin, KEYS)["total"] == 1


def test_what_is_said_twice_is_refused(admin: TestClient) -> None:
    raw = b'{"name": "Anna", "role": "editor", "role": "admin"}'

    response = admin.post(
        KEYS, content=raw, headers={"content-type": "application/json"}
    )

    assert "twice" in read_fault(response)[1]


def test_a_name_is_given_once(admin: TestClient) -> None:
    made = create(admin)
    admin.delete(f"{KEYS}/{made['id']}")

    response = admin.post(KEYS, json=EDITOR)

    assert read_problem(response, 409)["errors"][0]["pointer"] == "/name"
    assert get_json(admin, KEYS)["total"] == 2


def test_keys_are_listed_by_name_with_their_dates(admin: TestClient) -> None:
    made = create(admin)
    admin.delete(f"{KEYS}/{made['id']}")

    page = get_json(admin, KEYS)

    assert (page["total"], page["limit"], page["offset"]) == (2, 20, 0)
    anna, own = page["items"]
    moment = "2026-11-22T12:00:00Z"
    assert {**anna, "key": made["key"]} == {**made, "revoked_at": moment}
    assert (own["name"], own["role"], own["last_used_at"]) == ("admin", "admin", moment)


def test_a_list_of_keys_has_pages(admin: TestClient) -> None:
    for name in ("b", "c", "d"):
        create(admin, name=name)

    pages = [one.json()["items"] for one in follow(admin, f"{KEYS}?limit=3", "next")]

    assert [[key["name"] for key in page] for page in pages] == [
        ["admin", "b", "c"],
        ["d"],
    ]


@pytest.mark.parametrize("query", ["zzz=1", "limit=0", "offset=-1", "sort=role"])
def test_a_list_of_keys_refuses_what_it_does_not_know(
    admin: TestClient, query: str
) -> None:
    response = admin.get(f"{KEYS}?{query}")

    assert read_problem(response, 422)["errors"]


def test_a_revoked_key_opens_nothing_from_then_on(
    admin: TestClient, engine: Engine
) -> None:
    key = store_key(engine, name="other")
    before = admin.get(KEYS, headers=bearer(key))

    revoked = admin.delete(f"{KEYS}/{key.id}")

    assert (before.status_code, revoked.status_code) == (200, 200)
    assert revoked.json()["revoked_at"] == "2026-11-22T12:00:00Z"
    assert admin.get(KEYS, headers=bearer(key)).status_code == 401


def test_revoking_twice_changes_nothing(
    admin: TestClient, engine: Engine, clock: Any
) -> None:
    key = store_key(engine, KeyRole.EDITOR)
    first = admin.delete(f"{KEYS}/{key.id}")
    clock.now = NOW.replace(hour=13)

    second = admin.delete(f"{KEYS}/{key.id}")

    assert second.json() == first.json()


def test_an_admin_may_revoke_the_key_in_use(admin: TestClient, engine: Engine) -> None:
    [own] = get_json(admin, KEYS)["items"]

    response = admin.delete(f"{KEYS}/{own['id']}")

    assert response.status_code == 200
    assert admin.get(KEYS).status_code == 401


@pytest.mark.parametrize("key_id", ["aaaaaaaa", "%00", "admin", "%ff", "a" * 2_000])
def test_a_key_that_is_not_there_is_not_found(admin: TestClient, key_id: str) -> None:
    response = admin.delete(f"{KEYS}/{key_id}")

    assert read_problem(response, 404)["detail"] == "There is no such key."
