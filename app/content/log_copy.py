"""Copies the log and the keys of a database into an empty one, whole or not at all.

The tables are not copied but made anew: the log is the truth, whatever became of them.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine
from sqlalchemy.exc import DataError
from sqlmodel import Session

from app.content.doctor import CONNECTION, LOG, SCHEMA, Examined, make_check
from app.content.doctor_report import CheckResult
from app.content.doctor_tables import Rows, compare_tables, project_rows, stamp
from app.content.renderer import identify_renderer
from app.database import read_session, write_session
from app.errors import WhatnextError
from app.queries.doctor import list_stamps, replace_rows
from app.queries.log_copy import (
    LogAndKeys,
    add_log_and_keys,
    is_empty,
    load_log_and_keys,
)
from app.queries.projection import (
    find_made,
    mark_made,
    mark_made_anew,
    mark_renderer,
)

_NOT_KEPT = (
    "The database to copy into does not keep every sign as it is: it needs the "
    "encoding UTF-8."
)


class NotCopiedError(WhatnextError):
    """Nothing was copied: the message says why."""

    def __init__(self, why: str) -> None:
        super().__init__(f"{why} Nothing was copied.")


@dataclass(frozen=True, slots=True)
class Copy:
    """What a database had at one moment, and the rows of tables that its log makes.

    `made_at` is when some of its tables were last made anew without a release, and
    `is_as_told` says that they are what the log says.
    """

    rows: LogAndKeys
    tables: Rows
    made_at: datetime | None
    is_as_told: bool


def read_copy(source: Engine, *, newest: str) -> Copy:
    """Read a database, in which nothing is changed; `newest` is the newest migration.

    Raises `NotCopiedError` if its log has problems, or there is nothing to copy.
    """
    with read_session(source) as session:
        examined = Examined(session, newest)
        for check in (CONNECTION, SCHEMA, *LOG):
            found = make_check(check, examined)
            if not found.is_sound:
                raise NotCopiedError(_describe(found))
        if is_empty(session):
            raise NotCopiedError("The database to copy from is empty.")
        log = examined.log
        tables = project_rows(session, log)
        is_as_told = not any(compare_tables(session, log, tables))
        stamp(tables, list_stamps(session), log)
        rows = load_log_and_keys(session)
        return Copy(rows, tables, find_made(session), is_as_told)


def _describe(found: CheckResult) -> str:
    problems = "\n".join(map(str, found.problems))
    advice = "The database to copy from has problems: run `whatnext doctor` on it."
    return f"{problems}\n{advice}"


def write_copy(target: Engine, copy: Copy, *, at: datetime) -> None:
    """Write what was read into an empty database that has tables.

    Raises `NotCopiedError` if it is not empty, or does not keep what is written.
    """
    try:
        with write_session(target) as session:
            if not is_empty(session):
                raise NotCopiedError("The database to copy into is not empty.")
            _write(session, copy, at)
            if load_log_and_keys(session) != copy.rows:
                raise NotCopiedError(_NOT_KEPT)
    except (DataError, UnicodeError) as error:
        raise NotCopiedError(_NOT_KEPT) from error


def _write(session: Session, copy: Copy, at: datetime) -> None:
    add_log_and_keys(session, copy.rows)
    replace_rows(session, copy.tables)
    if not copy.rows.releases:
        return
    mark_renderer(session, identify_renderer())
    if copy.made_at:
        mark_made(session, copy.made_at)
    if not copy.is_as_told:
        # What is served now is not what was served there.
        mark_made_anew(session, at)
