"""History takes a fixed number of statements, however much there is of it."""

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from app.database import read_session
from app.fields import Kind
from app.queries.filters import ChangeFilters, ReleaseFilters
from app.queries.history import (
    get_counted_release,
    list_changes,
    list_releases,
    list_revisions,
)
from app.queries.paging import PageFilters
from tests.databases import Databases
from tests.factories import make_bundle, make_treatment
from tests.publishing import PUBLISHED_AT, publish
from tests.queries.statements import count_statements

SUMMARIES = ("One.", "Two.", "Three.", "Four.")


@pytest.fixture(scope="module")
def past(databases: Databases) -> Iterator[Session]:
    """A session on a library whose treatment changed with every release."""
    with databases.opened(publish_summaries) as engine, read_session(engine) as session:
        # Else the first statement that is counted would be BEGIN.
        session.connection()
        yield session


def publish_summaries(engine: Engine) -> None:
    for summary in SUMMARIES:
        own = {Kind.TREATMENTS: [make_treatment(summary=summary)]}
        publish(engine, make_bundle(own), at=PUBLISHED_AT)


@pytest.mark.parametrize(
    ("read", "count"),
    [
        pytest.param(
            lambda session, limit: list_releases(session, ReleaseFilters(limit=limit)),
            3,
            id="releases",
        ),
        pytest.param(
            lambda session, limit: list_changes(
                session, ChangeFilters(limit=limit), since=0, until=4
            ),
            2,
            id="changes",
        ),
        pytest.param(
            lambda session, limit: list_revisions(
                session, Kind.TREATMENTS, "walking", PageFilters(limit=limit)
            ),
            2,
            id="revisions",
        ),
    ],
)
@pytest.mark.parametrize("limit", [1, 4])
def test_a_page_takes_as_many_statements_whatever_its_size(
    past: Session, read: Callable[[Session, int], object], count: int, limit: int
) -> None:
    past.expunge_all()

    with count_statements(past) as statements:
        read(past, limit)

    assert len(statements) == count


def test_a_release_takes_three_statements(past: Session) -> None:
    past.expunge_all()

    with count_statements(past) as statements:
        get_counted_release(past, 2)

    assert len(statements) == 3
