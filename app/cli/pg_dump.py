"""Has PostgreSQL's own program dump a database; says how to where there is none."""

import os
import re
import shlex
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from sqlalchemy import Engine
from sqlmodel import Session

from app.cli.backup_check import check_held
from app.cli.new_file import NewFileError
from app.cli.stores import MisusedError
from app.database import read_session

NO_SECRETS: Mapping[str, str] = MappingProxyType({})


def dump_database(engine: Engine, into: Path, file: Path) -> str:
    """Dump a database into a file; return what it holds.

    `file` is what the command is told to name where somebody has to run it by hand.
    Raises `MisusedError` without a pg_dump that fits, `NewFileError`, `UnfitError`.
    """
    address, secrets = _split_address(engine)
    arguments = ["--format=custom", f"--dbname={address}"]
    with read_session(engine) as session:
        by_hand = shlex.join(["pg_dump", *arguments, f"--file={file}"])
        pg_dump = _find_pg_dump(_ask(session, "SHOW server_version"), by_hand)
        # As long as it takes, this transaction waits for it and does nothing.
        _ask(
            session,
            "SELECT set_config('idle_in_transaction_session_timeout', '0', true)",
        )
        held = check_held(session)
        # What is dumped is what was checked, whoever publishes meanwhile.
        snapshot = _ask(session, "SELECT pg_export_snapshot()")
        _run([pg_dump, *arguments, f"--snapshot={snapshot}", f"--file={into}"], secrets)
    # Read to its end, or a dump that was cut short would not be noticed.
    _run([pg_dump.with_name("pg_restore"), f"--file={os.devnull}", into])
    return held


def _split_address(engine: Engine) -> tuple[str, Mapping[str, str]]:
    """Return where the driver finds a database, and its password as a variable."""
    own = engine.url.translate_connect_args(username="user", database="dbname")
    parameters = {**own, **engine.url.query}
    password = parameters.pop("password", None)
    secrets = {"PGPASSWORD": password} if password else NO_SECRETS
    # Not imported above: a database of SQLite needs no driver of PostgreSQL.
    driver = engine.dialect.loaded_dbapi
    return str(driver.conninfo.make_conninfo(**parameters)), secrets


def _ask(session: Session, statement: str) -> str:
    return str(session.connection().exec_driver_sql(statement).scalar_one())


def _find_pg_dump(server: str, by_hand: str) -> Path:
    """Return a pg_dump that may dump what a server of this version holds."""
    found = shutil.which("pg_dump")
    wanted = _read_major(server)
    # As in: pg_dump (PostgreSQL) 18.6
    if found and _read_major(_call([found, "--version"]).stdout) >= wanted:
        return Path(found)
    raise MisusedError(
        f"There is no pg_dump of version {wanted} or newer on PATH. Where there is "
        f"one, run this, with the password in PGPASSWORD:\n{by_hand}"
    )


def _read_major(version: str) -> int:
    found = re.search(r"\d+", version)
    return int(found[0]) if found else 0


def _run(
    command: Sequence[str | Path], secrets: Mapping[str, str] = NO_SECRETS
) -> None:
    done = _call(command, secrets)
    if done.returncode:
        reason = done.stderr.strip() or f"it ended with {done.returncode}"
        raise NewFileError(f"{Path(command[0]).name} failed: {reason}")


def _call(
    command: Sequence[str | Path], secrets: Mapping[str, str] = NO_SECRETS
) -> "subprocess.CompletedProcess[str]":
    """Run a program; its arguments, which others may see, are no place for secrets."""
    return subprocess.run(  # noqa: S603 - what PATH names is what the user runs
        command,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **secrets},
    )
