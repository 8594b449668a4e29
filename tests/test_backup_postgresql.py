"""pg_dump is found, called without a password, and told where it is missing."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.database import build_engine
from tests.databases import migrate
from tests.postgres import PostgresServer
from tests.publishing import publish_factories
from tests.shell import run

SECRET = "hidden%2Fsecret"
RECORDING = """
import os, sys
if "--version" in sys.argv:
    print("pg_dump (PostgreSQL) 99.1")
else:
    print(*sys.argv, file=open({there!r}, "w"))
    sys.exit("The password is of " + str(len(os.environ["PGPASSWORD"])) + " letters.")
"""


@pytest.fixture(scope="module")
def address(postgres: PostgresServer) -> Iterator[str]:
    """Where a database with a release is, with a password that nobody asks for."""
    postgres.execute("CREATE DATABASE dumped")
    engine = build_engine(postgres.url("dumped"))
    migrate(engine)
    publish_factories(engine)
    engine.dispose()
    yield f"127.0.0.1:{postgres.port}/dumped"
    postgres.execute("DROP DATABASE dumped")


@pytest.fixture
def folder(tmp_path: Path, address: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    """All that is on PATH, with DATABASE_URL for the database."""
    found = tmp_path / "bin"
    found.mkdir()
    monkeypatch.setenv("PATH", str(found))
    url = f"postgresql://postgres:{SECRET}@{address}?application_name=test"
    monkeypatch.setenv("DATABASE_URL", url)
    return found


@pytest.fixture(scope="module")
def programs(postgres: PostgresServer) -> str:
    """A PATH with the programs of PostgreSQL: of the server's, else of the machine."""
    path = f"{postgres.binaries}{os.pathsep}{os.environ['PATH']}"
    if not shutil.which("pg_dump", path=path):
        pytest.fail(f"PostgreSQL's own programs are neither in {path}.")
    return path


def write_program(path: Path, script: str) -> None:
    path.write_text(f"#!{sys.executable}\n{script}")
    path.chmod(0o755)


@pytest.mark.parametrize(
    "script",
    [
        pytest.param(None, id="there is none"),
        pytest.param("print('pg_dump (PostgreSQL) 9.6.24')", id="it is older"),
        pytest.param("import sys; sys.exit('No server.')", id="it does not work"),
    ],
)
def test_without_a_pg_dump_that_fits_it_is_said_what_to_run(
    folder: Path, address: str, script: str | None
) -> None:
    if script:
        write_program(folder / "pg_dump", script)

    done = run("backup", str(folder / "backup"))

    assert (done.exit_code, done.stdout) == (2, "")
    reason, command = done.stderr.splitlines()
    assert reason.startswith("There is no pg_dump of version ")
    assert command.startswith("pg_dump --format=custom '--dbname=")
    assert command.endswith(f" --file={folder / 'backup'}")
    assert "hidden" not in done.stderr
    assert not (folder / "backup").exists()


def test_what_is_told_to_run_by_hand_makes_a_backup(
    folder: Path, programs: str
) -> None:
    command = run("backup", str(folder / "backup")).stderr.splitlines()[-1]

    subprocess.run(["/bin/sh", "-c", command], env={"PATH": programs}, check=True)

    assert (folder / "backup").read_bytes().startswith(b"PGDMP")


def test_pg_dump_is_given_the_password_past_its_arguments(folder: Path) -> None:
    there = folder / "arguments"
    write_program(folder / "pg_dump", RECORDING.format(there=str(there)))

    done = run("backup", str(folder / "backup"))

    assert done.exit_code == 1
    assert done.stderr == "pg_dump failed: The password is of 13 letters.\n"
    assert "application_name=test" in there.read_text()
    assert "hidden" not in there.read_text()
    assert not (folder / "backup").exists()


def test_a_dump_that_was_cut_short_is_refused(
    folder: Path, programs: str, tmp_path: Path
) -> None:
    cutting = f"""
import os, subprocess, sys
os.environ["PATH"] = {programs!r}
subprocess.run(["pg_dump", *sys.argv[1:]], check=True)
if "--version" not in sys.argv:
    file = sys.argv[-1].partition("=")[2]
    os.truncate(file, os.path.getsize(file) * 3 // 4)
"""
    write_program(folder / "pg_dump", cutting)
    (folder / "pg_restore").symlink_to(str(shutil.which("pg_restore", path=programs)))

    done = run("backup", str(tmp_path / "backup"))

    assert done.exit_code == 1
    assert done.stderr.startswith("pg_restore failed: ")
    assert sorted(tmp_path.iterdir()) == [folder]


def test_a_server_that_is_gone_is_told(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://postgres@127.0.0.1:9/none")

    done = run("backup", str(folder / "backup"))

    assert done.exit_code == 4
    assert done.stderr.startswith("The database does not answer: ")
    assert list(folder.iterdir()) == []
