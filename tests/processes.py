"""`whatnext serve` as administrators start it: in processes of its own, on a port."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Any, NamedTuple

from tests.ports import HOST, find_free_port

PATIENCE = 120
"""How many seconds anything may take; nothing should come near."""

WHATNEXT = Path(sys.executable).with_name("whatnext")


class Answer(NamedTuple):
    """What came back; names of headers are small."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)


@dataclass(frozen=True)
class Served:
    """A service that was started, where it answers, and what it prints."""

    process: "subprocess.Popen[bytes]"
    port: int
    output: Path

    @property
    def said(self) -> str:
        """What it has printed and logged."""
        return self.output.read_text()

    def connect(self) -> HTTPConnection:
        return HTTPConnection(HOST, self.port, timeout=PATIENCE)

    def ask(
        self,
        path: str,
        *,
        method: str = "GET",
        body: object = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Send a request on a connection of its own; a body is sent as JSON."""
        with closing(self.connect()) as connection:
            return ask(connection, path, method=method, body=body, headers=headers)

    def wait_until_ready(self) -> None:
        deadline = time.monotonic() + PATIENCE
        while self.process.poll() is None and time.monotonic() < deadline:
            try:
                self.ask("/healthz")
            except ConnectionRefusedError:
                time.sleep(0.05)
            else:
                return
        raise AssertionError(f"The service did not start: {self.said}")

    def end(self, how: signal.Signals = signal.SIGTERM) -> int:
        """Send a signal to the process that was started; return how it ends."""
        self.process.send_signal(how)
        return self.process.wait(PATIENCE)

    def list_workers(self) -> list[int]:
        """Return the ids of the processes that answer below the one that was started.

        There is one process more, which Python starts for itself.
        """
        pid = self.process.pid
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        return [one for one in map(int, children) if "spawn_main" in _read_command(one)]

    def find_worker(self, connection: HTTPConnection) -> int:
        """Return which process has the other end of a connection, as Linux tells."""
        own = connection.sock.getsockname()[1]
        ends = f":{self.port:04X}", f":{own:04X}"
        table = Path("/proc/net/tcp").read_text().splitlines()
        [inode] = [
            row[9]
            for row in map(str.split, table)
            if (row[1][-5:], row[2][-5:]) == ends
        ]
        [worker] = [one for one in self.list_workers() if _holds(one, inode)]
        return worker


def ask(
    connection: HTTPConnection,
    path: str,
    *,
    method: str = "GET",
    body: object = None,
    headers: Mapping[str, str] | None = None,
) -> Answer:
    """Send a request on a connection that stays open."""
    sent = None if body is None else json.dumps(body)
    kind = {} if body is None else {"content-type": "application/json"}
    connection.request(method, path, sent, {**kind, **(headers or {})})
    response = connection.getresponse()
    named = {name.lower(): value for name, value in response.getheaders()}
    return Answer(response.status, named, response.read())


@contextmanager
def serving(
    url: str, directory: Path, *options: str, **settings: str
) -> Iterator[Served]:
    """Serve a database until the end of the block; settings as in the environment."""
    with starting(url, directory, *options, **settings) as served:
        served.wait_until_ready()
        yield served


@contextmanager
def starting(
    url: str, directory: Path, *options: str, **settings: str
) -> Iterator[Served]:
    """Start a service, and kill it at the end of the block; wait for nothing."""
    port = find_free_port()
    named = {"DATABASE_URL": url, "RATE_LIMIT": "off", "RATE_LIMIT_KEYED": "off"}
    # What they leave when they are killed goes with the rest.
    named["TMPDIR"] = str(directory)
    # What it says before it is killed is to be read.
    named["PYTHONUNBUFFERED"] = "1"
    output = directory / f"served-{port}.log"
    with output.open("wb") as log:
        process = subprocess.Popen(
            [WHATNEXT, "serve", "--port", str(port), *options],
            cwd=directory,
            env={**os.environ, "WATCH_SECONDS": "0.5", **named, **settings},
            stdout=log,
            stderr=log,
            # To end those that it starts, whatever becomes of it.
            start_new_session=True,
        )
    served = Served(process, port, output)
    try:
        yield served
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(PATIENCE)


def _holds(pid: int, inode: str) -> bool:
    for one in Path(f"/proc/{pid}/fd").iterdir():
        # What is closed meanwhile is not it.
        with suppress(FileNotFoundError):
            if str(one.readlink()) == f"socket:[{inode}]":
                return True
    return False


def _read_command(pid: int) -> str:
    return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
