"""Commands on API keys: create, list, revoke."""

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from app.cli.database import open_database
from app.cli.help_texts import show_examples
from app.cli.reports import reporting
from app.database import read_session, write_session
from app.keys import NAME_RULE, KeyRole, is_key_name, make_key
from app.queries.keys import add_key, list_keys, revoke_key
from app.tables import ApiKey

Name = Annotated[str, typer.Option(help="Whose key it is, or what for; kept for good.")]
Role = Annotated[KeyRole, typer.Option(help="What the key may do.")]
Expires = Annotated[
    str | None,
    typer.Option(help="The last day (2027-01-31, UTC), or in how long (90d)."),
]
KeyId = Annotated[str, typer.Argument(help="The id, as `whatnext keys list` shows it.")]

COLUMNS = ("id", "name", "role", "created", "expires", "last used", "revoked")
app = typer.Typer(no_args_is_help=True)


@app.command(
    "create",
    epilog=show_examples(
        "keys create --name Anna --role editor",
        "keys create --name 'Night job' --role publisher --expires 90d",
        "keys create --name Ben --role admin --expires 2027-01-31",
    ),
)
@reporting()
def create(name: Name, role: Role, expires: Expires = None) -> None:
    """Make a key and print it, this once."""
    if not is_key_name(name):
        raise typer.BadParameter(NAME_RULE, param_hint="--name")
    now = datetime.now(UTC)
    expires_at = _read_expires(expires, now) if expires is not None else None
    key = make_key()
    with open_database() as engine, write_session(engine) as session:
        add_key(session, key, name=name, role=role, at=now, expires_at=expires_at)
    # The key alone goes to standard output, so that a script can take it from there.
    typer.echo("It is not shown again: keep it somewhere safe.", err=True)
    typer.echo(key.text)


@app.command("list", epilog=show_examples("keys list"))
@reporting()
def show() -> None:
    """List the keys by name, revoked and expired ones too, but not their secrets."""
    table = Table(box=None)
    for column in COLUMNS:
        table.add_column(column, no_wrap=column != "name", overflow="fold")
    with open_database() as engine, read_session(engine) as session:
        for key in list_keys(session).keys:
            table.add_row(*_describe(key))
    Console().print(table)


@app.command("revoke", epilog=show_examples("keys revoke 4k2mxq7a"))
@reporting()
def revoke(key_id: KeyId) -> None:
    """Revoke a key for good, from now on."""
    with open_database() as engine, write_session(engine) as session:
        revoked = revoke_key(session, key_id, at=datetime.now(UTC))
        line = f"{revoked.name} was revoked at {_say(revoked.revoked_at)}."
    typer.echo(line)


def _read_expires(text: str, now: datetime) -> datetime:
    """Return the end of a day, or of so many days from now, or exit 2."""
    try:
        days = re.fullmatch(r"(\d{1,4})d", text, re.ASCII)
        expires_at = (
            now + timedelta(days=int(days[1]))
            if days
            else datetime.combine(date.fromisoformat(text), time(23, 59, 59), UTC)
        )
    except ValueError as error:
        detail = "Needs a day such as 2027-01-31, or a number of days such as 90d."
        raise typer.BadParameter(detail, param_hint="--expires") from error
    if expires_at <= now:
        raise typer.BadParameter("It has passed already.", param_hint="--expires")
    return expires_at


def _describe(key: ApiKey) -> list[Text]:
    """Return the cells of a row, as plain text: a name may look like markup."""
    moments = (key.created_at, key.expires_at, key.last_used_at, key.revoked_at)
    days = [f"{one:%Y-%m-%d}" if one else "" for one in moments]
    return [Text(cell) for cell in (key.id, key.name, key.role.value, *days)]


def _say(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"
