"""The doctor holds every row of the tables to the log, and makes them anew from it."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Engine

from app.content.doctor_tables import rebuild
from app.database import build_engine, write_session
from app.errors import StaleReleaseError
from tests.conftest import REMADE_AT
from tests.content.damage import (
    SMALL,
    damage,
    diagnose,
    list_problems,
    publish_past,
)
from tests.databases import migrate
from tests.publishing import PUBLISHED_AT, publish, stored

STAMP = "UPDATE treatment SET release = {} WHERE slug = 'yoga'"
SECOND_SCREEN = """
    INSERT INTO screen (slug, name, release, hash, card, document)
    SELECT 'zumba', name, release, hash, card, document FROM screen
"""
SECOND_MARK = """
    INSERT INTO qualityresult
    SELECT 'cases', 'zumba', 0, criterion, pointer, outcome, detail, value, due_on
    FROM qualityresult WHERE slug = 'yoga' AND position = 1
"""
FILLED = {"logged": publish_past}


@pytest.fixture
def logged(engine: Engine) -> Engine:
    """A database of four releases."""
    return engine


TABLE_DAMAGES = [
    pytest.param(
        ["DELETE FROM topic"],
        ["topics/facet-joint-injection: Its row of topic is missing."],
        id="an item is missing",
    ),
    pytest.param(
        [SECOND_SCREEN],
        ["screens/zumba: By the log it has no row of screen."],
        id="an item too many",
    ),
    pytest.param(
        ["UPDATE treatment SET document = replace(document, 'A sum', 'Our sum')"],
        [
            f"treatments/{slug}: document of treatment is …"
            for slug in ("walking", "facet-joint-injection", "yoga")
        ],
        id="another document",
    ),
    pytest.param(
        ["UPDATE treatment SET name = 'Pilates' WHERE slug = 'yoga'"],
        [
            "treatments/yoga: name of treatment is Pilates, where the log says Yoga.",
        ],
        id="another column",
    ),
    pytest.param(
        ["UPDATE treatment SET hash = 'sha256:0' WHERE slug = 'yoga'"],
        ["treatments/yoga: hash of treatment is sha256:0, where the log says sha256:"],
        id="another hash",
    ),
    pytest.param(
        ["DELETE FROM listedtreatment WHERE among = 'topic=facet-joint-injection'"],
        ["treatments/walking: Its row of listedtreatment (among topic=facet-joint"],
        id="a link is missing",
    ),
    pytest.param(
        ["INSERT INTO listedfailurecause VALUES ('points_to=x', 'cause', 'Cause')"],
        ["failure-causes/cause: By the log it has no row of listedfailurecause ("],
        id="a link too many",
    ),
    pytest.param(
        ["DELETE FROM qualityresult WHERE slug = 'yoga' AND position = 1"],
        ["treatments/yoga: Its row of qualityresult (kind treatments, slug yoga, p"],
        id="a mark is missing",
    ),
    pytest.param(
        [SECOND_MARK],
        ["cases/zumba: By the log it has no row of qualityresult (kind cases, slug zu"],
        id="a mark too many",
    ),
]


@pytest.mark.parametrize(("statements", "beginnings"), TABLE_DAMAGES)
def test_damage_to_the_tables_is_named_and_mended(
    logged: Engine, statements: list[str], beginnings: list[str]
) -> None:
    healthy = stored(logged)
    damage(logged, *statements)
    damaged = stored(logged)

    diagnosis = diagnose(logged)

    problems = list_problems(diagnosis)
    assert list(problems) == ["tables"]
    assert len(problems["tables"]) == len(beginnings)
    for beginning in beginnings:
        assert any(one.startswith(beginning) for one in problems["tables"])
    assert stored(logged) == damaged != healthy

    rebuild(logged, at=REMADE_AT)

    assert diagnose(logged).is_healthy
    assert stored(logged) == healthy


@pytest.mark.parametrize("stamp", [3, 5])
def test_an_item_names_no_release_in_which_it_did_not_stand(
    logged: Engine, stamp: int
) -> None:
    healthy = stored(logged)
    damage(logged, STAMP.format(stamp))

    [problem] = list_problems(diagnose(logged))["tables"]

    assert problem == (
        f"treatments/yoga: It names release {stamp} as the last that changed it, and "
        "it stands since release 4 of 4."
    )
    rebuild(logged, at=REMADE_AT)
    assert stored(logged) == healthy


def test_an_item_keeps_the_release_in_which_only_its_rendering_changed(
    logged: Engine,
) -> None:
    damage(
        logged,
        "UPDATE screen SET release = 3",
        "UPDATE screen SET document = '{}'",
    )

    rebuild(logged, at=REMADE_AT)

    assert diagnose(logged).is_healthy
    with logged.connect() as connection:
        stamps = connection.exec_driver_sql("SELECT release FROM screen").scalars()
        assert list(stamps) == [3]


def test_rows_without_any_release_are_named_and_removed(engine: Engine) -> None:
    empty = stored(engine)
    damage(engine, "INSERT INTO listedfinding VALUES ('', 'zumba', 'Zumba')")

    [problem] = list_problems(diagnose(engine))["tables"]

    assert problem == (
        "findings/zumba: By the log it has no row of listedfinding "
        "(among , slug zumba)."
    )
    assert rebuild(engine, at=REMADE_AT) == 0
    assert stored(engine) == empty


def test_the_log_stays_as_it_is_when_the_tables_are_made_anew(logged: Engine) -> None:
    before = stored(logged)

    rebuild(logged, at=REMADE_AT)

    assert stored(logged) == before


def test_tables_are_not_made_anew_from_a_release_that_is_no_longer_present(
    logged: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def write_late(engine: Engine) -> object:
        publish(engine, SMALL, at=PUBLISHED_AT)
        return write_session(engine)

    monkeypatch.setattr("app.content.doctor_tables.write_session", write_late)

    with pytest.raises(StaleReleaseError, match="against release 4, but 5 is out"):
        rebuild(logged, at=REMADE_AT)

    assert diagnose(logged).is_healthy


@pytest.fixture
def in_file(tmp_path: Path) -> Iterator[Engine]:
    """A SQLite database of four releases, whatever the other tests run on."""
    engine = build_engine(f"sqlite:///{tmp_path / 'own.db'}")
    migrate(engine)
    publish_past(engine)
    yield engine
    engine.dispose()


def test_sqlite_is_asked_what_refers_to_what_is_not_there(in_file: Engine) -> None:
    damage(in_file, "UPDATE topic SET release = 7")

    problems = [
        str(one)
        for check in diagnose(in_file).checks
        if check.name == "file"
        for one in check.problems
    ]

    assert problems == ["file: Row 1 of topic refers to what is not in release."]


@pytest.mark.parametrize(
    ("statement", "detail"),
    [
        ("UPDATE qualityresult SET outcome = 'magic'", "'magic' is not among the defi"),
        ("UPDATE qualityresult SET due_on = 'soon'", "Invalid isoformat"),
    ],
)
def test_a_table_that_cannot_be_read_is_named(
    in_file: Engine, statement: str, detail: str
) -> None:
    damage(in_file, statement)

    [problem] = list_problems(diagnose(in_file))["tables"]

    assert problem.startswith(f"qualityresult: It cannot be read: {detail}")
    rebuild(in_file, at=REMADE_AT)
    assert diagnose(in_file).is_healthy


def test_a_file_with_damaged_pages_is_named(in_file: Engine) -> None:
    in_file.dispose()
    path = Path(str(in_file.url.database))
    with closing(sqlite3.connect(path)) as connection:
        statement = "SELECT rootpage FROM sqlite_master WHERE name = 'revision'"
        [page] = connection.execute(statement).fetchone()
        [size] = connection.execute("PRAGMA page_size").fetchone()
    content = bytearray(path.read_bytes())
    content[(page - 1) * size : page * size] = b"?" * size
    path.write_bytes(content)

    diagnosis = diagnose(in_file)

    assert not diagnosis.is_healthy
    details = [str(one) for check in diagnosis.checks for one in check.problems]
    assert any("malformed" in one or "page" in one for one in details)


@pytest.mark.parametrize("content", [None, b"Not a database." * 99])
def test_a_file_that_is_no_database_is_named_and_stays_as_it_is(
    tmp_path: Path, content: bytes | None
) -> None:
    path = tmp_path / "other.db"
    if content:
        path.write_bytes(content)
    engine = build_engine(f"sqlite:///{path}")

    diagnosis = diagnose(engine)

    assert list(list_problems(diagnosis)) == ["connection"]
    assert diagnosis.not_made[0] == "schema"
    assert (path.read_bytes() if path.exists() else None) == content
    engine.dispose()
