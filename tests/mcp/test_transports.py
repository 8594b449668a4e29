"""The same conversation in every way in which the server is reached, old and new."""

from typing import Any

import httpx2
import pytest
from fastapi import FastAPI
from mcp.client.streamable_http import streamable_http_client

from tests.live import serving_live
from tests.mcp.conversations import MODES, Json, converse, serve_here, use_all


@pytest.fixture(scope="module")
def told(small_app: FastAPI) -> Json:
    """What is told in this process."""
    return converse(serve_here(small_app), use_all)


def test_a_conversation_uses_all_that_there_is(told: Json) -> None:
    assert told["name"] == "whatnext"
    assert len(told["tools"]) == 7
    assert "whatnext://treatments/{slug}" in told["templates"]
    assert told["topic"].startswith("# ")
    assert told["urgency"]["level"] == "emergency"
    assert told["is_text_the_same"]
    profile, tool, treatment = told["refusals"]
    assert "/profile: Unknown key." in profile
    assert tool.startswith(f"No such tool. There are: {', '.join(told['tools'])}.")
    assert treatment == "Not a treatment. Valid: facet-joint-injection, walking."


@pytest.mark.parametrize("mode", MODES)
def test_a_server_in_this_process_tells_the_same(
    small_app: FastAPI, told: Json, mode: str
) -> None:
    assert converse(serve_here(small_app), use_all, mode) == told


@pytest.mark.parametrize("mode", MODES)
def test_http_tells_the_same(small_app: FastAPI, told: Json, mode: str) -> None:
    transport = httpx2.ASGITransport(small_app)
    client = httpx2.AsyncClient(transport=transport)
    there: Any = streamable_http_client("http://localhost/mcp", http_client=client)

    assert converse(there, use_all, mode) == told


@pytest.mark.parametrize("mode", MODES)
def test_a_socket_tells_the_same(
    small_app: FastAPI, told: Json, mode: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with serving_live(small_app) as port:
        assert converse(f"http://127.0.0.1:{port}/mcp", use_all, mode) == told
