"""`whatnext serve` answers MCP beside REST, if the settings want it."""

import pytest

from tests.databases import show_url
from tests.mcp.conversations import Json, converse, use_all
from tests.processes import serving
from tests.shell import Place

# It starts processes, which ask the API alone.
DATABASES = ("sqlite",)


def test_serve_answers_mcp_where_it_is_wanted(
    bare_place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    url = show_url(bare_place.engine)

    with serving(url, bare_place.directory, MCP="true") as served:
        told: Json = converse(f"http://127.0.0.1:{served.port}/mcp", use_all)
        health = served.ask("/healthz")

    assert told["urgency"]["level"] == "emergency"
    assert health.status == 200


def test_serve_answers_no_mcp_otherwise(bare_place: Place) -> None:
    with serving(show_url(bare_place.engine), bare_place.directory) as served:
        answer = served.ask("/mcp")

    assert (answer.status, answer.json()["detail"]) == (404, "Not Found")
