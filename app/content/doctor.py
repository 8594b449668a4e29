"""Examines a database, check by check, and changes nothing in it.

A search index whose rows `project` makes is one more table to hold to the log; any
other would be one more `Check`.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from app.content.doctor_log import (
    Log,
    check_checksums,
    check_documents,
    check_hashes,
    check_releases,
    check_tombstones,
)
from app.content.doctor_report import CheckResult, Diagnosis, Problem
from app.content.doctor_tables import check_tables
from app.database import read_session
from app.queries.doctor import (
    find_migrations,
    list_file_faults,
    list_missing_triggers,
    list_schema_differences,
    load_log,
)

TABLES = "tables"
"""The check whose problems `rebuild` mends."""


@dataclass(frozen=True)
class Examined:
    """A database of which one snapshot is read; `newest` is the newest migration."""

    session: Session
    newest: str

    @cached_property
    def log(self) -> Log:
        return Log(*load_log(self.session))


@dataclass(frozen=True, slots=True)
class Check:
    """What finds problems, what it means if there are none, and what to do if not.

    `needs` are the checks that must be sound for this one to be made.
    """

    name: str
    find: Callable[[Examined], Iterable[Problem]]
    meaning: str
    advice: str
    needs: frozenset[str] = frozenset()


def examine(engine: Engine, *, newest: str) -> Diagnosis:
    """Make every check on one snapshot; `newest` is the newest migration there is."""
    with read_session(engine) as session:
        checks = list_checks(engine.dialect.name)
        return examine_snapshot(session, checks, newest=newest)


def examine_snapshot(
    session: Session, checks: Iterable[Check], *, newest: str
) -> Diagnosis:
    """Make these checks, in order, on the snapshot that a session reads."""
    results: dict[str, CheckResult] = {}
    not_made: list[str] = []
    examined = Examined(session, newest)
    for check in checks:
        if all(one in results and results[one].is_sound for one in check.needs):
            results[check.name] = make_check(check, examined)
        else:
            not_made.append(check.name)
    is_logged = "releases" in results and results["releases"].is_sound
    release = examined.log.present if is_logged else 0
    return Diagnosis(
        release=release or None,
        is_healthy=all(one.is_sound for one in results.values()),
        checks=tuple(results.values()),
        not_made=tuple(not_made),
    )


def make_check(check: Check, examined: Examined) -> CheckResult:
    """Return what a check finds; what it needs must be sound."""
    try:
        problems = tuple(check.find(examined))
    except DBAPIError as error:
        detail = f"It cannot be read: {error.orig}"
        problems = (Problem(place="database", detail=detail),)
    return CheckResult(
        name=check.name, meaning=check.meaning, problems=problems, advice=check.advice
    )


def list_checks(dialect: str) -> Iterator[Check]:
    """Yield the checks of a database, those that others need before them."""
    yield CONNECTION
    yield SCHEMA
    if dialect == "sqlite":
        yield FILE
    yield TRIGGERS
    yield from LOG
    yield PROJECTION


def _check_connection(examined: Examined) -> Iterator[Problem]:
    url = examined.session.get_bind().engine.url
    # To open a file that is not there would make it.
    if url.get_backend_name() == "sqlite" and not Path(str(url.database)).is_file():
        yield Problem(place=str(url.database), detail="There is no such file.")
    else:
        examined.session.connection()


def _check_schema(examined: Examined) -> Iterator[Problem]:
    found = find_migrations(examined.session)
    if not found:
        yield Problem(place="migrations", detail="No migration was made yet.")
    elif found != (examined.newest,):
        detail = f"It is at {', '.join(found)}, and {examined.newest} is the newest."
        yield Problem(place="migrations", detail=detail)
    else:
        for place, detail in list_schema_differences(examined.session):
            yield Problem(place=place, detail=detail)


def _check_file(examined: Examined) -> Iterator[Problem]:
    for detail in list_file_faults(examined.session):
        yield Problem(place="file", detail=detail)


def _check_triggers(examined: Examined) -> Iterator[Problem]:
    for name in list_missing_triggers(examined.session):
        yield Problem(place=name, detail="This trigger is missing, or off.")


BACKUP = (
    "Restore a backup of the database: the log is the truth, and nothing else can make "
    "it anew."
)
CONNECTION = Check(
    "connection",
    _check_connection,
    "The database can be opened.",
    "Correct DATABASE_URL; `whatnext publish` makes a database where there is none.",
)
SCHEMA = Check(
    "schema",
    _check_schema,
    "It is the newest, with every table, column and index.",
    "Run `whatnext migrate`. What is missing from the newest schema comes only from a "
    "backup, and a schema that this whatnext does not know needs a newer one.",
    needs=frozenset({"connection"}),
)
FILE = Check(
    "file",
    _check_file,
    "SQLite finds it whole.",
    "Stop what uses the file, and restore a backup of it.",
    needs=frozenset({"connection"}),
)
TRIGGERS = Check(
    "triggers",
    _check_triggers,
    "The database refuses to change or delete the log.",
    "Find out who removed them. Make them again as the migration that makes the log "
    "append-only does, or restore a backup.",
    needs=frozenset({"schema"}),
)
LOG = tuple(
    # The log is read once, whichever check asks first.
    Check(name, find, meaning, BACKUP, needs=frozenset({"schema"}))
    for name, find, meaning in (
        (
            "releases",
            lambda one: check_releases(one.log),
            "They are numbered from 1 on without a gap.",
        ),
        (
            "checksums",
            lambda one: check_checksums(one.log),
            "Each follows from the revisions of its release and the one before.",
        ),
        (
            "hashes",
            lambda one: check_hashes(one.log),
            "Each is that of the document of its revision.",
        ),
        (
            "tombstones",
            lambda one: check_tombstones(one.log),
            "Each removes what stood.",
        ),
        (
            "documents",
            lambda one: check_documents(one.log),
            "Each can be read, and every release has its library.",
        ),
    )
)
PROJECTION = Check(
    TABLES,
    lambda one: check_tables(one.session, one.log),
    "Every row is as the log says, and there are no others.",
    "Run `whatnext doctor --repair`, which makes the tables anew from the log.",
    needs=frozenset({"schema", *(one.name for one in LOG)}),
)
