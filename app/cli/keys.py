"""Commands on API keys: create, list, revoke."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text
from sqlalchemy import Engine

from app.cli.configuration import read_settings
from app.cli.migrations import migrate
from app.database import build_engine, read_session, write_session
from app.errors import NameTakenError, NotFoundError
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


@app.command("create")
def create(name: Name, role: Role, expires: Expires = None) -> None:
    """Make a key and print it, this once; exit 1 if the name is taken."""
    if not is_key_name(name):
        raise typer.BadParameter(NAME_RULE, param_hint="--name")
    now = datetime.now(UTC)
    expires_at = _read_expires(expires, now) if expires is not None else None
    key = make_key()
    with _database() as engine:
        try:
            with write_session(engine) as session:
                add_key(
                    session, key, name=name, role=role, at=now, expires_at=expires_at
                )
        except NameTakenError as error:
            raise _report(error) from error
    # The key alone goes to standard output, so that a script can take it from there.
    typer.echo("It is not shown again: keep it somewhere safe.", err=True)
    typer.echo(key.text)


@app.command("list")
def show() -> None:
    """List the keys by name, revoked and expired ones too, but not their secrets."""
    table = Table(box=None)
    for column in COLUMNS:
        table.add_column(column, no_wrap=column != "name", overflow="fold")
    with _database() as engine, read_session(engine) as session:
        for key in list_keys(session).keys:
            table.add_row(*_describe(key))
    Console().print(table)


@app.command("revoke")
def revoke(key_id: KeyId) -> None:
    """Revoke a key for good, from now on; exit 1 if there is no such key."""
    with _database() as engine:
        try:
            with write_session(engine) as session:
                revoked = revoke_key(session, key_id, at=datetime.now(UTC))
                line = f"{revoked.name} was revoked at {_say(revoked.revoked_at)}."
        except NotFoundError as error:
            raise _report(error) from error
    typer.echo(line)


@contextmanager
def _database() -> Iterator[Engine]:
    """Bring the database to the newest schema, and open it."""
    settings = read_settings()
    migrate()
    engine = build_engine(settings.database_url)
    try:
        yield engine
    finally:
        engine.dispose()


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


def _report(error: NameTakenError | NotFoundError) -> typer.Exit:
    typer.echo(str(error), err=True)
    return typer.Exit(1)
