"""The command that copies another database into an empty one: to move, or move back."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Annotated

import typer
from pydantic import ValidationError
from sqlalchemy import Engine

from app.cli.configuration import read_settings
from app.cli.database import open_database
from app.cli.migrations import find_newest
from app.cli.progress import step
from app.cli.reports import reporting
from app.content.log_copy import read_copy, write_copy
from app.database import build_engine
from app.settings import Settings

Source = Annotated[
    str,
    typer.Argument(metavar="FROM", help="The URL of the database to copy from."),
]


@reporting()
def copy(source: Source) -> None:
    """Copy every release and key of a database into the empty one of DATABASE_URL.

    All of it is copied or nothing, and only from a log whose checksums are right. What
    is published there afterwards stays behind: stop what uses it first.
    """
    read_settings()
    with step("Reading the database to copy from"), _open_source(source) as engine:
        found = read_copy(engine, newest=find_newest())
    with step("Copying"), open_database() as engine:
        write_copy(engine, found, at=datetime.now(UTC))
    releases, keys = len(found.rows.releases), len(found.rows.keys)
    typer.echo(f"Copied. Releases: {releases}, keys: {keys}.")


@contextmanager
def _open_source(url: str) -> Iterator[Engine]:
    engine = build_engine(_read_url(url))
    try:
        yield engine
    finally:
        engine.dispose()


def _read_url(url: str) -> str:
    """Return what may be a DATABASE_URL, or exit 2 without telling what was given."""
    try:
        return Settings(database_url=url).database_url
    except ValidationError as error:
        [found] = error.errors(include_input=False)
        detail = found["msg"].removeprefix("Value error, ")
        raise typer.BadParameter(detail, param_hint="FROM") from error
