"""What an installation may lack: packages that only a part of it needs."""

from importlib.util import find_spec

from app.cli.stores import MisusedError

_MCP_MISSING = (
    "MCP is an extra, and is not installed: install requirements-mcp.lock, "
    "or whatnext[mcp]."
)


def require_mcp() -> None:
    """Raise `MisusedError` if the packages of MCP are not there."""
    if find_spec("mcp") is None:
        raise MisusedError(_MCP_MISSING)
