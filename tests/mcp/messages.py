"""Messages as they go over the wire, for what no client of the SDK would send."""

from typing import Any

from httpx2 import Response
from starlette.testclient import TestClient

Json = dict[str, Any]

ACCEPTS = {"accept": "application/json, text/event-stream"}
_META = {
    "io.modelcontextprotocol/protocolVersion": "2026-07-28",
    "io.modelcontextprotocol/clientInfo": {"name": "test", "version": "1"},
    "io.modelcontextprotocol/clientCapabilities": {},
}


def make_message(method: str, **params: Any) -> Json:
    return {"jsonrpc": "2.0", "id": 1, "method": method, "params": params}


def make_call(name: str, **arguments: Any) -> Json:
    """Return the message that calls a tool."""
    return make_message("tools/call", name=name, arguments=arguments)


def post(client: TestClient, message: Any, **headers: str) -> Response:
    return client.post("/mcp", json=message, headers={**ACCEPTS, **headers})


def post_new(client: TestClient, message: Json) -> Response:
    """Send a message as the protocol of 2026-07-28 has it."""
    params = message["params"]
    headers = {
        "mcp-protocol-version": "2026-07-28",
        "mcp-method": message["method"],
        "mcp-name": str(params.get("name") or params.get("uri") or ""),
    }
    told = {**message, "params": {**params, "_meta": _META}}
    return post(client, told, **{name: one for name, one in headers.items() if one})
