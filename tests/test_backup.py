"""What is backed up while others publish is served elsewhere as it was, to the byte."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from resource import RLIMIT_FSIZE, getrlimit, setrlimit
from threading import Event, Thread

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine

from app.settings import ROOT
from tests.content.damage import damage
from tests.databases import (
    Databases,
    PostgresDatabases,
    making_app,
    migrate,
    show_url,
)
from tests.factories import COMPLETE, make_bundle
from tests.publishing import PUBLISHED_AT, publish
from tests.shell import YOGA, Own, Place, run, settle

PATIENCE = 60
DOCUMENTED = (ROOT / "docs" / "deployment.md").read_text(encoding="utf-8")
RESTORE = "pg_restore --no-owner --exit-on-error --single-transaction"
OLDER = "3557b3918f76"
OWN: tuple[Own, Own] = (YOGA, {})
READS = (
    "/v1/treatments",
    "/v1/treatments?sort=-name&fields=name",
    "/v1/treatments/walking",
    "/v1/treatments/walking?format=markdown",
    "/v1/treatments/yoga",
    "/v1/topics",
    "/v1/search?q=walk",
    "/v1/bundle",
    "/v1/changes?since=1",
    "/v1/releases",
)
TOLD = ("etag", "last-modified", "library-release", "content-type")
Answers = dict[str, tuple[int, bytes, list[str | None]]]


def publish_complete(engine: Engine) -> None:
    """Publish the library that is in the directory."""
    publish(engine, make_bundle(COMPLETE), at=PUBLISHED_AT)


@pytest.fixture
def place(
    databases: Databases,
    with_programs: None,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Place]:
    """Where commands work, with a release in the database."""
    with databases.opened(publish_complete) as engine:
        yield settle(tmp_path, engine, monkeypatch)


@pytest.fixture
def with_programs(
    databases: Databases,
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Put the programs of the PostgreSQL that is tested on PATH."""
    if isinstance(databases.maker, PostgresDatabases):
        binaries = request.getfixturevalue("postgres").binaries
        monkeypatch.setenv("PATH", f"{binaries}{os.pathsep}{os.environ['PATH']}")


@dataclass
class Publisher:
    """Publishes one release after the other, and keeps what each of them answers."""

    place: Place
    answers: dict[int, Answers] = field(default_factory=dict)
    _stopping: Event = field(default_factory=Event)
    _moved: Event = field(default_factory=Event)

    @contextmanager
    def publishing(self) -> Iterator[None]:
        """Publish all through the block, and before and after it."""
        thread = Thread(target=self._publish)
        thread.start()
        try:
            self._await_another()
            yield
            self._await_another()
        finally:
            self._stopping.set()
            thread.join(PATIENCE)

    def _publish(self) -> None:
        with making_app(self.place.engine) as app:
            client = TestClient(app)
            while not self._stopping.is_set():
                self.place.publish(OWN[len(self.answers) % 2])
                found = self.place.release
                assert found
                self.answers[found[0]] = ask(client)
                self._moved.set()
                # Others have work to do, too.
                self._stopping.wait(0.2)

    def _await_another(self) -> None:
        self._moved.clear()
        assert self._moved.wait(PATIENCE)


def ask(client: TestClient) -> Answers:
    """Return what is answered to reads, and to an empty profile."""
    got = {path: client.get(path) for path in READS}
    got["a profile"] = client.post("/v1/recommendations", json={"profile": {}})
    return {
        path: (one.status_code, one.content, [one.headers.get(name) for name in TOLD])
        for path, one in got.items()
    }


@contextmanager
def restored(file: Path, databases: Databases) -> Iterator[Engine]:
    """Restore a backup into a new database as docs/deployment.md says."""
    with databases.opened_empty() as engine:
        if engine.dialect.name == "sqlite":
            shutil.copyfile(file, str(engine.url.database))
        else:
            assert RESTORE in DOCUMENTED
            to = f"--dbname={show_url(engine)}"
            subprocess.run([*RESTORE.split(), to, file], check=True)
        yield engine


def test_a_restored_backup_serves_a_release_as_it_was(
    place: Place, databases: Databases, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = place.directory / "backup"
    publisher = Publisher(place)
    run("keys", "create", "--name", "Anna", "--role", "admin")
    keys = run("keys", "list").stdout

    with publisher.publishing():
        done = run("backup", str(file))

    assert done.exit_code == 0, done.stderr
    told = re.fullmatch(r".*backup: release (\d+), ([\d,]+) bytes\.\n", done.stdout)
    assert told
    release = int(told[1])
    assert int(told[2].replace(",", "")) == file.stat().st_size
    assert {release, release + 1} <= publisher.answers.keys()
    statuses = {
        one[0] for found in publisher.answers.values() for one in found.values()
    }
    assert statuses == {200, 404}
    with restored(file, databases) as engine:
        monkeypatch.setenv("DATABASE_URL", show_url(engine))
        assert run("doctor").stdout.endswith(f"Healthy: release {release} stands.\n")
        with making_app(engine) as app:
            assert ask(TestClient(app)) == publisher.answers[release]
        assert run("keys", "list").stdout == keys
        assert run("publish", "--note", "Again").exit_code == 0


def test_a_backup_is_one_file_that_nobody_else_may_read(place: Place) -> None:
    folder = place.directory / "backups"
    folder.mkdir()

    run("backup", str(folder / "backup"))

    assert [path.name for path in folder.iterdir()] == ["backup"]
    assert (folder / "backup").stat().st_mode & 0o777 == 0o600


@pytest.fixture
def full_disk() -> Iterator[None]:
    """Let no file have more than 40 KiB: what SQLite shares in memory has 32."""
    soft, hard = getrlimit(RLIMIT_FSIZE)
    setrlimit(RLIMIT_FSIZE, (40 * 1024, hard))
    yield
    setrlimit(RLIMIT_FSIZE, (soft, hard))


def test_a_backup_that_does_not_fit_on_the_disk_leaves_nothing(
    place: Place, full_disk: None
) -> None:
    folder = place.directory / "backups"
    folder.mkdir()

    done = run("backup", str(folder / "backup"))

    assert done.exit_code == 1
    assert re.match("The database cannot be copied: |pg_dump failed: ", done.stderr)
    assert list(folder.iterdir()) == []


def test_of_a_damaged_log_no_backup_is_made(place: Place) -> None:
    damage(place.engine, "UPDATE release SET checksum = 'sha256:other'")

    done = run("backup", "backup")

    assert (done.exit_code, done.stdout) == (1, "")
    [problem, summary] = done.stderr.splitlines()
    assert problem.startswith("checksums: release 1: Its revisions (")
    assert summary == "Problems: 1; no backup was made. See `whatnext doctor`."
    assert not (place.directory / "backup").exists()


def test_what_can_be_made_anew_keeps_no_log_from_being_backed_up(place: Place) -> None:
    damage(place.engine, "DELETE FROM listedtreatment")

    assert run("backup", "backup").exit_code == 0


def test_a_database_is_backed_up_before_an_upgrade_too(
    databases: Databases,
    with_programs: None,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with databases.opened_empty() as engine:
        migrate(engine, OLDER)
        monkeypatch.setenv("DATABASE_URL", show_url(engine))

        done = run("backup", str(tmp_path / "backup"))

    assert done.exit_code == 0
    assert f"backup: at migration {OLDER}, which is not the newest" in done.stdout


def test_a_database_without_tables_is_no_backup(
    empty_engine: Engine,
    with_programs: None,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with empty_engine.connect():
        """A connection makes the file of SQLite."""
    monkeypatch.setenv("DATABASE_URL", show_url(empty_engine))

    done = run("backup", str(tmp_path / "backup"))

    assert done.exit_code == 1
    assert "No migration was made yet." in done.stderr
    assert not (tmp_path / "backup").exists()
