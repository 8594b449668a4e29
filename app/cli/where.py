"""Where a command works: on the database of the settings, or on a server."""

from typing import Annotated

import httpx2
import typer

from app.cli.connection import Connection
from app.cli.database_store import DatabaseStore
from app.cli.server_store import ServerStore
from app.cli.stores import Store
from app.keys import Key, parse_key

KEY_VARIABLE = "WHATNEXT_API_KEY"


def _refuse_alone(context: typer.Context, key: str | None) -> str | None:
    """Refuse a key that would go nowhere; one in the environment may just stand by."""
    source = context.get_parameter_source("api_key")
    is_typed = source is not None and source.name == "COMMANDLINE"
    if is_typed and context.params.get("server") is None:
        raise typer.BadParameter("Needs --server beside it: a database takes no key.")
    return key


# Read before the key, which is of use there only.
ServerOption = Annotated[
    str | None,
    typer.Option(
        "--server",
        metavar="URL",
        is_eager=True,
        help="A whatnext server to work on, in place of DATABASE_URL.",
    ),
]
KeyOption = Annotated[
    str | None,
    typer.Option(
        "--api-key",
        metavar="KEY",
        envvar=KEY_VARIABLE,
        callback=_refuse_alone,
        help="Whom the server knows you as; better in the environment than here.",
    ),
]


def choose_store(server: str | None, api_key: str | None) -> Store:
    """Return the server that is named, else the database of the settings.

    Raises `BadParameter` if it is no address, or the key is none.
    """
    if server is None:
        return DatabaseStore()
    key = _read_key(api_key) if api_key else None
    return ServerStore(Connection(_read_address(server), key))


# Neither says what was given: an address may hold a password.
def _read_address(text: str) -> httpx2.URL:
    try:
        address = httpx2.URL(text)
    except httpx2.InvalidURL:
        address = httpx2.URL("")
    stray = address.userinfo or address.query or address.fragment
    is_host = address.host and "%" not in address.host
    if address.scheme not in ("http", "https") or not is_host or stray:
        detail = "Needs an address such as https://whatnext.example.org."
        raise typer.BadParameter(detail, param_hint="--server")
    return address


def _read_key(text: str) -> Key:
    key = parse_key(text.strip())
    if key is None:
        detail = "Needs a key as it was shown when it was made: wn_…"
        raise typer.BadParameter(detail, param_hint=f"--api-key or {KEY_VARIABLE}")
    return key
