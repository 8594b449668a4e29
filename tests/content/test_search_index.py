"""What of an item is indexed, where its words stand, and what signs ask for."""

from typing import Any

import pytest
from sqlalchemy import Engine, text

from app.content.doctor_tables import rebuild
from app.content.files import parse_entry
from app.content.search_index import index, list_named_findings
from app.fields import Kind
from tests.conftest import REMADE_AT
from tests.content.damage import diagnose
from tests.factories import (
    make_bundle,
    make_finding,
    make_rule,
    make_sign,
    make_treatment,
)
from tests.publishing import PUBLISHED_AT, publish


def list_rows(kind: Kind, data: dict[str, Any]) -> list[tuple[str, int, int, int]]:
    indexed = index(kind, parse_entry(kind, data))
    assert indexed is not None
    return [
        (one["word"], one["tier"], one["line"], one["length"]) for one in indexed.words
    ]


def test_names_are_indexed_by_their_words_and_by_two_in_a_row() -> None:
    rows = list_rows(Kind.FINDINGS, make_finding("numb", label="Numb left leg"))

    assert rows[:5] == [
        ("numb", 0, 0, 3),
        ("left", 0, 0, 3),
        ("leg", 0, 0, 3),
        ("numb left", 0, 0, 3),
        ("left leg", 0, 0, 3),
    ]


def test_what_stands_in_brackets_is_a_name() -> None:
    name = "Radiofrequency ablation (RFA)"
    indexed = index(
        Kind.TREATMENTS,
        parse_entry(Kind.TREATMENTS, make_treatment("rfa", name=name)),
    )

    assert indexed is not None
    assert indexed.entry.lines.split("\n")[:3] == [
        name,
        "Radiofrequency ablation",
        "RFA",
    ]


def test_a_word_of_the_rest_stands_once_where_it_is_first() -> None:
    sign = make_sign(why="Heat harms. Heat and cold harm.", what_to_do=["Cold helps."])

    rows = list_rows(Kind.WARNING_SIGNS, sign)

    heat = [row for row in rows if row[0] == "heat"]
    cold = [row for row in rows if row[0] == "cold"]
    assert [row[1:] for row in heat] == [(2, heat[0][2], 0)]
    assert [row[1:] for row in cold] == [(2, heat[0][2] + 1, 0)]


def test_no_line_has_a_mark_of_a_snippet_or_of_markdown() -> None:
    finding = make_finding("odd", label="**Odd** \u27e6pain\u27e7", aliases=["`so`"])

    indexed = index(Kind.FINDINGS, parse_entry(Kind.FINDINGS, finding))

    assert indexed is not None
    assert indexed.entry.lines.split("\n")[:2] == ["Odd [pain]", "so"]


def test_lines_stand_in_one_order_however_sections_are_written() -> None:
    data = make_treatment("heat")
    turned = {**data, "sections": dict(reversed(list(data["sections"].items())))}

    one, other = (
        index(Kind.TREATMENTS, parse_entry(Kind.TREATMENTS, each))
        for each in (data, turned)
    )

    assert one == other


@pytest.mark.parametrize("kind", [Kind.CASES, Kind.CONDITIONS, Kind.LIBRARY])
def test_what_patients_do_not_look_for_is_not_indexed(kind: Kind) -> None:
    bundle = make_bundle()

    assert all(index(kind, entry) is None for entry in bundle.of_kind(kind).values())


def test_a_sign_names_what_it_asks_for_and_what_alone_is_enough() -> None:
    findings = [make_finding(slug) for slug in ("one", "two", "three", "old")]
    rules = [
        make_rule("a", when={"any": [{"has": "one"}, {"is": "both"}]}),
        make_rule("b", when={"has": {"finding": "old", "since_days": {"at_least": 9}}}),
    ]
    when = {"all": [{"has": "two"}, {"not": {"has": "three"}}]}
    condition = {"slug": "both", "description": "Both.", "when": when}
    bundle = make_bundle(
        {
            Kind.FINDINGS: findings,
            Kind.CONDITIONS: [condition],
            Kind.WARNING_SIGNS: [make_sign("sign", rules=rules)],
        }
    )

    named = {one.finding: one.is_enough for one in list_named_findings(bundle, "sign")}

    assert named == {"one": True, "two": False, "old": False}


@pytest.mark.parametrize(
    ("statement", "place"),
    [
        ("DELETE FROM searchword WHERE item LIKE '1%'", "treatments/"),
        ("DELETE FROM searchentry WHERE item LIKE '0%'", "warning-signs/cauda-equina"),
        ("UPDATE searchentry SET hit = '{}' WHERE item LIKE '0%'", "warning-signs/"),
        ("UPDATE searchword SET length = 99 WHERE item LIKE '3%'", "findings/"),
        ("UPDATE searchword SET item = 'x' WHERE item LIKE '3%'", "searchword"),
    ],
)
def test_the_doctor_names_and_mends_an_index_that_is_damaged(
    engine: Engine, statement: str, place: str
) -> None:
    publish(engine, make_bundle(), at=PUBLISHED_AT)
    with engine.begin() as connection:
        connection.execute(text(statement))

    problems = [
        one.place for check in diagnose(engine).checks for one in check.problems
    ]

    assert any(one.startswith(place) for one in problems)
    rebuild(engine, at=REMADE_AT)
    assert diagnose(engine).is_healthy
