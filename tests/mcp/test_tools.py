"""The tools as they are listed: complete, short, and changed only in sight of a review.

After a change that is meant: `WRITE_MCP_TOOLS=1 pytest tests/mcp/test_tools.py`.
"""

import json
import os
from pathlib import Path

import httpx2
import pytest
from jsonschema import Draft202012Validator
from mcp import Client

from app.mcp.rest import Rest
from app.mcp.server import INSTRUCTIONS, build_server
from app.mcp.tools import TOOLS
from app.settings import ROOT
from tests.mcp.conversations import MODES, Json, converse

SNAPSHOT = Path(__file__).parent / "tools.json"
README = (ROOT / "README.md").read_text(encoding="utf-8")
LISTED: dict[str, Json] = {
    name: tool.list().model_dump(mode="json", by_alias=True, exclude_none=True)
    for name, tool in TOOLS.items()
}
SHOWN_MAX = 8_000
LISTED_MAX = 21_000
"""What every conversation pays for: all of it, and what a model is shown of it."""

every_tool = pytest.mark.parametrize("name", LISTED)


def measure(found: object) -> int:
    return len(json.dumps(found, separators=(",", ":"), ensure_ascii=False))


def test_the_tools_are_the_committed_ones() -> None:
    text = json.dumps(LISTED, indent=1, ensure_ascii=False) + "\n"
    if os.environ.get("WRITE_MCP_TOOLS"):
        SNAPSHOT.write_text(text, encoding="utf-8")

    assert text == SNAPSHOT.read_text(encoding="utf-8")


@pytest.mark.parametrize("mode", MODES)
def test_a_client_is_given_the_tools_and_how_to_use_them(mode: str) -> None:
    async def talk(client: Client) -> tuple[list[str], str | None]:
        tools = (await client.list_tools()).tools
        return [tool.name for tool in tools], client.instructions

    rest = Rest(httpx2.AsyncClient())

    assert converse(build_server(rest), talk, mode) == (list(TOOLS), INSTRUCTIONS)


@every_tool
def test_a_tool_is_said_to_change_nothing(name: str) -> None:
    assert LISTED[name]["annotations"] == {
        "readOnlyHint": True,
        "destructiveHint": False,
        "idempotentHint": True,
        "openWorldHint": False,
    }


@every_tool
def test_a_tool_has_sound_schemas(name: str) -> None:
    for schema in (LISTED[name]["inputSchema"], LISTED[name]["outputSchema"]):
        Draft202012Validator.check_schema(schema)
        assert schema["type"] == "object"


@every_tool
def test_a_tool_takes_nothing_that_it_does_not_name(name: str) -> None:
    assert LISTED[name]["inputSchema"]["additionalProperties"] is False


@every_tool
def test_a_tool_says_what_for_and_when(name: str) -> None:
    words = ("when", "before", "next", "find")

    assert 100 < len(LISTED[name]["description"]) < 500
    assert any(word in LISTED[name]["description"].lower() for word in words)


@every_tool
def test_the_readme_names_every_tool(name: str) -> None:
    assert f"| `{name}` |" in README


def test_what_every_conversation_pays_for_is_bounded() -> None:
    shown = [
        [one["name"], one["description"], one["inputSchema"]] for one in LISTED.values()
    ]

    assert measure(shown) <= SHOWN_MAX
    assert measure(list(LISTED.values())) <= LISTED_MAX
