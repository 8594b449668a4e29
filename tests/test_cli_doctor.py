"""`whatnext doctor` says what is well and what is not, and mends only the tables."""

import json
from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.content.damage import damage, publish_past
from tests.databases import show_url
from tests.publishing import stored
from tests.shell import run

FILLED = {"logged": publish_past}


@pytest.fixture
def logged(engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """The database of the settings, with four releases."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", show_url(engine))
    return engine


def test_a_line_for_each_check_says_that_all_is_well(logged: Engine) -> None:
    result = run("doctor")

    assert result.exit_code == 0
    *checks, summary = result.stdout.splitlines()
    assert all(line.startswith("ok ") for line in checks)
    assert "ok tables: Every row is as the log says, and there are no others." in checks
    assert summary == "Healthy: release 4 stands."


def test_problems_are_named_with_what_to_do(logged: Engine) -> None:
    damage(logged, "UPDATE treatment SET name = 'Pilates' WHERE slug = 'yoga'")

    result = run("doctor")

    assert result.exit_code == 1
    assert result.stdout.splitlines()[-4:] == [
        "!! tables: Problems: 1.",
        "   treatments/yoga: name of treatment is Pilates, where the log says Yoga.",
        "   Run `whatnext doctor --repair`, which makes the tables anew from the log.",
        "Problems: 1.",
    ]


def test_of_many_problems_of_a_check_only_the_first_are_shown(logged: Engine) -> None:
    damage(logged, "DELETE FROM qualityresult")

    lines = run("doctor").stdout.splitlines()

    assert len([line for line in lines if "Its row of qualityresult" in line]) == 20
    assert any(line.endswith(" more: see --json.") for line in lines)


def test_json_names_every_problem(logged: Engine) -> None:
    damage(logged, "UPDATE treatment SET name = 'Pilates'")

    result = run("doctor", "--json")

    assert result.exit_code == 1
    diagnosis = json.loads(result.stdout)
    assert (diagnosis["release"], diagnosis["is_healthy"]) == (4, False)
    [tables] = [one for one in diagnosis["checks"] if one["problems"]]
    assert tables["name"] == "tables"
    assert {one["place"] for one in tables["problems"]} == {
        f"treatments/{slug}" for slug in ("facet-joint-injection", "walking", "yoga")
    }


def test_repair_makes_the_tables_anew(logged: Engine) -> None:
    healthy = stored(logged)
    damage(logged, "DELETE FROM listedtreatment")

    result = run("doctor", "--repair")

    assert result.exit_code == 0
    assert result.stderr.endswith("rows were made anew from the log.\n")
    assert result.stdout.endswith("Healthy: release 4 stands.\n")
    assert stored(logged) == healthy


def test_repair_leaves_a_damaged_log_and_all_else_as_it_is(logged: Engine) -> None:
    damage(logged, "UPDATE revision SET hash = 'x'", "DELETE FROM listedtreatment")
    damaged = stored(logged)

    result = run("doctor", "--repair")

    assert result.exit_code == 1
    assert result.stderr == "Only tables can be repaired: nothing was changed.\n"
    assert "-- Not looked at: tables." in result.stdout
    assert stored(logged) == damaged


def test_repair_has_nothing_to_do_where_all_is_well(logged: Engine) -> None:
    before = stored(logged)

    result = run("doctor", "--repair")

    assert (result.exit_code, result.stderr) == (0, "")
    assert stored(logged) == before


def test_a_database_that_is_not_there_is_not_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'none.db'}")

    result = run("doctor", "--repair")

    assert result.exit_code == 1
    assert f"   {tmp_path / 'none.db'}: There is no such file.\n" in result.stdout
    assert not (tmp_path / "none.db").exists()


def test_a_database_without_a_release_is_well(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", show_url(engine))

    result = run("doctor")

    assert result.exit_code == 0
    assert result.stdout.endswith("Healthy: nothing has been published yet.\n")


def test_a_database_without_tables_is_told_to_migrate(
    empty_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    with empty_engine.connect():
        """A connection makes the file of SQLite."""
    monkeypatch.setenv("DATABASE_URL", show_url(empty_engine))

    result = run("doctor")

    assert result.exit_code == 1
    assert "migrations: No migration was made yet." in result.stdout
    assert "Run `whatnext migrate`." in result.stdout
