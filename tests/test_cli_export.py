"""`whatnext export`: a release becomes files, from which publishing changes nothing."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import Engine
from typer.testing import CliRunner, Result

from app.cli import app
from app.content.export import export_files
from app.fields import Kind
from tests.directories import write_directory, write_file
from tests.factories import complete, make_bundle, make_treatment

YOGA = complete({Kind.TREATMENTS: [make_treatment("yoga")]})
TAPING = complete({Kind.TREATMENTS: [make_treatment("taping")]})


@dataclass(frozen=True)
class Place:
    """Where the commands work: two directories beside a database."""

    content: Path
    out: Path

    @property
    def exported(self) -> dict[str, str]:
        """What stands in the directory of the export, by name."""
        found = [path for path in self.out.rglob("*") if path.is_file()]
        return {str(one.relative_to(self.out)): one.read_text() for one in found}


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, arguments)


@pytest.fixture
def empty(
    tmp_path: Path, empty_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """A directory to work in, and a database without tables."""
    url = empty_engine.url.render_as_string(hide_password=False)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", url)
    return tmp_path


@pytest.fixture
def place(empty: Path) -> Place:
    """A library in two releases: the first with yoga, the second with taping."""
    content = empty / "content"
    write_directory(content, YOGA)
    run("publish", str(content))
    (content / "treatments" / "yoga.yaml").unlink()
    write_directory(content, TAPING)
    run("publish", str(content))
    return Place(content, empty / "out")


def test_help_names_it() -> None:
    assert " export " in run("--help").stdout


def test_it_writes_the_present_release(place: Place) -> None:
    result = run("export", "out")

    files = export_files(make_bundle(TAPING))
    assert result.exit_code == 0, result.output
    assert result.stdout == f"Release 2: {len(files)} files written, 0 removed.\n"
    assert place.exported == files


def test_publishing_what_it_wrote_makes_no_release(place: Place) -> None:
    run("export", "out")

    assert run("publish", "out").stdout == "Nothing changed: release 2 stands.\n"


def test_it_writes_a_past_release(place: Place) -> None:
    result = run("export", "out", "--release", "1")

    assert result.exit_code == 0
    assert place.exported == export_files(make_bundle(YOGA))


def test_it_changes_nothing_of_a_directory_that_has_files(place: Place) -> None:
    write_file(place.out, "notes.txt", "Mine.\n")

    result = run("export", "out")

    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("out: /: It is not empty.")
    assert place.exported == {"notes.txt": "Mine.\n"}


def test_it_replaces_the_files_of_another_release(place: Place) -> None:
    run("export", "out", "--release", "1")
    write_file(place.out, ".gitignore", "x\n")

    result = run("export", "out", "--replace")

    files = export_files(make_bundle(TAPING))
    assert result.stdout == f"Release 2: {len(files)} files written, 1 removed.\n"
    assert place.exported == {**files, ".gitignore": "x\n"}


def test_it_names_what_it_must_not_replace(place: Place) -> None:
    write_file(place.out, "notes.txt", "Mine.\n")

    result = run("export", "out", "--replace")

    assert result.exit_code == 1
    assert result.stderr.startswith("notes.txt: /: Unexpected.")
    assert place.exported == {"notes.txt": "Mine.\n"}


def test_it_says_which_releases_there_are(place: Place) -> None:
    result = run("export", "out", "--release", "3")

    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "There is no release 3: there are 1 to 2.\n"
    assert not place.out.exists()


def test_it_says_that_there_is_only_one_release(empty: Path) -> None:
    run("publish", str(write_directory(empty / "content", YOGA)))

    result = run("export", "out", "--release", "2")

    assert result.stderr == "There is no release 2: there is only 1.\n"


@pytest.mark.parametrize("number", ["0", "last"])
def test_it_refuses_what_is_no_release(place: Place, number: str) -> None:
    result = run("export", "out", "--release", number)

    assert result.exit_code == 2
    assert not place.out.exists()


def test_it_says_that_nothing_was_published(empty: Path) -> None:
    result = run("export", "out")

    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("Nothing has been published yet.")
    assert not (empty / "out").exists()


def test_it_names_the_setting_that_is_wrong(
    empty: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "nonsense")

    result = run("export", "out")

    assert result.exit_code == 1
    assert result.stderr.startswith("DATABASE_URL: ")
