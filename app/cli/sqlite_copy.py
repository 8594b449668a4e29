"""Copies a SQLite database, as it is at one moment, while others write to it."""

import sqlite3
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Literal

import sqlalchemy
from sqlalchemy import URL, Engine
from sqlalchemy.pool import NullPool
from sqlmodel import Session

from app.cli.backup_check import check_held
from app.cli.new_file import NewFileError
from app.cli.stores import MisusedError, UnreachableError


def copy_database(source: Engine, into: Path) -> str:
    """Copy a database into a file; return what it then holds, read from there.

    Raises `MisusedError`, `UnreachableError`, `NewFileError` and `UnfitError`.
    """
    path = _find_file(source)
    try:
        with (
            closing(_open(path, "rw")) as present,
            closing(_open(into, "rw")) as target,
        ):
            # In one step: one in several begins anew whenever somebody writes.
            present.backup(target)
            # It was told to keep a log beside it, which would be a second file.
            target.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.Error as error:
        raise NewFileError(f"The database cannot be copied: {error}.") from error
    return _check(into)


def _find_file(source: Engine) -> Path:
    name = source.url.database
    if name in (None, "", ":memory:"):
        raise MisusedError("A database in memory cannot be backed up.")
    # To open a file that is not there would make it.
    if not Path(str(name)).is_file():
        raise UnreachableError(f"There is no database at {name}.")
    return Path(str(name))


def _check(path: Path) -> str:
    engine = sqlalchemy.create_engine(
        URL.create("sqlite", database=str(path)),
        # As we open others, it would get a log again.
        creator=partial(_open, path, "ro"),
        poolclass=NullPool,
    )
    with Session(engine) as session:
        return check_held(session)


def _open(path: Path, mode: Literal["ro", "rw"]) -> sqlite3.Connection:
    """Open a database that is there, and leave it as it is."""
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode={mode}", uri=True)
