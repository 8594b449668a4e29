"""Conversations with the MCP server, by the SDK's own client."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import mcp_types as types
import pytest
from fastapi import FastAPI
from mcp import Client
from mcp.server.lowlevel import Server
from mcp.shared.exceptions import MCPError

from app.mcp.rest import connect_app
from app.mcp.server import build_server

Json = dict[str, Any]
T = TypeVar("T")
Where = Any
"""A server of this process, an address, or what starts a program."""

EMERGENCY = {"has": ["saddle-numbness"]}
MODES = ("auto", "legacy")
"""The protocol of 2026-07-28, and the one before it, which begins with a handshake."""


def converse(
    where: Where, talk: Callable[[Client], Awaitable[T]], mode: str = "auto"
) -> T:
    """Return what comes of a conversation."""

    async def run() -> T:
        async with Client(where, mode=mode) as client:
            return await talk(client)

    return asyncio.run(run())


def serve_here(app: FastAPI) -> Server[Any]:
    """Return a server that asks an application in this process."""
    return build_server(connect_app(app))


@dataclass(frozen=True)
class Talker:
    """Calls tools of a server, one conversation a call."""

    where: Where

    def call(self, name: str, **arguments: Any) -> types.CallToolResult:
        return converse(self.where, lambda client: client.call_tool(name, arguments))

    def ask(self, name: str, **arguments: Any) -> Json:
        """Return the answer of a tool as data."""
        return read_answer(self.call(name, **arguments))

    def fail(self, name: str, **arguments: Any) -> str:
        """Return why a tool gives no answer."""
        result = self.call(name, **arguments)
        assert result.is_error
        assert result.structured_content is None
        return read_text(result)


def read_answer(result: types.CallToolResult) -> Json:
    assert not result.is_error, read_text(result)
    answer: Json = result.structured_content
    return answer


def read_text(result: types.CallToolResult) -> str:
    [content] = result.content
    assert isinstance(content, types.TextContent)
    return content.text


async def use_all(client: Client) -> Json:
    """Use all that a server of the small library has, and return what is told."""
    tools = (await client.list_tools()).tools
    templates = (await client.list_resource_templates()).resource_templates
    topics = (await client.list_resources()).resources
    topic = await client.read_resource(topics[0].uri)
    advice = await client.call_tool("recommend_next_steps", {"profile": EMERGENCY})
    refused = await client.call_tool("recommend_next_steps", {"profile": {"x": 1}})
    with pytest.raises(MCPError) as unknown:
        await client.call_tool("diagnose", {})
    with pytest.raises(MCPError) as missing:
        await client.read_resource("whatnext://treatments/yoga")
    [content] = topic.contents
    assert isinstance(content, types.TextResourceContents)
    assert client.server_info
    assert {unknown.value.code, missing.value.code} == {types.INVALID_PARAMS}
    assert refused.is_error
    return {
        "name": client.server_info.name,
        "tools": [tool.name for tool in tools],
        "templates": [one.uri_template for one in templates],
        "topic": content.text,
        "urgency": read_answer(advice)["urgency"],
        "is_text_the_same": json.loads(read_text(advice)) == advice.structured_content,
        "refusals": (read_text(refused), str(unknown.value), str(missing.value)),
    }
