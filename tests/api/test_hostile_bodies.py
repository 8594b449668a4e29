"""Whatever stands in a body: it is a problem of the client, and is never repeated."""

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from app.keys import KeyRole
from tests.api.asking import RECOMMENDATIONS, Json, read_problem
from tests.api.hostile import (
    CANARY,
    DEEP,
    KINDS_OF_CONTENT,
    VALUES,
    list_codings,
    list_damages,
    nest,
)
from tests.api.keys import KEYS, bearer, store_key
from tests.api.publishing import RELEASES, YOGA, YOGA_PATH, publish_small
from tests.databases import Databases, making_app

# They are refused before a database is asked.
DATABASES = ("sqlite",)

REFUSED = (400, 413, 415, 422)
JSON = "application/json"


@dataclass(frozen=True)
class Operation:
    """An operation, the least that it takes, and places in a body for anything else."""

    method: str
    path: str
    least: Json
    places: tuple[str, ...]
    status: int = 200

    def __str__(self) -> str:
        return f"{self.method} {self.path.partition('?')[0]}"


TRIAL = "?dry_run=true"
OPERATIONS = (
    Operation(
        "POST",
        RECOMMENDATIONS,
        {"profile": {"age": 58}},
        (
            "%s",
            '{"profile": %s}',
            '{"profile": {"age": %s}}',
            '{"profile": {"has": [%s]}}',
            '{"profile": {"tried": {"walking": %s}}}',
            '{"topic": %s}',
            f'{{"profile": {{"{CANARY}": %s}}}}',
        ),
    ),
    Operation(
        "POST",
        "/v1/compare",
        {"treatments": ["walking", "facet-joint-injection"]},
        ("%s", '{"treatments": %s}', '{"treatments": ["walking", %s]}'),
    ),
    Operation("POST", "/v1/quotes/verify", {"text": "Walk."}, ("%s", '{"text": %s}')),
    Operation(
        "POST",
        KEYS,
        {"name": "Of a test", "role": "editor"},
        (
            "%s",
            '{"name": %s, "role": "editor"}',
            '{"name": "Never made", "role": "editor", "expires_at": %s}',
        ),
        201,
    ),
    Operation(
        "POST",
        f"{RELEASES}{TRIAL}",
        {"mode": "merge", "entries": {"treatments": [YOGA]}},
        (
            "%s",
            '{"mode": "merge", "note": %s}',
            '{"mode": "merge", "entries": %s}',
            '{"mode": "merge", "entries": {"treatments": %s}}',
            '{"mode": "merge", "removed": {"treatments": %s}}',
        ),
    ),
    Operation(
        "PUT",
        f"{YOGA_PATH}{TRIAL}",
        YOGA,
        ("%s", '{"name": %s}', '{"evidence": %s}', '{"avoid_when": [{"when": %s}]}'),
    ),
)

every_operation = pytest.mark.parametrize("operation", OPERATIONS, ids=str)


@pytest.fixture(scope="module")
def client(databases: Databases) -> Iterator[TestClient]:
    """An admin of an application that serves the small library."""
    with databases.opened(publish_small) as engine, making_app(engine) as app:
        headers = bearer(store_key(engine, KeyRole.ADMIN))
        with TestClient(app, raise_server_exceptions=False, headers=headers) as client:
            yield client


def send(
    client: TestClient, operation: Operation, raw: bytes, **headers: str
) -> Response:
    named = {name.replace("_", "-"): text for name, text in headers.items()}
    named = {"content-type": JSON, **named}
    return client.request(operation.method, operation.path, content=raw, headers=named)


def read_refusal(response: Response) -> Json:
    """Return a problem with the status of a mistake in the body."""
    assert response.status_code in REFUSED, response.text[:500]
    # Only content of the library is repeated, to those who write it.
    is_content = response.request.url.path.startswith((RELEASES, YOGA_PATH))
    assert is_content or CANARY not in response.text
    return read_problem(response, response.status_code)


@every_operation
def test_the_least_is_taken(client: TestClient, operation: Operation) -> None:
    raw = json.dumps(operation.least).encode()

    for kind in (
        JSON,
        "application/json; charset=utf-8",
        'Application/JSON;charset="UTF-8"',
    ):
        response = send(client, operation, raw, content_type=kind)

        assert response.status_code in (operation.status, 409), response.text


@every_operation
@pytest.mark.parametrize("value", VALUES.values(), ids=VALUES)
def test_a_hostile_value_is_refused_wherever_it_stands(
    client: TestClient, operation: Operation, value: str
) -> None:
    for place in operation.places:
        read_refusal(send(client, operation, (place % value).encode()))


@every_operation
@pytest.mark.parametrize("coding", list_codings("{}"))
def test_what_is_not_plain_utf8_is_refused(
    client: TestClient, operation: Operation, coding: str
) -> None:
    raw = list_codings(json.dumps(operation.least))[coding]

    problem = read_refusal(send(client, operation, raw))

    assert problem["detail"] == "The body is not valid JSON."


@every_operation
@pytest.mark.parametrize("damage", list_damages("{}"))
def test_what_is_not_whole_is_refused(
    client: TestClient, operation: Operation, damage: str
) -> None:
    raw = list_damages(json.dumps(operation.least))[damage]

    read_refusal(send(client, operation, raw))


@every_operation
@pytest.mark.parametrize("kind", KINDS_OF_CONTENT)
def test_another_type_or_charset_is_refused_and_the_right_one_named(
    client: TestClient, operation: Operation, kind: str
) -> None:
    raw = json.dumps(operation.least).encode()

    problem = read_problem(send(client, operation, raw, content_type=kind), 415)

    assert "application/json" in problem["detail"]


@every_operation
@pytest.mark.parametrize("coding", ["gzip", "br", "deflate", "identity, gzip", "x"])
def test_a_body_that_is_made_smaller_is_refused(
    client: TestClient, operation: Operation, coding: str
) -> None:
    raw = gzip.compress(json.dumps(operation.least).encode())

    read_problem(send(client, operation, raw, content_encoding=coding), 415)


@pytest.mark.parametrize("operation", OPERATIONS[-2:], ids=str)
@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(nest(DEEP, "[", "", "]"), id="lists"),
        pytest.param(nest(DEEP, '{"a":', "1", "}"), id="objects"),
        pytest.param(nest(DEEP, '[{"a":', "1", "}]"), id="both"),
        pytest.param("[" * DEEP, id="not closed"),
        pytest.param('{"entries":' + nest(DEEP, "[", "", "]") + "}", id="inside"),
    ],
)
def test_what_may_be_large_may_not_be_deep(
    client: TestClient, operation: Operation, raw: str
) -> None:
    read_refusal(send(client, operation, raw.encode()))


def test_a_refused_body_leaves_the_server_as_it_was(client: TestClient) -> None:
    assert client.get("/v1/meta").json()["release"] == 1
