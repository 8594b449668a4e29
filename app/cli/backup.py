"""The command that backs a database up while it is used."""

from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import Engine

from app.cli.configuration import read_settings
from app.cli.new_file import making
from app.cli.pg_dump import dump_database
from app.cli.progress import step
from app.cli.reports import reporting
from app.cli.sqlite_copy import copy_database
from app.database import build_engine

File = Annotated[Path, typer.Argument(help="The file to make; none may be there yet.")]


@reporting()
def backup(file: File) -> None:
    """Write all of the database into a new file, and check what was written.

    SQLite is copied, and PostgreSQL dumped by pg_dump, which must be on PATH. Who
    publishes meanwhile need not wait. The file is written whole or not at all.
    """
    engine = build_engine(read_settings().database_url)
    try:
        with step("Backing up"), making(file) as draft:
            held = _write(engine, draft, file)
    finally:
        engine.dispose()
    typer.echo(f"{file}: {held}, {file.stat().st_size:,} bytes.")


def _write(engine: Engine, draft: Path, file: Path) -> str:
    if engine.dialect.name == "sqlite":
        return copy_database(engine, draft)
    return dump_database(engine, draft, file)
