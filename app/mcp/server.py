"""The MCP server: tools and resources, all of them answered by the REST API."""

from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from typing import Any

import mcp_types as types
from mcp.server.caching import CacheHint
from mcp.server.context import ServerRequestContext
from mcp.server.lowlevel import Server
from mcp.shared.exceptions import MCPError

from app.mcp import resources
from app.mcp.failures import guarding
from app.mcp.rest import RefusedError, Rest
from app.mcp.tools import TOOLS

Context = ServerRequestContext[Any]

INSTRUCTIONS = (
    "What next, when a treatment did not work? General information, not medical "
    "advice, and no diagnosis. An emergency comes first: check_warning_signs whenever "
    "something new is told. Ask, do not guess: what a person did not tell is unknown, "
    "and list_questions says what to ask. Keep the profile yourself, nothing is "
    "stored; leave out names, dates of birth and the like. Say what the tools say, "
    "with its sources (whatnext://references/{slug})."
)
_PUBLIC = CacheHint(ttl_ms=60_000, scope="public")


def build_server(rest: Rest) -> Server[Any]:
    """Return a server that asks an API for all that it says."""
    desk = _Desk(rest)
    server: Server[Any] = Server(
        "whatnext",
        version=version("whatnext"),
        instructions=INSTRUCTIONS,
        cache_hints={"tools/list": _PUBLIC, "resources/templates/list": _PUBLIC},
        on_list_tools=desk.list_tools,
        on_call_tool=desk.call_tool,
        on_list_resources=desk.list_resources,
        on_list_resource_templates=desk.list_templates,
        on_read_resource=desk.read_resource,
    )
    # The one that is there would record what a handler raises.
    server.middleware.clear()
    return server


@cache
def _list_tools() -> tuple[types.Tool, ...]:
    """List every tool once: each conversation begins with it, and it takes long."""
    return tuple(tool.list() for tool in TOOLS.values())


@dataclass(frozen=True, slots=True)
class _Desk:
    """Answers each kind of request."""

    rest: Rest

    async def list_tools(
        self, _: Context, __: types.PaginatedRequestParams | None
    ) -> types.ListToolsResult:
        return types.ListToolsResult(tools=[*_list_tools()])

    async def call_tool(
        self, _: Context, asked: types.CallToolRequestParams
    ) -> types.CallToolResult:
        tool = TOOLS.get(asked.name)
        if tool is None:
            raise _invalid(f"No such tool. There are: {', '.join(TOOLS)}.")
        try:
            with guarding():
                return await tool.call(self.rest, asked.arguments or {})
        except RefusedError as refused:
            # In a result, so that the model reads it and can do better.
            text = types.TextContent(text=str(refused))
            return types.CallToolResult(content=[text], is_error=True)

    async def list_resources(
        self, _: Context, __: types.PaginatedRequestParams | None
    ) -> types.ListResourcesResult:
        try:
            with guarding():
                return await resources.list_resources(self.rest)
        except RefusedError as refused:
            raise _invalid(str(refused)) from refused

    async def list_templates(
        self, _: Context, __: types.PaginatedRequestParams | None
    ) -> types.ListResourceTemplatesResult:
        return resources.list_templates()

    async def read_resource(
        self, _: Context, asked: types.ReadResourceRequestParams
    ) -> types.ReadResourceResult:
        try:
            with guarding():
                return await resources.read_resource(self.rest, asked.uri)
        except RefusedError as refused:
            raise _invalid(str(refused)) from refused


def _invalid(message: str) -> MCPError:
    return MCPError(code=types.INVALID_PARAMS, message=message)
