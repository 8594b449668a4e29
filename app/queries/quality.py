"""Reads the marks of the quality gate, as of a day."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import fmean

from sqlalchemy import ColumnElement, case, inspect, literal
from sqlmodel import Session, col, func, select

from app import tables
from app.fields import Kind, Outcome
from app.queries.filters import QualityFilters

Counts = dict[tuple[str, Outcome], int]


@dataclass(frozen=True, slots=True)
class QualityMark:
    """Whether one place of an item keeps to a criterion, as of a day."""

    criterion: str
    kind: Kind
    slug: str
    pointer: str
    outcome: Outcome
    detail: str


@dataclass(frozen=True, slots=True)
class QualityPage:
    """One page of marks, and how many the filters let through."""

    marks: Sequence[QualityMark]
    total: int


def list_quality(
    session: Session, filters: QualityFilters, *, as_of: date
) -> QualityPage:
    """Return one page in the order of criterion, kind and item."""
    wanted = list(_select(filters, as_of))
    row = tables.QualityMark
    statement = (
        select(row, _outcome(as_of))
        .where(*wanted)
        .order_by(col(row.criterion), col(row.kind), col(row.slug), col(row.position))
        .limit(filters.limit)
        .offset(filters.offset)
    )
    total = session.exec(select(func.count()).select_from(row).where(*wanted)).one()
    marks = [
        QualityMark(one.criterion, one.kind, one.slug, one.pointer, outcome, one.detail)
        for one, outcome in session.exec(statement)
    ]
    return QualityPage(marks, total)


def count_outcomes(session: Session, *, as_of: date) -> Counts:
    """Return how often each criterion came to each outcome."""
    outcome = _outcome(as_of)
    statement = select(tables.QualityMark.criterion, outcome, func.count()).group_by(
        col(tables.QualityMark.criterion), outcome
    )
    return {
        (criterion, found): count for criterion, found, count in session.exec(statement)
    }


def average_values(session: Session) -> dict[str, float]:
    """Return the mean of the numbers that each criterion judged, if it judges any."""
    value: ColumnElement[float] = inspect(tables.QualityMark).columns["value"]
    judged = select(tables.QualityMark.criterion, value).where(value.is_not(None))
    found: defaultdict[str, list[float]] = defaultdict(list)
    for name, one in session.exec(judged):
        found[name].append(one)
    # Not added up by a database: each does so in its own order, and to another digit.
    return {name: round(fmean(values), 2) for name, values in found.items()}


def _outcome(as_of: date) -> ColumnElement[Outcome]:
    """Return the outcome as of a day: what is overdue is not met."""
    stored: ColumnElement[Outcome] = inspect(tables.QualityMark).columns["outcome"]
    is_overdue = col(tables.QualityMark.due_on) < as_of
    return case((is_overdue, literal(Outcome.NOT_MET, stored.type)), else_=stored)


def _select(filters: QualityFilters, as_of: date) -> Iterator[ColumnElement[bool]]:
    for name in ("criterion", "kind", "slug"):
        value = getattr(filters, name)
        if value is not None:
            yield col(getattr(tables.QualityMark, name)) == value
    if filters.outcome is not None:
        yield _outcome(as_of) == filters.outcome
