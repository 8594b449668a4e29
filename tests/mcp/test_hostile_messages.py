"""Whatever stands in a message: it is refused, or its tool says why it is."""

import json

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response

from app.mcp.endpoint import PATH
from tests.api.hostile import (
    CANARY,
    KINDS_OF_CONTENT,
    VALUES,
    list_codings,
    list_damages,
)
from tests.mcp.messages import ACCEPTS, make_call

METHOD_NOT_FOUND = -32601
LEAST = json.dumps(make_call("recommend_next_steps", profile={"age": 58}))
PLACES = (
    "%s",
    '{"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": %s}',
    '{"jsonrpc": "2.0", "id": 1, "method": %s}',
    LEAST.replace('{"age": 58}', "%s"),
    LEAST.replace("58", "%s"),
    LEAST.replace('"age"', f'"{CANARY}"').replace("58", "%s"),
    LEAST.replace('"recommend_next_steps"', "%s"),
)


@pytest.fixture
def client(small_app: FastAPI) -> TestClient:
    return TestClient(small_app, base_url="http://localhost:8000")


def send(client: TestClient, raw: bytes, kind: str = "application/json") -> Response:
    headers = {**ACCEPTS, "content-type": kind}
    return client.post(PATH, content=raw, headers=headers)


def require_refusal(response: Response) -> None:
    """Require an error of the message, of its tool, or a problem; none repeats it."""
    assert response.status_code in (200, 202, 400, 404, 413, 415), response.text[:500]
    answer = response.json() if response.content else {}
    # Only the name of a method comes back, and no profile is one.
    assert CANARY not in response.text or answer["error"]["code"] == METHOD_NOT_FOUND
    if response.status_code == 200 and "error" not in answer:
        # What is beside the parameters of a list says nothing.
        assert "tools" in answer["result"] or answer["result"]["isError"]


def test_the_least_is_answered(client: TestClient) -> None:
    answer = send(client, LEAST.encode()).json()

    assert not answer["result"]["isError"]


@pytest.mark.parametrize("value", VALUES.values(), ids=VALUES)
def test_a_hostile_value_is_refused_wherever_it_stands(
    client: TestClient, value: str
) -> None:
    for place in PLACES:
        require_refusal(send(client, (place % value).encode()))


@pytest.mark.parametrize("coding", list_codings("{}"))
def test_what_is_not_plain_utf8_is_refused(client: TestClient, coding: str) -> None:
    response = send(client, list_codings(LEAST)[coding])

    assert response.status_code == 400
    require_refusal(response)


@pytest.mark.parametrize("damage", list_damages("{}"))
def test_what_is_not_whole_is_refused(client: TestClient, damage: str) -> None:
    response = send(client, list_damages(LEAST)[damage])

    assert response.status_code == 400
    require_refusal(response)


@pytest.mark.parametrize("kind", KINDS_OF_CONTENT)
def test_another_type_or_charset_is_refused(client: TestClient, kind: str) -> None:
    response = send(client, LEAST.encode(), kind)

    assert response.status_code == 415
