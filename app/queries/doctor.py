"""Reads what the doctor looks at: schema, file, triggers, the log and every table."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlmodel import Session, SQLModel, col, select

from app.library.bundle import Identity
from app.tables import ITEM_TABLES, Release, Revision

Row = Mapping[str, Any]

PROJECTED_TABLES = tuple(
    table
    for table in SQLModel.metadata.sorted_tables
    if table.name not in {"release", "revision", "apikey", "rendering"}
)
"""Every table of rows that are projected, each after those that they refer to."""


@dataclass(frozen=True, slots=True)
class LoggedRelease:
    """A release, as far as its checksum vouches for it."""

    number: int
    checksum: str


@dataclass(frozen=True, slots=True)
class LoggedRevision:
    """A revision as it is stored; no kind is known to be one."""

    release: int
    kind: str
    slug: str
    format: int
    document: str | None
    hash: str


def find_migrations(session: Session) -> tuple[str, ...]:
    """Return the migrations that the database is at; none if it has no tables."""
    return MigrationContext.configure(session.connection()).get_current_heads()


def list_schema_differences(session: Session) -> Iterator[tuple[str, str]]:
    """Yield what the models have and the database has not, and what is not alike.

    Each is a name and what is wrong with it. What only the database has is nobody's
    business.
    """
    options = {"compare_type": True}
    context = MigrationContext.configure(session.connection(), opts=options)
    for found in compare_metadata(context, SQLModel.metadata):
        # What differs in a column comes as a list.
        parts = found[0] if isinstance(found, list) else found
        verb, _, what = parts[0].partition("_")
        names = [getattr(one, "name", one) for one in parts[1:4] if one is not None]
        place = ".".join(one for one in names if isinstance(one, str))
        if verb == "add":
            yield place, f"This {what} is missing."
        elif verb == "modify":
            yield place, f"Its {what} is {parts[-2]}, not {parts[-1]}."


def list_file_faults(session: Session) -> list[str]:
    """Return what SQLite finds wrong with its file: pages, rows and references."""
    connection = session.connection()
    whole = connection.execute(sa.text("PRAGMA integrity_check")).scalars().all()
    astray = connection.execute(sa.text("PRAGMA foreign_key_check")).all()
    return [
        *(line for line in whole if line != "ok"),
        *(
            f"Row {row} of {table} refers to what is not in {parent}."
            for table, row, parent, _ in astray
        ),
    ]


_ON_SQLITE = """
    SELECT name, tbl_name FROM sqlite_master
    WHERE type = 'trigger' AND sql LIKE '%RAISE(ABORT%'
"""
_ON_POSTGRESQL = """
    SELECT tgname, relname FROM pg_trigger
    JOIN pg_class ON pg_class.oid = tgrelid
    JOIN pg_proc ON pg_proc.oid = tgfoid
    WHERE NOT tgisinternal AND tgenabled IN ('O', 'A')
        AND pg_table_is_visible(tgrelid) AND prosrc LIKE '%RAISE%'
"""
_TRIGGERS: Mapping[str, Sequence[str]] = MappingProxyType(
    {"sqlite": ("update", "delete", "replace"), "postgresql": ("change",)}
)
"""What the triggers of each table refuse, as their names say."""


def list_missing_triggers(session: Session) -> list[str]:
    """Return the triggers that keep the log append-only and are not there, or off."""
    dialect = session.get_bind().dialect.name
    statement = sa.text(_ON_SQLITE if dialect == "sqlite" else _ON_POSTGRESQL)
    there = {(name, table) for name, table in session.connection().execute(statement)}
    wanted = [
        (f"refuse_{table}_{event}", table)
        for table in ("release", "revision")
        for event in _TRIGGERS[dialect]
    ]
    return [name for name, table in wanted if (name, table) not in there]


def load_log(session: Session) -> tuple[list[LoggedRelease], list[LoggedRevision]]:
    """Return every release by number, and every revision by release, kind and slug."""
    # Not read as a kind: a damaged one would stop the reading.
    kind = sa.type_coerce(col(Revision.kind), sa.String)
    releases = select(Release.number, Release.checksum).order_by(col(Release.number))
    revisions = sa.select(
        col(Revision.release),
        kind,
        col(Revision.slug),
        col(Revision.format),
        col(Revision.document),
        col(Revision.hash),
    ).order_by(col(Revision.release), kind, col(Revision.slug))
    return (
        [LoggedRelease(*row) for row in session.exec(releases)],
        [LoggedRevision(*row) for row in session.connection().execute(revisions)],
    )


def list_rows(session: Session, table: sa.Table) -> list[Row]:
    """Return every row of a table.

    Raises `LookupError` or `ValueError` where a column holds no value of its type.
    """
    rows = session.connection().execute(sa.select(table)).mappings()
    return [dict(row) for row in rows]


def list_stamps(session: Session) -> dict[Identity, int]:
    """Return which release every item names as the one that changed it last."""
    return {
        (kind, slug): release
        for kind, table in ITEM_TABLES.items()
        for slug, release in session.exec(select(table.slug, table.release))
    }


def replace_rows(session: Session, rows: Mapping[sa.Table, Sequence[Row]]) -> None:
    """Put these rows in place of all that publishing has ever projected."""
    connection = session.connection()
    for table in reversed(PROJECTED_TABLES):
        connection.execute(sa.delete(table))
    for table in PROJECTED_TABLES:
        if rows.get(table):
            connection.execute(sa.insert(table), rows[table])
