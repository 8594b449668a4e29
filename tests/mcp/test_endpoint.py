"""`/mcp` answers messages that are posted by those who may; the rest is a problem."""

import socket

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from tests.api.asking import read_problem
from tests.api.printing import Printed
from tests.databases import making_app
from tests.live import serving_live
from tests.mcp.conversations import EMERGENCY
from tests.mcp.messages import ACCEPTS, make_call, make_message, post, post_new

HERE = "http://localhost:8000"
LIST = make_message("tools/list")
CALL = make_call("recommend_next_steps", profile=EMERGENCY)


@pytest.fixture
def client(small_app: FastAPI) -> TestClient:
    """A client that runs nothing at the start and the end of the application."""
    return TestClient(small_app, base_url=HERE)


@pytest.mark.parametrize("send", [post, post_new])
def test_a_message_is_answered_by_itself(client: TestClient, send: object) -> None:
    assert callable(send)

    response = send(client, CALL)

    assert response.status_code == 200
    assert response.headers["content-type"] == "application/json"
    result = response.json()["result"]
    assert result["structuredContent"]["urgency"]["level"] == "emergency"
    # What stands first is read first.
    assert result["content"][0]["text"].startswith('{"urgency":{"level":"emergency"')


def test_a_client_that_takes_json_alone_is_answered(client: TestClient) -> None:
    assert post(client, LIST, accept="application/json").status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        pytest.param({"host": "127.0.0.1:1234"}, id="this machine by number"),
        pytest.param({"host": "[::1]:8000"}, id="this machine by long number"),
        pytest.param({"host": "localhost"}, id="no port"),
        pytest.param({"host": "LocalHost:80"}, id="large letters"),
        pytest.param({"host": "whatnext.example"}, id="a host of the settings"),
        pytest.param({"host": "whatnext.example:8443"}, id="its port"),
        pytest.param({"origin": "http://localhost:6274"}, id="a page of this machine"),
        pytest.param({"origin": "https://[::1]"}, id="a page by long number"),
        pytest.param(
            {"origin": "https://chat.example"}, id="an origin of the settings"
        ),
    ],
)
def test_this_machine_and_those_of_the_settings_may_ask(
    client: TestClient, headers: dict[str, str]
) -> None:
    assert post(client, LIST, **headers).status_code == 200


@pytest.mark.parametrize(
    ("headers", "status", "setting"),
    [
        pytest.param({"host": "evil.example"}, 421, "HOSTS", id="a host"),
        pytest.param({"host": "localhost.evil"}, 421, "HOSTS", id="a longer host"),
        pytest.param({"host": ""}, 421, "HOSTS", id="no host"),
        pytest.param({"origin": "https://evil.example"}, 403, "MCP_ORIGINS", id="page"),
        pytest.param({"origin": "null"}, 403, "MCP_ORIGINS", id="a page of nowhere"),
        pytest.param({"origin": ""}, 403, "MCP_ORIGINS", id="an empty origin"),
        pytest.param(
            {"origin": "http://chat.example"}, 403, "MCP_ORIGINS", id="without TLS"
        ),
        pytest.param(
            {"origin": "https://localhost.evil"}, 403, "MCP_ORIGINS", id="a longer one"
        ),
        pytest.param({"origin": "file://localhost"}, 403, "MCP_ORIGINS", id="a file"),
    ],
)
def test_others_may_not_ask(
    client: TestClient, headers: dict[str, str], status: int, setting: str
) -> None:
    assert setting in read_problem(post(client, CALL, **headers), status)["detail"]


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE"])
def test_nothing_is_sent_that_was_not_asked_for(
    client: TestClient, method: str
) -> None:
    response = client.request(method, "/mcp", headers=ACCEPTS)

    assert response.status_code == 405
    assert response.headers["allow"] == "POST"


def test_there_is_no_other_address(client: TestClient) -> None:
    response = client.post("/mcp/", json=LIST, follow_redirects=False)

    read_problem(response, 404)


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded"])
def test_what_a_form_could_send_is_refused(client: TestClient, kind: str) -> None:
    headers = {**ACCEPTS, "content-type": kind}

    read_problem(client.post("/mcp", content=b"{}", headers=headers), 415)


def test_a_large_message_is_refused(client: TestClient) -> None:
    read_problem(post(client, make_call("search_library", q="x" * 70_000)), 413)


def test_who_hangs_up_in_the_middle_of_a_message_crashes_nothing(
    small_app: FastAPI, printed: Printed
) -> None:
    head = (
        "POST /mcp HTTP/1.1\r\nHost: localhost\r\n"
        "Content-Type: application/json\r\nContent-Length: 50\r\n\r\n{"
    )
    # It waits for what has begun before it ends.
    with (
        serving_live(small_app) as port,
        socket.create_connection(("127.0.0.1", port), timeout=30) as connection,
    ):
        connection.sendall(head.encode())

    [logged] = printed.read_events("request")
    assert (logged["route"], logged["status"]) == ("/mcp", 400)
    assert printed.read_events("crash") == []


def test_mcp_is_not_there_unless_it_is_wanted(small_app: FastAPI) -> None:
    with making_app(small_app.state.engine) as plain:
        response = post(TestClient(plain, base_url=HERE), LIST)

    read_problem(response, 404)


def test_mcp_changes_nothing_of_the_contract(small_app: FastAPI) -> None:
    assert "/mcp" not in small_app.openapi()["paths"]
