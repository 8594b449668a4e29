"""Reads what the quality gate found, as of a day."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, case, inspect, literal
from sqlmodel import Session, col, func, select

from app.fields import Kind, Outcome
from app.queries.filters import QualityFilters
from app.tables import QualityResult

Counts = dict[tuple[str, Outcome], int]


@dataclass(frozen=True, slots=True)
class FoundQuality:
    """What one criterion found at one place of an item."""

    criterion: str
    kind: Kind
    slug: str
    pointer: str
    outcome: Outcome
    detail: str


@dataclass(frozen=True, slots=True)
class QualityPage:
    """One page of what was found, and how much the filters let through."""

    found: Sequence[FoundQuality]
    total: int


def list_quality(
    session: Session, filters: QualityFilters, *, as_of: date
) -> QualityPage:
    """Return one page in the order of criterion, kind and item."""
    wanted = list(_select(filters, as_of))
    row = QualityResult
    statement = (
        select(row, _outcome(as_of))
        .where(*wanted)
        .order_by(col(row.criterion), col(row.kind), col(row.slug), col(row.position))
        .limit(filters.limit)
        .offset(filters.offset)
    )
    total = session.exec(select(func.count()).select_from(row).where(*wanted)).one()
    found = [
        FoundQuality(
            one.criterion, one.kind, one.slug, one.pointer, outcome, one.detail
        )
        for one, outcome in session.exec(statement)
    ]
    return QualityPage(found, total)


def count_outcomes(session: Session, *, as_of: date) -> Counts:
    """Return how often each criterion came to each outcome."""
    outcome = _outcome(as_of)
    statement = select(QualityResult.criterion, outcome, func.count()).group_by(
        col(QualityResult.criterion), outcome
    )
    return {
        (criterion, found): count for criterion, found, count in session.exec(statement)
    }


def average_values(session: Session) -> dict[str, float]:
    """Return the mean of the numbers that each criterion judged, if it judges any."""
    criterion, value = col(QualityResult.criterion), col(QualityResult.value)
    statement = (
        select(criterion, func.avg(value)).where(value.is_not(None)).group_by(criterion)
    )
    return {name: round(mean, 2) for name, mean in session.exec(statement)}


def _outcome(as_of: date) -> ColumnElement[Outcome]:
    """Return the outcome as of a day: what is overdue is not met."""
    stored: ColumnElement[Outcome] = inspect(QualityResult).columns["outcome"]
    is_overdue = col(QualityResult.due_on) < as_of
    return case((is_overdue, literal(Outcome.NOT_MET, stored.type)), else_=stored)


def _select(filters: QualityFilters, as_of: date) -> Iterator[ColumnElement[bool]]:
    for name in ("criterion", "kind", "slug"):
        value = getattr(filters, name)
        if value is not None:
            yield col(getattr(QualityResult, name)) == value
    if filters.outcome is not None:
        yield _outcome(as_of) == filters.outcome
