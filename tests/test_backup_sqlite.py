"""What becomes of a file of SQLite: in one piece, and damage to it is noticed."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.databases import Databases, SqliteFiles
from tests.publishing import publish_factories
from tests.shell import run

PAGE = 4096


@pytest.fixture(scope="module")
def sqlite(tmp_path_factory: pytest.TempPathFactory) -> Databases:
    return Databases(SqliteFiles(tmp_path_factory.mktemp("databases")))


@pytest.fixture
def file(sqlite: Databases, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A backup, with DATABASE_URL for it."""
    path = tmp_path / "back up?#%.db"
    with sqlite.opened(publish_factories) as engine:
        monkeypatch.setenv("DATABASE_URL", f"sqlite:///{engine.url.database}")
        assert run("backup", str(path)).exit_code == 0
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'restored.db'}")
    return path


def test_a_backup_keeps_no_log_beside_it(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        [mode] = connection.execute("PRAGMA journal_mode").fetchone()

    assert mode == "delete"


def exchange_a_word(whole: bytes) -> bytes:
    assert b"A text." in whole
    return whole.replace(b"A text.", b"A test.")


def empty_a_page(whole: bytes) -> bytes:
    middle = len(whole) // PAGE // 2 * PAGE
    return whole[:middle] + bytes(PAGE) + whole[middle + PAGE :]


def cut_short(whole: bytes) -> bytes:
    return whole[: len(whole) // 2]


@pytest.mark.parametrize(
    ("damaging", "noticed_by"),
    [
        (exchange_a_word, "!! hashes: "),
        (empty_a_page, "!! file: "),
        (cut_short, "!! connection: "),
    ],
)
def test_the_doctor_notices_a_damaged_backup(
    file: Path, damaging: Callable[[bytes], bytes], noticed_by: str
) -> None:
    whole = file.read_bytes()
    (file.parent / "restored.db").write_bytes(damaging(whole))

    done = run("doctor")

    assert done.exit_code == 1
    assert noticed_by in done.stdout


@pytest.mark.parametrize(
    ("url", "code", "reason"),
    [
        ("sqlite:///none.db", 4, "There is no database at none.db.\n"),
        ("sqlite://", 2, "A database in memory cannot be backed up.\n"),
    ],
)
def test_what_is_no_file_is_not_backed_up_and_not_made(
    url: str, code: int, reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", url)

    done = run("backup", "backup")

    assert (done.exit_code, done.stderr) == (code, reason)
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_no_database_is_not_backed_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "notes.db").write_text("Notes" * 1000)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'notes.db'}")

    done = run("backup", str(tmp_path / "backup"))

    assert (done.exit_code, done.stdout) == (1, "")
    assert not (tmp_path / "backup").exists()
