"""However many words are asked, an index finds each of them in each place."""

from collections.abc import Mapping
from typing import Any

import pytest
import sqlalchemy as sa

from app.queries.search import SIZES, select_entries, select_lines
from app.queries.snapshots import Snapshot, compile_text

EXPLAIN = {"sqlite": "EXPLAIN QUERY PLAN ", "postgresql": "EXPLAIN "}
KEYS = {
    "sqlite": ("USING PRIMARY KEY (", "USING INDEX sqlite_autoindex_searchentry_1 ("),
    "postgresql": ("Index Scan using pk_searchword", "using pk_searchentry"),
}
PLACE = {"tier": 0, "after": "1", "before": "1~"}


def explain(
    snapshot: Snapshot, statement: sa.SelectBase, values: Mapping[str, Any]
) -> list[str]:
    """Return how the database would read it, were there many items."""
    connection = snapshot.connection
    dialect = connection.dialect.name
    if dialect == "postgresql":
        for way in ("seqscan", "bitmapscan"):
            connection.exec_driver_sql(f"SET LOCAL enable_{way} = off")
    text, constants = compile_text(statement, dialect)
    cursor = connection.connection.cursor()
    cursor.execute(EXPLAIN[dialect] + text, {**constants, **values})
    return [str(row[-1]) for row in cursor.fetchall()]


def list_slow(plan: list[str]) -> list[str]:
    """Return what of a plan sorts, or reads a table from its start."""
    slow = ("Sort", "TEMP", "Seq Scan", "SCAN w", "SCAN searchentry")
    return [line for line in plan if any(one in line for one in slow)]


@pytest.mark.parametrize("places", [0, 3, 6])
@pytest.mark.parametrize("words", [1, 2, 14, 80])
def test_each_word_is_found_in_each_place_by_the_key(
    snapshot: Snapshot, words: int, places: int
) -> None:
    values: dict[str, Any] = {f"word_{n}": f"word {n}" for n in range(words)}
    for n in range(places):
        values |= {f"{name}_{n}": value for name, value in PLACE.items()}

    plan = explain(snapshot, select_lines(words, places), values)

    key, _ = KEYS[snapshot.connection.dialect.name]
    assert not list_slow(plan)
    assert sum(key in line for line in plan) == words * (places or 1)


@pytest.mark.parametrize("items", SIZES)
def test_items_are_found_by_the_key(snapshot: Snapshot, items: int) -> None:
    values = {f"item_{n}": f"10/item-{n}" for n in range(items)}

    plan = explain(snapshot, select_entries(items), values)

    _, key = KEYS[snapshot.connection.dialect.name]
    assert not list_slow(plan)
    assert any(key in line for line in plan)


def test_a_word_without_a_value_is_found_nowhere(snapshot: Snapshot) -> None:
    one = snapshot.fetch(select_lines(1, 0), {"word_0": "walk"})
    padded = snapshot.fetch(select_lines(4, 0), {"word_0": "walk"})

    assert one
    assert padded == one
