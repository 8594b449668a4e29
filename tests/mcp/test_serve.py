"""`whatnext serve` answers MCP beside REST, if the settings want it."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.directories import write_directory
from tests.factories import COMPLETE
from tests.mcp.conversations import Json, converse, use_all
from tests.test_serve import Place

# It starts processes, which ask the API alone.
DATABASES = ("sqlite",)


@pytest.fixture
def place(tmp_path: Path, empty_engine: Engine) -> Place:
    """The small library, and a database without tables."""
    return Place(write_directory(tmp_path / "content", COMPLETE), empty_engine)


def test_serve_answers_mcp_where_it_is_wanted(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MCP", "true")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")

    with place.serving() as served:
        told: Json = converse(f"http://127.0.0.1:{served.port}/mcp", use_all)
        health = served.ask("/healthz")

    assert told["urgency"]["level"] == "emergency"
    assert health.status == 200


def test_serve_answers_no_mcp_otherwise(place: Place) -> None:
    with place.serving() as served:
        answer = served.ask("/mcp")

    assert (answer.status, answer.json()["detail"]) == (404, "Not Found")
