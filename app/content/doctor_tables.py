"""Holds the tables to the log, row for row, and makes them anew from it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Engine
from sqlmodel import Session, SQLModel

from app.content.check import judge_library
from app.content.doctor_log import Life, Log, trace_lives
from app.content.doctor_report import Problem
from app.content.log import read_bundle
from app.content.projection import project
from app.database import read_session, write_session
from app.errors import StaleReleaseError
from app.fields import Kind
from app.library.bundle import Identity
from app.library.search_ranks import read_key
from app.queries.doctor import (
    PROJECTED_TABLES,
    Row,
    list_rows,
    list_stamps,
    load_log,
    replace_rows,
)
from app.queries.projection import mark_made_anew
from app.queries.releases import find_release, load_documents
from app.tables import (
    ITEM_TABLES,
    LINK_TABLES,
    QualityMark,
    SearchEntry,
    SearchWord,
)

Rows = Mapping[sa.Table, list[dict[str, Any]]]

STAMP = "release"
"""The column of an item that says which release changed it last."""

EXCERPT = 60
"""How many characters of a long value are shown."""

_METADATA = SQLModel.metadata
_KINDS: Mapping[sa.Table, Kind] = {
    _METADATA.tables[str(table.__tablename__)]: kind
    for kind, table in ITEM_TABLES.items()
}
_MARKS = _METADATA.tables[str(QualityMark.__tablename__)]
_FOUND = _METADATA.tables[str(SearchEntry.__tablename__)]
_WORDS = _METADATA.tables[str(SearchWord.__tablename__)]
_OWNERS: Mapping[sa.Table, tuple[Kind, str]] = {
    _METADATA.tables[str(table.__tablename__)]: (kind, column)
    for kind, links in LINK_TABLES.items()
    for table, column in links.items()
}


def check_tables(session: Session, log: Log) -> Iterator[Problem]:
    """Yield rows that are missing, that differ from what a sound log says, or extra.

    Which release changed an item last is not known to the day: its rendering may have
    changed without it. It must lie between the item's coming and the present.
    """
    yield from compare_tables(session, log, project_rows(session, log))


def compare_tables(session: Session, log: Log, rows: Rows) -> Iterator[Problem]:
    """Yield what differs from the rows that a sound log makes, as `check_tables`."""
    lives = trace_lives(log)
    for table, wanted in rows.items():
        try:
            there = list_rows(session, table)
        except (LookupError, ValueError) as error:
            yield Problem(place=table.name, detail=f"It cannot be read: {error}")
            continue
        yield from _compare(table, wanted, there)
        if kind := _KINDS.get(table):
            stamps = {(kind, row["slug"]): row[STAMP] for row in there}
            yield from _check_stamps(stamps, lives, log.present)


def rebuild(engine: Engine, *, at: datetime) -> int:
    """Make every row anew from a sound log, which stays as it is; return how many.

    An item keeps the release that it names where that can be right; else it names that
    of its last revision. Raises `StaleReleaseError` if somebody published meanwhile.
    """
    with read_session(engine) as session:
        log = Log(*load_log(session))
        rows = project_rows(session, log)
        stamp(rows, list_stamps(session), log)
    with write_session(engine) as session:
        release = find_release(session)
        number = release.number if release else 0
        if number != log.present:
            raise StaleReleaseError(prepared_against=log.present, present=number)
        replace_rows(session, rows)
        if log.present:
            mark_made_anew(session, at)
    return sum(map(len, rows.values()))


def project_rows(session: Session, log: Log) -> Rows:
    """Return what a sound log says of every table, stamped with the present release."""
    rows: Rows = {table: [] for table in PROJECTED_TABLES}
    if log.present == 0:
        return rows
    bundle = read_bundle(load_documents(session, release=log.present))
    for item in project(judge_library(bundle), release=log.present):
        for row in (item.row, *item.links):
            rows[_METADATA.tables[str(row.__tablename__)]].append(row.model_dump())
        rows[_MARKS] += map(dict, item.marks)
        if item.search:
            rows[_FOUND].append(item.search.entry.model_dump())
            rows[_WORDS] += map(dict, item.search.words)
    return rows


def stamp(rows: Rows, stamps: Mapping[Identity, int], log: Log) -> None:
    """Let each item name the release that it names in `stamps`, where it may be right.

    Else it names that of its last revision.
    """
    lives = trace_lives(log)
    for table, kind in _KINDS.items():
        for row in rows[table]:
            identity = kind, row["slug"]
            known, life = stamps.get(identity), lives[identity]
            row[STAMP] = known if _may_be(known, life, log.present) else life.last


def _compare(
    table: sa.Table, wanted: Sequence[Row], there: Sequence[Row]
) -> Iterator[Problem]:
    expected, found = _by_key(table, wanted), _by_key(table, there)
    for key, row in expected.items():
        if key in found:
            yield from _compare_row(table, row, found[key])
        else:
            place, label = _name(table, row)
            yield Problem(place=place, detail=f"Its row of {label} is missing.")
    for key, row in found.items():
        if key not in expected:
            place, label = _name(table, row)
            yield Problem(place=place, detail=f"By the log it has no row of {label}.")


def _compare_row(table: sa.Table, wanted: Row, there: Row) -> Iterator[Problem]:
    place, label = _name(table, wanted)
    for column, value in wanted.items():
        if value != there[column] and not (column == STAMP and table in _KINDS):
            expected, found = _excerpts(str(value), str(there[column]))
            detail = f"{column} of {label} is {found}, where the log says {expected}."
            yield Problem(place=place, detail=detail)


def _check_stamps(
    stamps: Mapping[Identity, int], lives: Mapping[Identity, Life], present: int
) -> Iterator[Problem]:
    for (kind, slug), stamp in stamps.items():
        life = lives.get((kind, slug))
        if life and not _may_be(stamp, life, present):
            detail = (
                f"It names release {stamp} as the last that changed it, and it stands "
                f"since release {life.since} of {present}."
            )
            yield Problem(place=f"{kind.value}/{slug}", detail=detail)


def _may_be(stamp: int | None, life: Life, present: int) -> bool:
    return stamp in range(life.since, present + 1)


def _by_key(table: sa.Table, rows: Iterable[Row]) -> dict[tuple[Any, ...], Row]:
    names = [column.name for column in table.primary_key]
    return {tuple(row[name] for name in names): row for row in rows}


def _name(table: sa.Table, row: Row) -> tuple[str, str]:
    """Return the item that a row belongs to, and what the row is called."""
    if table in _KINDS:
        return f"{_KINDS[table].value}/{row['slug']}", table.name
    key = ", ".join(f"{one.name} {row[one.name]}" for one in table.primary_key)
    label = f"{table.name} ({key})"
    if table in _OWNERS:
        kind, column = _OWNERS[table]
        return f"{kind.value}/{row[column]}", label
    if table is _MARKS:
        return f"{row['kind']}/{row['slug']}", label
    if table in (_FOUND, _WORDS):
        return _name_found(row["item"]) or table.name, label
    return table.name, label


def _name_found(key: str) -> str | None:
    try:
        kind, slug = read_key(key)
    except (LookupError, ValueError):
        return None
    return f"{kind.value}/{slug}"


def _excerpts(*texts: str) -> list[str]:
    """Return texts that differ, from a little before where they begin to."""
    pairs = enumerate(zip(*texts, strict=False))
    at = next((index for index, signs in pairs if len(set(signs)) > 1), 0)
    start = max(0, at - EXCERPT // 3)
    return [
        ("…" if start else "")
        + text[start : start + EXCERPT]
        + ("…" if len(text) > start + EXCERPT else "")
        for text in texts
    ]
