"""Content files are put into a directory whole, or nothing is changed."""

from pathlib import Path

import pytest

from app.content.file_swap import put_files
from app.errors import ContentError, ContentProblem
from tests.directories import write_file

FILES = {"library.yaml": "a\n", "findings.yaml": "b\n", "cases/case.yaml": "c\n"}
FORMER = {"library.yaml": "d\n", "screens.yaml": "e\n", "cases/gone.yaml": "f\n"}


def fill(directory: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        write_file(directory, name, text)
    return directory


def content_of(directory: Path) -> dict[str, str]:
    """Return the text of every file in it, hidden ones too."""
    return {
        str(path.relative_to(directory)): path.read_text()
        for path in sorted(directory.rglob("*"))
        if path.is_file()
    }


def put_refused(
    directory: Path, files: dict[str, str] = FILES, *, replace: bool = False
) -> list[ContentProblem]:
    with pytest.raises(ContentError) as refused:
        put_files(directory, files, replace=replace)
    return list(refused.value.problems)


@pytest.mark.parametrize("replace", [False, True])
def test_files_are_placed_in_a_new_directory(tmp_path: Path, *, replace: bool) -> None:
    gone = put_files(tmp_path / "new", FILES, replace=replace)

    assert gone == []
    assert content_of(tmp_path / "new") == FILES


def test_a_directory_with_only_hidden_files_is_empty(tmp_path: Path) -> None:
    hidden = {".git/HEAD": "x\n", ".gitignore": "y\n"}

    put_files(fill(tmp_path, hidden), FILES, replace=False)

    assert content_of(tmp_path) == {**hidden, **FILES}


def test_a_directory_that_has_files_is_left_as_it_was(tmp_path: Path) -> None:
    [problem] = put_refused(fill(tmp_path, FORMER))

    expected = "It is not empty. Use --replace to replace content."
    assert (problem.file, problem.detail) == (str(tmp_path), expected)
    assert content_of(tmp_path) == FORMER


def test_replacing_removes_what_is_gone_and_keeps_what_is_hidden(
    tmp_path: Path,
) -> None:
    hidden = {".schemas/x.json": "{}\n", "cases/.note": "x\n"}

    gone = put_files(fill(tmp_path, FORMER | hidden), FILES, replace=True)

    assert gone == ["cases/gone.yaml", "screens.yaml"]
    assert content_of(tmp_path) == {**hidden, **FILES}


def test_replacing_refuses_a_directory_that_holds_other_things(tmp_path: Path) -> None:
    others = {"README.md": "x\n", "cases/notes.txt": "y\n"}
    fill(tmp_path, FORMER | others)

    problems = put_refused(tmp_path, replace=True)

    assert {problem.file for problem in problems} == set(others)
    assert content_of(tmp_path) == FORMER | others


def test_replacing_refuses_a_directory_in_the_place_of_a_file(tmp_path: Path) -> None:
    former = {"screens.yaml/keep.txt": "x\n"}

    [problem] = put_refused(fill(tmp_path, former), replace=True)

    assert (problem.file, problem.detail) == ("screens.yaml", "Not a file.")
    assert content_of(tmp_path) == former


def test_what_cannot_be_written_leaves_everything_as_it_was(tmp_path: Path) -> None:
    fill(tmp_path, FORMER)
    impossible = {**FILES, "cases/case.yaml/part.yaml": "x\n"}

    [problem] = put_refused(tmp_path, impossible, replace=True)

    assert problem.detail.startswith("Cannot be written: ")
    assert content_of(tmp_path) == FORMER


def test_what_cannot_be_put_in_its_place_puts_everything_back(tmp_path: Path) -> None:
    former = {"library.yaml": "d\n", "screens.yaml": "e\n", ".kept/x": "x\n"}
    paths = set(fill(tmp_path, former).rglob("*"))

    [problem] = put_refused(tmp_path, {**FILES, ".kept": "y\n"}, replace=True)

    assert problem.detail.startswith("Cannot be written: ")
    assert content_of(tmp_path) == former
    assert set(tmp_path.rglob("*")) == paths


def test_a_new_directory_that_cannot_be_filled_is_not_left_behind(
    tmp_path: Path,
) -> None:
    impossible = {**FILES, "cases/case.yaml/part.yaml": "x\n"}

    put_refused(tmp_path / "new", impossible)

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["no/such", "file", "file/inner"])
def test_a_directory_that_cannot_be_made_is_named(tmp_path: Path, name: str) -> None:
    fill(tmp_path, {"file": "x\n"})

    [problem] = put_refused(tmp_path / name)

    assert problem.file == str(tmp_path / name)
    assert content_of(tmp_path) == {"file": "x\n"}
