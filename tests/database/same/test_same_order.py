"""What a database would sort or add up in its own way is in one order, and one sum."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import permutations

import pytest
from sqlalchemy import Engine

from app.database import read_session, write_session
from app.fields import Kind, Outcome
from app.queries.filters import QualityFilters
from app.queries.projection import add_marks
from app.queries.quality import average_values, list_quality
from tests.databases import Databases

AS_OF = date(2026, 11, 24)
CRITERIA = ["ab", "a-c", "a-b", "a1", "a"]


@pytest.fixture(params=["here", "there"])
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """A database with tables and nothing in them."""
    databases: Databases = request.getfixturevalue(request.param)
    with databases.opened() as engine:
        yield engine


def mark(
    engine: Engine, criteria: Sequence[str], values: Sequence[float] | None = None
) -> None:
    """Store a mark of each criterion, with these values."""
    with write_session(engine) as session:
        add_marks(
            session,
            (
                {
                    "kind": Kind.TREATMENTS,
                    "slug": "yoga",
                    "position": position,
                    "criterion": criterion,
                    "pointer": "",
                    "outcome": Outcome.MET,
                    "detail": "",
                    "value": values[position] if values else None,
                    "due_on": None,
                }
                for position, criterion in enumerate(criteria)
            ),
        )


def test_criteria_sort_by_code_point(engine: Engine) -> None:
    mark(engine, CRITERIA)

    with read_session(engine) as session:
        page = list_quality(session, QualityFilters(), as_of=AS_OF)

    assert [one.criterion for one in page.marks] == sorted(CRITERIA)


def test_a_mean_hangs_on_no_order(engine: Engine) -> None:
    # One after another they come to 24.1 or to a little less, and the half goes up
    # or not.
    values = [1.6, 10.2, 9.2, 3.1]
    orders = list(permutations(values))
    names = [f"order-{number}" for number in range(len(orders)) for _ in values]
    mark(engine, names, [value for order in orders for value in order])

    with read_session(engine) as session:
        means = average_values(session)

    assert len(means) == len(orders)
    assert set(means.values()) == {6.02}
