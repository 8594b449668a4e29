"""Every filter and every order on offer is served by an index that covers both."""

from collections.abc import Iterator
from typing import get_args

import pytest

from app.fields import Kind
from app.queries.filters import LIST_FILTERS, ListFilters
from app.queries.items import NO_FILTERS, Narrowing, list_among, select_page
from app.queries.snapshots import Snapshot, compile_text
from app.tables import ITEM_TABLES, LISTED_TABLES

VALUES = {
    "topic": "facet-joint-injection",
    "category": "medication",
    "part_of": "nsaids",
    "setting": "home",
    "max_invasiveness": "2",
    "min_certainty": "low",
    "benefit": "likely",
    "stance": "for",
    "jurisdiction": "UK",
    "addresses": "wrong-level",
    "points_to": "walking",
    "urgency": "emergency",
    "kind": "symptom",
}
COLUMNS = {"certainty": "certainty_rank", "urgency": "urgency_rank"}
EXPLAIN = {"sqlite": "EXPLAIN QUERY PLAN ", "postgresql": "EXPLAIN "}


def list_asked() -> Iterator[tuple[Kind, ListFilters]]:
    """Yield every filter in every order, none of them and all of them as well."""
    for kind, filters in LIST_FILTERS.items():
        names = [one for one in filters.model_fields if one not in NO_FILTERS]
        values = {name: VALUES[name] for name in names}
        for sort in get_args(filters.model_fields["sort"].annotation):
            given = [{}, *({name: value} for name, value in values.items()), values]
            for one in given:
                yield kind, filters.model_validate({**one, "sort": sort})


ASKED = [
    pytest.param(kind, filters, id=f"{kind} {filters.model_dump(exclude_none=True)}")
    for kind, filters in list_asked()
]


def explain(snapshot: Snapshot, kind: Kind, filters: ListFilters) -> list[str]:
    """Return how the database would read a page, were there many items."""
    connection = snapshot.connection
    dialect = connection.dialect.name
    if dialect == "postgresql":
        for way in ("seqscan", "bitmapscan"):
            connection.exec_driver_sql(f"SET LOCAL enable_{way} = off")
    asked = Narrowing(kind, list_among(kind, filters), None)
    statement = select_page(asked.shape, filters.sort, is_whole=False)
    text, constants = compile_text(statement, dialect)
    values = {**constants, **asked.values, "limit": 20, "offset": 0}
    cursor = connection.connection.cursor()
    cursor.execute(EXPLAIN[dialect] + text, values)
    return [str(row[-1]) for row in cursor.fetchall()]


@pytest.mark.parametrize(("kind", "filters"), ASKED)
def test_a_page_is_read_in_the_order_of_an_index(
    snapshot: Snapshot, kind: Kind, filters: ListFilters
) -> None:
    plan = explain(snapshot, kind, filters)

    table = LISTED_TABLES.get(kind, ITEM_TABLES[kind]).__tablename__
    name = filters.sort.removeprefix("-")
    among = "among_" if kind in LISTED_TABLES else ""
    own = f"ix_{table}_{among}{COLUMNS.get(name, name)}_slug"
    keys = (f"sqlite_autoindex_{table}_1", f"pk_{table}")
    assert not [line for line in plan if "Sort" in line or "TEMP" in line]
    assert not [line for line in plan if "Seq Scan" in line]
    wanted = keys if name == "slug" else (own,)
    assert any(one in line for line in plan for one in wanted)
