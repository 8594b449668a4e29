"""The commands: what they print, what they do, and how they end."""

from pathlib import Path

import pytest
from sqlalchemy import inspect

from app.fields import Kind
from app.tables.log import NOTE_MAX
from tests.directories import write_directory, write_file
from tests.factories import COMPLETE, complete, make_bundle, make_case, make_treatment
from tests.shell import Place, run

ENTRIES = sum(1 for _ in make_bundle(COMPLETE))
COMMANDS = ("serve", "check", "diff", "publish", "restore", "schema", "migrate")


def test_help_names_every_command() -> None:
    result = run("--help")

    assert result.exit_code == 0
    assert [name for name in COMMANDS if f" {name} " not in result.stdout] == []


def test_check_says_that_nothing_is_wrong(place: Place) -> None:
    result = run("check")

    assert result.exit_code == 0
    assert result.stdout.endswith(f"\n{ENTRIES} entries, 1 cases, no problems.\n")


@pytest.fixture
def place(bare_place: Place) -> Place:
    """A database without tables: commands make them."""
    return bare_place


def test_check_needs_no_database(place: Place) -> None:
    run("check")

    assert inspect(place.engine).get_table_names() == []


def test_check_takes_another_directory(place: Place, tmp_path: Path) -> None:
    own = {Kind.CASES: [make_case("other")]}
    other = write_directory(tmp_path / "other", complete(own))

    result = run("check", str(other))

    assert result.exit_code == 0
    assert result.stdout.endswith(f"\n{ENTRIES + 1} entries, 2 cases, no problems.\n")


def test_check_names_the_file_and_line_of_every_problem(place: Place) -> None:
    write_file(place.content, "screens.yaml", "- slug: pelvis\n  questoin: Any?\n")
    write_file(place.content, "topic", "x")

    result = run("check")

    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.splitlines() == [
        "screens.yaml:1: /0/findings: It is missing.",
        "screens.yaml:1: /0/question: It is missing.",
        "screens.yaml:2: /0/questoin: Unknown key. Nearest: question.",
        "topic: /: Unexpected. Nearest: topics.",
        "Problems: 4.",
    ]


def test_check_names_the_line_of_advice_that_a_case_does_not_get(
    place: Place,
) -> None:
    case = make_case(expect={"level": "emergency", "could_be": "emergency"})
    write_directory(place.content, {Kind.CASES: [case]})

    result = run("check")

    assert result.exit_code == 1
    assert result.stderr.splitlines() == [
        "cases/case.yaml:8: /expect/level: The level is routine, not emergency.",
        "Problems: 1.",
    ]


def test_check_refuses_a_directory_that_is_not_there(place: Place) -> None:
    result = run("check", "nowhere")

    assert result.exit_code == 1
    assert "There is no such directory." in result.stderr


def test_migrate_makes_the_tables(place: Place) -> None:
    result = run("migrate")

    assert result.exit_code == 0
    assert inspect(place.engine).has_table("release")


def test_publish_makes_the_tables_and_the_first_release(place: Place) -> None:
    result = run("publish", "--note", "The first one.")

    assert result.exit_code == 0
    assert result.stdout == f"Release 1: {ENTRIES} changed, 0 removed (safety).\n"
    assert place.release == (1, "The first one.")


def test_publish_makes_no_release_of_the_same_content(place: Place) -> None:
    run("publish")

    result = run("publish", "--note", "Again.")

    assert result.exit_code == 0
    assert result.stdout == "Nothing changed: release 1 stands.\n"
    assert place.release == (1, "")


def test_publish_counts_what_changed_and_what_was_removed(place: Place) -> None:
    treatments = [make_treatment("yoga")]
    write_directory(place.content, complete({Kind.TREATMENTS: treatments}))
    run("publish")
    (place.content / "treatments" / "yoga.yaml").unlink()
    added = {Kind.TREATMENTS: [make_treatment("taping")]}
    write_directory(place.content, complete(added))

    result = run("publish")

    assert result.exit_code == 0
    assert result.stdout == "Release 2: 1 changed, 1 removed (clinical).\n"


def test_publish_takes_another_directory(place: Place, tmp_path: Path) -> None:
    own = {Kind.TREATMENTS: [make_treatment("yoga")]}
    other = write_directory(tmp_path / "other", complete(own))

    result = run("publish", str(other))

    assert result.stdout == f"Release 1: {ENTRIES + 1} changed, 0 removed (safety).\n"


def test_publish_publishes_nothing_of_content_with_problems(place: Place) -> None:
    run("publish")
    write_file(place.content, "screens.yaml", "- slug: [\n")

    result = run("publish")

    assert result.exit_code == 1
    assert result.stderr.startswith("screens.yaml:2: /: Not YAML")
    assert place.release == (1, "")


def test_schema_writes_a_schema_for_each_kind_of_file(place: Place) -> None:
    result = run("schema")

    assert result.exit_code == 0
    written = [Path(line) for line in result.stdout.splitlines()]
    assert {path.parent for path in written} == {place.content / ".schemas"}
    assert len(written) == len(Kind)
    assert all(path.is_file() for path in written)
    assert run("check").exit_code == 0


def test_schema_refuses_a_directory_that_is_not_there(place: Place) -> None:
    result = run("schema", "nowhere")

    assert result.exit_code == 1
    assert "There is no such directory." in result.stderr


def test_publish_refuses_a_note_that_is_too_long(place: Place) -> None:
    result = run("publish", "--note", "x" * (NOTE_MAX + 1))

    assert result.exit_code == 2
    assert "at most 1000 characters" in result.stderr
    assert inspect(place.engine).get_table_names() == []


@pytest.mark.parametrize("command", ["publish", "migrate", "export out", "keys list"])
def test_a_database_that_does_not_answer_is_told_in_one_line(
    place: Place, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{place.directory}/none/whatnext.db")

    result = run(*command.split())

    assert (result.exit_code, result.stdout) == (4, "")
    assert result.stderr == (
        "The database does not answer: unable to open database file\n"
    )


@pytest.mark.parametrize(
    "command", [*(one for one in COMMANDS if one != "restore"), "restore 1"]
)
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("LOG_LEVEL", "LOUD"),
        ("DATABASE_URL", "nonsense"),
        ("DATABASE_URL", "mysql://x"),
    ],
)
def test_a_command_names_the_setting_that_is_wrong(
    place: Place, monkeypatch: pytest.MonkeyPatch, command: str, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)

    result = run(*command.split())

    assert result.exit_code == 2
    [line] = result.stderr.splitlines()
    assert line.startswith(f"{name}: ")
