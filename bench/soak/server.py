"""A whatnext that is served as its users serve it, and the memory that it takes."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from time import monotonic, sleep

from bench.servers import BenchError
from tests.ports import HOST, find_free_port
from tests.processes import WHATNEXT

PATIENCE = 180
STOPPED_WITHIN = 30


@dataclass
class Soaked:
    """The process of `whatnext serve`, and those that it has started."""

    port: int
    process: "subprocess.Popen[bytes]"
    log: Path

    def memory(self) -> float:
        """Return the memory of all the processes in MB; what they share counts once."""
        sizes = (_read_size(pid) for pid in self._list_processes())
        return sum(sizes) / 1024

    def get(self, path: str) -> bytes:
        """Return the body of one answer. Raises `OSError`, `BenchError`."""
        connection = HTTPConnection(HOST, self.port, timeout=PATIENCE)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            body = answer.read()
        finally:
            connection.close()
        if answer.status != 200:
            raise BenchError(f"whatnext answers {answer.status} to GET {path}.")
        return body

    def _list_processes(self) -> Iterator[int]:
        """Yield the processes of the server, those first that started the others."""
        found = [self.process.pid]
        while found:
            pid = found.pop()
            yield pid
            for task in Path(f"/proc/{pid}/task").glob("*/children"):
                found += map(int, task.read_text().split())


def make_key(environment: Mapping[str, str]) -> str:
    """Make a key that may publish, in the database of the environment."""
    command = [str(WHATNEXT), "keys", "create", "--name", "Soak", "--role", "publisher"]
    ran = subprocess.run(
        command,
        env={**os.environ, **environment},
        check=True,
        capture_output=True,
        text=True,
    )
    return ran.stdout.strip()


@contextmanager
def serving(
    environment: Mapping[str, str], options: list[str], log: Path
) -> Iterator[Soaked]:
    """Serve until the end of the block. Raises `BenchError` if it ends badly."""
    if sys.platform != "linux":
        raise BenchError("`make soak` needs Linux: it reads memory from /proc.")
    port = find_free_port()
    with log.open("wb") as output:
        process = subprocess.Popen(
            [str(WHATNEXT), "serve", "--port", str(port), *options],
            env={**os.environ, **environment},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    server = Soaked(port, process, log)
    try:
        _await_answer(server)
        yield server
        process.terminate()
        if process.wait(timeout=STOPPED_WITHIN):
            raise BenchError(f"whatnext ends with {process.returncode}.")
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()


def _await_answer(server: Soaked) -> None:
    end = monotonic() + PATIENCE
    while monotonic() < end and server.process.poll() is None:
        try:
            server.get("/readyz")
        except (OSError, HTTPException, BenchError):
            sleep(0.1)
        else:
            return
    raise BenchError(f"whatnext does not start: {server.log.read_text()[-2000:]}")


def _read_size(pid: int) -> int:
    """Return the proportional share of memory in KB, 0 of a process that has ended."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return next(int(one.split()[1]) for one in lines if one.startswith("Pss:"))
