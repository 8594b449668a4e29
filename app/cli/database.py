"""Opens the database of the settings for a command, and reads releases from it."""

from collections.abc import Iterator
from contextlib import contextmanager

import typer
from sqlalchemy import Engine

from app.cli.configuration import read_settings
from app.cli.migrations import migrate
from app.content.log import read_bundle
from app.database import build_engine, read_session
from app.library.bundle import Bundle
from app.queries.releases import find_release, load_documents


@contextmanager
def open_database() -> Iterator[Engine]:
    """Yield the database, with the newest schema."""
    url = read_settings().database_url
    migrate()
    engine = build_engine(url)
    try:
        yield engine
    finally:
        engine.dispose()


def load_release(engine: Engine, number: int | None = None) -> tuple[int, Bundle]:
    """Return a release, the present one if none is named, or say why not and exit 1."""
    with read_session(engine) as session:
        present = find_release(session)
        if present is None:
            typer.echo("Nothing has been published yet.", err=True)
            raise typer.Exit(1)
        wanted = present.number if number is None else number
        if wanted > present.number:
            newest = _say_newest(present.number)
            typer.echo(f"There is no release {wanted}: {newest}.", err=True)
            raise typer.Exit(1)
        return wanted, read_bundle(load_documents(session, release=wanted))


def _say_newest(newest: int) -> str:
    return "there is only 1" if newest == 1 else f"there are 1 to {newest}"
