"""The command that serves MCP on standard input and output."""

from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import Annotated

import httpx2
import typer

from app.cli.configuration import read_settings
from app.cli.extras import require_mcp
from app.cli.prepare import make_ready
from app.cli.reports import reporting
from app.settings import Settings


def _check_address(text: str | None) -> str | None:
    """Refuse what is no address, and do not repeat it: it may hold a password."""
    try:
        address = httpx2.URL(text or "http://whatnext")
    except httpx2.InvalidURL:
        address = httpx2.URL("")
    if address.scheme not in ("http", "https") or not address.host or address.userinfo:
        raise typer.BadParameter(
            "Needs an address such as https://whatnext.example.org."
        )
    return text


ServerOption = Annotated[
    str | None,
    typer.Option(
        "--server",
        metavar="URL",
        callback=_check_address,
        help="A whatnext server to ask, in place of DATABASE_URL.",
    ),
]


@reporting()
def mcp(server: ServerOption = None) -> None:
    """Serve the Model Context Protocol on standard input and output.

    For programs that start it themselves, such as chatbots on the same machine.
    """
    require_mcp()
    settings = read_settings()
    if server is None:
        # Standard output belongs to the protocol.
        make_ready(settings, say=partial(typer.echo, err=True))
    # By its name: without the extra nothing of it can be imported.
    run: Callable[[Settings, str | None], None] = import_module("app.mcp.stdio").run
    run(settings, server)
