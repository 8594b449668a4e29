"""A new file is there whole or not at all, and in nobody's place."""

from pathlib import Path

import pytest

from app.cli.new_file import NewFileError, making


def test_a_file_is_there_when_it_is_whole(tmp_path: Path) -> None:
    file = tmp_path / "new"

    with making(file) as draft:
        draft.write_text("One, ")
        assert not file.exists()
        draft.write_text("One, two")

    assert file.read_text() == "One, two"
    assert file.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.iterdir()) == [file]


def test_nothing_is_left_of_a_file_that_is_not_finished(tmp_path: Path) -> None:
    def stop_halfway() -> None:
        with making(tmp_path / "new") as draft:
            draft.with_name("new-journal").touch()
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stop_halfway()

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("folder", "It is there already, and is left as it is."),
        ("link", "It is there already, and is left as it is."),
        ("nowhere/new", "Cannot be written: No such file or directory."),
        ("notes/new", "Cannot be written: Not a directory."),
        ("n" * 300, "Cannot be written: File name too long."),
    ],
)
def test_a_new_file_takes_no_place_but_a_free_one(
    tmp_path: Path, name: str, reason: str
) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "link").symlink_to("nowhere")
    (tmp_path / "notes").touch()
    before = sorted(tmp_path.rglob("*"))

    with pytest.raises(NewFileError) as raised, making(tmp_path / name):
        pytest.fail("There is no place for it.")

    assert str(raised.value) == f"{tmp_path / name}: {reason}"
    assert sorted(tmp_path.rglob("*")) == before


def test_what_somebody_else_has_put_there_meanwhile_stays(tmp_path: Path) -> None:
    file = tmp_path / "new"

    with pytest.raises(NewFileError, match="there already"), making(file):
        file.write_text("Mine")

    assert file.read_text() == "Mine"
    assert list(tmp_path.iterdir()) == [file]
