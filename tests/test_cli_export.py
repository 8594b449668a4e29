"""`whatnext export`: a release becomes files, from which publishing changes nothing."""

import pytest

from app.content.export import export_files
from app.fields import Kind
from tests.directories import write_directory, write_file
from tests.factories import complete, make_bundle, make_treatment
from tests.shell import Place, read_files, run

YOGA = complete({Kind.TREATMENTS: [make_treatment("yoga")]})
TAPING = complete({Kind.TREATMENTS: [make_treatment("taping")]})


@pytest.fixture
def published(place: Place) -> Place:
    """A library in two releases: the first with yoga, the second with taping."""
    write_directory(place.content, YOGA)
    run("publish")
    (place.content / "treatments" / "yoga.yaml").unlink()
    write_directory(place.content, TAPING)
    run("publish")
    return place


def exported(place: Place) -> dict[str, str]:
    """Return what stands in the directory of the export, by name."""
    return {name: text.decode() for name, text in read_files(place.out).items()}


def test_help_names_it() -> None:
    assert " export " in run("--help").stdout


def test_it_writes_the_present_release(published: Place) -> None:
    result = run("export", "out")

    files = export_files(make_bundle(TAPING))
    assert result.exit_code == 0, result.output
    assert result.stdout == f"Release 2: {len(files)} files written, 0 removed.\n"
    assert exported(published) == files


def test_publishing_what_it_wrote_makes_no_release(published: Place) -> None:
    run("export", "out")

    assert run("publish", "out").stdout == "Nothing changed: release 2 stands.\n"


def test_it_writes_a_past_release(published: Place) -> None:
    result = run("export", "out", "--release", "1")

    assert result.exit_code == 0
    assert exported(published) == export_files(make_bundle(YOGA))


def test_it_changes_nothing_of_a_directory_that_has_files(published: Place) -> None:
    write_file(published.out, "notes.txt", "Mine.\n")

    result = run("export", "out")

    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("out: /: It is not empty.")
    assert exported(published) == {"notes.txt": "Mine.\n"}


def test_it_replaces_the_files_of_another_release(published: Place) -> None:
    run("export", "out", "--release", "1")
    write_file(published.out, ".gitignore", "x\n")

    result = run("export", "out", "--replace")

    files = export_files(make_bundle(TAPING))
    assert result.stdout == f"Release 2: {len(files)} files written, 1 removed.\n"
    assert exported(published) == {**files, ".gitignore": "x\n"}


def test_it_names_what_it_must_not_replace(published: Place) -> None:
    write_file(published.out, "notes.txt", "Mine.\n")

    result = run("export", "out", "--replace")

    assert result.exit_code == 1
    assert result.stderr.startswith("notes.txt: /: Unexpected.")
    assert exported(published) == {"notes.txt": "Mine.\n"}


def test_it_says_which_releases_there_are(published: Place) -> None:
    result = run("export", "out", "--release", "3")

    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "There is no release 3: there are 1 to 2.\n"
    assert not published.out.exists()


def test_it_says_that_there_is_only_one_release(place: Place) -> None:
    run("publish")

    result = run("export", "out", "--release", "2")

    assert result.stderr == "There is no release 2: there is only 1.\n"


@pytest.mark.parametrize("number", ["0", "last"])
def test_it_refuses_what_is_no_release(published: Place, number: str) -> None:
    result = run("export", "out", "--release", number)

    assert result.exit_code == 2
    assert not published.out.exists()


def test_it_says_that_nothing_was_published(place: Place) -> None:
    result = run("export", "out")

    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("Nothing has been published yet.")
    assert not place.out.exists()


def test_it_names_the_setting_that_is_wrong(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "nonsense")

    result = run("export", "out")

    assert result.exit_code == 2
    assert result.stderr.startswith("DATABASE_URL: ")
