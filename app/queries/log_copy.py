"""Reads what cannot be made anew, the log and the keys, and writes it elsewhere."""

from collections.abc import Sequence
from typing import NamedTuple

import sqlalchemy as sa
from sqlmodel import Session, SQLModel

from app.queries.doctor import Row, list_rows
from app.tables import ApiKey, Release, Revision

_TABLES = tuple(
    SQLModel.metadata.tables[str(model.__tablename__)]
    for model in (ApiKey, Release, Revision)
)


class LogAndKeys(NamedTuple):
    """Every row that cannot be made anew, by code point in the order of its key."""

    keys: Sequence[Row]
    releases: Sequence[Row]
    revisions: Sequence[Row]


def load_log_and_keys(session: Session) -> LogAndKeys:
    """Return what a database has; not every one sorts by code point by itself."""
    return LogAndKeys(*(_sort(table, list_rows(session, table)) for table in _TABLES))


def is_empty(session: Session) -> bool:
    """Say whether a database has neither a log nor keys."""
    connection = session.connection()
    return not any(
        connection.execute(sa.select(*table.primary_key.columns).limit(1)).first()
        for table in _TABLES
    )


def add_log_and_keys(session: Session, rows: LogAndKeys) -> None:
    """Write what a database had into one that has neither."""
    connection = session.connection()
    for table, several in zip(_TABLES, rows, strict=True):
        if several:
            connection.execute(sa.insert(table), several)


def _sort(table: sa.Table, rows: Sequence[Row]) -> Sequence[Row]:
    names = [column.name for column in table.primary_key]
    return sorted(rows, key=lambda row: [row[name] for name in names])
