"""MCP over HTTP, at `/mcp`: each message is a request of its own."""

from typing import Any

import mcp_types as types
from fastapi import FastAPI
from mcp.server.lowlevel import Server
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from mcp.server.transport_security import TransportSecuritySettings
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import Message, Receive, Scope, Send

from app.api.json_bodies import find_refusal
from app.api.problems import problem_response
from app.mcp.failures import keep_silent
from app.mcp.json_reader import read_json
from app.mcp.origins import REFUSAL, Guests
from app.mcp.rest import connect_app
from app.mcp.server import build_server

PATH = "/mcp"
_NO_MESSAGE = "Needs one JSON-RPC 2.0 message, in which no object says a key twice."
# Hosts and origins are checked before it, with problems that say what to do.
_CHECKED = TransportSecuritySettings(enable_dns_rebinding_protection=False)


def add_mcp(app: FastAPI, guests: Guests) -> None:
    """Let an application answer MCP too, from its own API."""
    keep_silent()
    endpoint = McpEndpoint(build_server(connect_app(app)), guests)
    # With POST alone: nothing is sent that was not asked for, and no session is kept.
    app.router.routes.append(Route(PATH, endpoint, methods=["POST"]))


class McpEndpoint:
    """Answers messages, each by itself: it starts and ends with no application."""

    def __init__(self, server: Server[Any], guests: Guests) -> None:
        self._server = server
        self._guests = guests

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        refused = self._refuse(request)
        if refused is None:
            body = await _read_body(request)
            if is_message(body):
                await self._answer(scope, _Replay(body, receive), send)
                return
            refused = _refuse_body()
        await refused(scope, receive, send)

    def _refuse(self, request: Request) -> Response | None:
        if not self._guests.may_ask(request.headers):
            return problem_response(403, REFUSAL)
        wrong = find_refusal(request.headers.get("content-type", ""))
        return problem_response(415, wrong) if wrong else None

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        manager = StreamableHTTPSessionManager(
            self._server, stateless=True, json_response=True, security_settings=_CHECKED
        )
        async with manager.run():
            await manager.handle_request(scope, receive, send)


async def _read_body(request: Request) -> bytes:
    """Return the body; who hangs up in the middle of one has sent no message."""
    try:
        return await request.body()
    except ClientDisconnect:
        return b""


def is_message(body: bytes) -> bool:
    """Say whether it is one message; of anything else the SDK would quote a part."""
    try:
        types.jsonrpc_message_adapter.validate_json(body, by_name=False)
        read_json(body)
    except (ValueError, RecursionError):
        return False
    return True


def _refuse_body() -> Response:
    error = {"code": types.INVALID_REQUEST, "message": _NO_MESSAGE}
    return JSONResponse({"jsonrpc": "2.0", "id": None, "error": error}, 400)


class _Replay:
    """Gives a body that was read once more, and then what comes after it."""

    def __init__(self, body: bytes, receive: Receive) -> None:
        self._body: bytes | None = body
        self._receive = receive

    async def __call__(self) -> Message:
        if self._body is None:
            return await self._receive()
        body, self._body = self._body, None
        return {"type": "http.request", "body": body, "more_body": False}
