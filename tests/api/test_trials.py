"""`dry_run=true`: says what a write would do, changes nothing, and needs no key."""

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine

from app.keys import make_key
from tests.api.asking import ORIGIN, read_fault, read_problem
from tests.api.keys import bearer, find_stored
from tests.api.publishing import (
    RELEASES,
    WALKING_PATH,
    YOGA,
    YOGA_PATH,
    Writer,
    list_entries,
    read_made,
)
from tests.factories import make_treatment
from tests.publishing import stored

TRIAL = {"dry_run": "true"}
MORE = make_treatment(summary="Walk more.")
WRITES = {
    "a merge": ("POST", RELEASES, {"mode": "merge", "entries": {"treatments": [YOGA]}}),
    "a new item": ("PUT", YOGA_PATH, YOGA),
    "an item": ("PUT", WALKING_PATH, MORE),
    "nothing new": ("PUT", WALKING_PATH, make_treatment()),
    "an item less": ("DELETE", "/v1/treatments/pilates", None),
    "a restored release": ("POST", f"{RELEASES}/1/restore", None),
}
every_write = pytest.mark.parametrize("write", WRITES)


@pytest.fixture
def tried(writer: Writer) -> Writer:
    """Anna, and a library that also has pilates since its second release."""
    read_made(writer.put("/v1/treatments/pilates", make_treatment("pilates")))
    return writer


@every_write
def test_a_trial_changes_nothing(tried: Writer, engine: Engine, write: str) -> None:
    method, path, body = WRITES[write]
    before = stored(engine)

    response = tried.client.request(method, path, params=TRIAL, json=body)

    made = read_made(response, 200)
    assert (made["release"], made["is_new"], made["dry_run"]) == (2, False, True)
    assert stored(engine) == before


@every_write
def test_a_page_of_another_origin_may_try_a_write(tried: Writer, write: str) -> None:
    method, path, body = WRITES[write]
    asked = {
        **ORIGIN,
        "access-control-request-method": method,
        "access-control-request-headers": "content-type",
    }

    may_send = tried.client.options(path, params=TRIAL, headers=asked)
    response = tried.client.request(
        method, path, params=TRIAL, json=body, headers=ORIGIN
    )

    assert may_send.status_code == 200
    assert method in may_send.headers["access-control-allow-methods"].split(", ")
    for answer in (may_send, response):
        assert answer.headers["access-control-allow-origin"] == "*"
        assert "access-control-allow-credentials" not in answer.headers
    read_made(response, 200)


@every_write
def test_a_page_of_another_origin_may_not_write(
    tried: Writer, engine: Engine, write: str
) -> None:
    method, path, body = WRITES[write]
    before = stored(engine)

    without = tried.client.request(method, path, json=body, headers=ORIGIN)
    with_key = tried.client.request(
        method, path, json=body, headers={**ORIGIN, **tried.tag(0)}
    )

    assert (without.status_code, with_key.status_code) == (401, 412)
    for answer in (without, with_key):
        assert "access-control-allow-origin" not in answer.headers
    assert stored(engine) == before


@every_write
def test_a_trial_says_what_the_write_then_does(tried: Writer, write: str) -> None:
    method, path, body = WRITES[write]
    trial = tried.client.request(method, path, params=TRIAL, json=body).json()

    made = tried.client.request(method, path, json=body, headers=tried.tag()).json()

    assert (made["diff"], made["significance"]) == (
        trial["diff"],
        trial["significance"],
    )


@pytest.mark.parametrize(
    "key",
    ["Bearer nonsense", f"Bearer {make_key().text}", ""],
    ids=["nonsense", "unknown", "nothing"],
)
def test_a_key_is_ignored_in_a_trial(writer: Writer, key: str) -> None:
    headers = {"authorization": key}

    response = writer.client.put(YOGA_PATH, params=TRIAL, json=YOGA, headers=headers)

    read_made(response, 200)


def test_a_trial_is_no_use_of_a_key(writer: Writer, engine: Engine) -> None:
    headers = bearer(writer.key)

    writer.client.put(YOGA_PATH, params=TRIAL, json=YOGA, headers=headers)

    assert find_stored(engine, writer.key).last_used_at is None


@pytest.mark.parametrize("said", ["1", "True", "yes", ""])
def test_a_trial_is_said_in_one_word(writer: Writer, said: str) -> None:
    response = writer.put(YOGA_PATH, YOGA, dry_run=said)

    assert read_fault(response)[0] == "/query/dry_run"
    assert writer.present() == 1


def test_a_trial_said_twice_is_refused(writer: Writer) -> None:
    address = f"{YOGA_PATH}?dry_run=true&dry_run=true"

    response = writer.client.put(address, json=YOGA, headers=writer.tag())

    assert read_fault(response) == ("/query/dry_run", "It is given twice.")


def test_what_is_no_trial_is_published(writer: Writer) -> None:
    made = read_made(writer.put(YOGA_PATH, YOGA, dry_run="false"))

    assert (made["is_new"], made["dry_run"]) == (True, False)


def test_a_trial_tells_the_mistakes(client: TestClient, writer: Writer) -> None:
    entry = {**YOGA, "related": ["walkin"]}

    response = client.put(YOGA_PATH, params=TRIAL, json=entry)

    assert read_fault(response)[0] == "/related/0"


def test_a_first_release_can_be_tried(client: TestClient) -> None:
    response = client.post(RELEASES, params=TRIAL, json={"entries": list_entries()})

    made = read_made(response, 200)
    assert (made["release"], made["diff"]["against"]) == (0, None)
    read_problem(client.get("/v1/meta"), 503)
