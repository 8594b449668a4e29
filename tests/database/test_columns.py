"""Columns behave alike on SQLite and PostgreSQL, in the migrated database."""

from datetime import UTC, date, datetime, timedelta, timezone
from enum import StrEnum
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import IntegrityError, StatementError
from sqlmodel import SQLModel, col, delete, select

from app.database import read_session, write_session
from app.fields import Significance
from app.tables import ListedFinding, Reference, Release, Treatment

TABLES = {table.name: table for table in SQLModel.metadata.sorted_tables}
AT = datetime(2026, 11, 22, 9, 30, 0, 123456, tzinfo=UTC)
FILLING = {int: 1, float: 1.5, date: AT.date()}
WORD_COLUMNS = [
    pytest.param(table.name, column.name, id=f"{table.name}.{column.name}")
    for table in TABLES.values()
    for column in table.columns
    if isinstance(column.type, sa.Enum)
]
NAMES = ["Zebra", "apple", "Apple", "a-b", "ab", "a b", "éclair", "zoo", "1", "😀"]


def insert(connection: Connection, table: sa.Table, **values: Any) -> None:
    """Store a row, and first what it refers to; columns not named are filled."""
    insert_parents(connection, table)
    connection.execute(table.insert().values({**fill_all(table), **values}))


def insert_parents(connection: Connection, table: sa.Table) -> None:
    for key in table.foreign_keys:
        parent = key.column.table
        if connection.execute(parent.select()).first() is None:
            insert(connection, parent)


def fill_all(table: sa.Table) -> dict[str, Any]:
    return {column.name: fill(column) for column in table.columns}


def fill(column: sa.Column[Any]) -> Any:
    if isinstance(column.type, sa.Enum):
        return words_of(column.type)[0]
    if column.name.endswith("_at"):
        return AT
    return FILLING.get(column.type.python_type, "x")


def words_of(column_type: sa.types.TypeEngine[Any]) -> list[StrEnum]:
    assert isinstance(column_type, sa.Enum)
    return [column_type.python_type(word) for word in column_type.enums]


def make_release(**values: Any) -> Release:
    filled = {
        "number": 1,
        "created_at": AT,
        "note": "",
        "significance": Significance.CLINICAL,
        "checksum": "x",
    }
    return Release(**{**filled, **values})


@pytest.mark.parametrize(("table", "column"), WORD_COLUMNS)
def test_every_word_of_a_list_is_stored_as_itself(
    engine: Engine, table: str, column: str
) -> None:
    stored = TABLES[table].c[column]
    words = words_of(stored.type)
    found = []

    for word in words:
        with engine.connect() as connection:
            insert(connection, TABLES[table], **{column: word})
            raw = sa.type_coerce(stored, sa.String)
            found.append(connection.execute(sa.select(stored, raw)).one())

    assert [tuple(row) for row in found] == [(word, word.value) for word in words]


@pytest.mark.parametrize(("table", "column"), WORD_COLUMNS)
def test_a_word_that_is_not_in_the_list_is_refused(
    engine: Engine, table: str, column: str
) -> None:
    stored = TABLES[table]
    # To SQLAlchemy the column is one of any text, so that the database must refuse.
    columns = [
        sa.column(one.name, sa.String() if one.name == column else one.type)
        for one in stored.columns
    ]
    with engine.connect() as connection:
        insert_parents(connection, stored)
        wrong = {**fill_all(stored), column: "wrong"}

        with pytest.raises(IntegrityError, match=f"ck_{table}_"):
            connection.execute(sa.table(table, *columns).insert().values(wrong))


def test_text_sorts_by_code_point(engine: Engine) -> None:
    with engine.connect() as connection:
        for index, name in enumerate(NAMES):
            insert(connection, TABLES["reference"], slug=str(index), name=name)

        by_name = select(Reference.name).order_by(col(Reference.name))
        found = connection.execute(by_name).scalars().all()

    assert found == sorted(NAMES)


def test_slugs_sort_by_code_point(engine: Engine) -> None:
    slugs = ["ab", "a-c", "a-b", "a1", "a"]
    with engine.connect() as connection:
        for slug in slugs:
            insert(connection, TABLES["reference"], slug=slug)

        by_slug = select(Reference.slug).order_by(col(Reference.slug))
        found = connection.execute(by_slug).scalars().all()

    assert found == sorted(slugs)


@pytest.mark.parametrize(
    "at",
    [
        pytest.param(AT, id="UTC"),
        pytest.param(AT.astimezone(timezone(timedelta(hours=-5))), id="another zone"),
    ],
)
def test_a_moment_comes_back_as_the_same_moment_in_utc(
    engine: Engine, at: datetime
) -> None:
    with write_session(engine) as session:
        session.add(make_release(created_at=at))

    with read_session(engine) as session:
        found = session.get_one(Release, 1).created_at

    assert found == AT
    assert found.tzinfo is not None
    assert found.utcoffset() == timedelta(0)


def test_a_moment_without_a_zone_is_refused(engine: Engine) -> None:
    naive = AT.replace(tzinfo=None)

    with pytest.raises(StatementError), write_session(engine) as session:
        session.add(make_release(created_at=naive))


def test_a_row_that_refers_to_nothing_is_refused(engine: Engine) -> None:
    with pytest.raises(IntegrityError), write_session(engine) as session:
        session.add(ListedFinding(among="", slug="nowhere", name="Nowhere"))


def test_a_row_that_others_refer_to_stays(engine: Engine) -> None:
    with engine.begin() as connection:
        insert(connection, TABLES["listedtreatment"])

    with pytest.raises(IntegrityError), write_session(engine) as session:
        session.exec(delete(Treatment))

    with read_session(engine) as session:
        assert len(session.exec(select(Treatment.slug)).all()) == 1
