"""MCP on standard input and output, as programs start it on their own machine."""

import asyncio

from mcp.server.stdio import stdio_server

from app.main import create_app
from app.mcp.failures import keep_silent
from app.mcp.rest import Rest, connect_app, connect_server
from app.mcp.server import build_server
from app.settings import Settings


def run(settings: Settings, address: str | None) -> None:
    """Answer until the input ends: from a server, else from the database."""
    keep_silent()
    if address:
        asyncio.run(_serve(connect_server(address)))
        return
    app = create_app(settings)
    try:
        asyncio.run(_serve(connect_app(app)))
    finally:
        app.state.engine.dispose()


async def _serve(rest: Rest) -> None:
    server = build_server(rest)
    async with stdio_server() as (reads, writes):
        await server.run(reads, writes, server.create_initialization_options())
