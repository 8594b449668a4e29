"""Server processes on a core of their own: started, paused, and what they use."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from tempfile import NamedTemporaryFile

from tests.ports import HOST, find_free_port
from tests.processes import WHATNEXT

PATIENCE = 180
UVICORN = (sys.executable, "-m", "uvicorn")
QUIET = "--no-access-log"
PLAIN = ("--loop", "asyncio", "--http", "h11")
"""Makes uvicorn do without uvloop and httptools."""


class BenchError(Exception):
    """What was measured is not what should have been."""


@dataclass(frozen=True)
class Cores:
    """One core for the servers, and one for whoever asks them."""

    servers: int
    asking: int

    @classmethod
    def of_machine(cls) -> "Cores":
        """Return the first and the last core. Raises `BenchError`."""
        if sys.platform != "linux":
            raise BenchError(
                f"`make bench` needs Linux, and this is {sys.platform}: it pins "
                "processes to cores, stops them, and reads their CPU clocks and /proc."
            )
        cores = sorted(os.sched_getaffinity(0))
        return cls(cores[0], cores[-1])


@dataclass(frozen=True)
class Setup:
    """How a server is started; `{port}` in the command is where it must listen."""

    name: str
    command: Sequence[str]
    ready: str
    environment: Mapping[str, str] = field(default_factory=dict)


def serve_whatnext(name: str, ready: str, environment: Mapping[str, str]) -> Setup:
    """Return whatnext as its users start it."""
    return Setup(name, (str(WHATNEXT), "serve", "--port", "{port}"), ready, environment)


def run_uvicorn(
    name: str, app: str, ready: str, environment: Mapping[str, str], *options: str
) -> Setup:
    """Return an application under uvicorn, with further options of it."""
    command = (*UVICORN, app, "--port", "{port}", *options)
    return Setup(name, command, ready, environment)


@dataclass
class Server:
    """A running process. `cold` is how many seconds its first answer took."""

    name: str
    port: int
    process: "subprocess.Popen[bytes]"
    log: Path
    cold: float = 0

    def ask(
        self, path: str, headers: Mapping[str, str], body: bytes | None = None
    ) -> tuple[int, Mapping[str, str], bytes]:
        """Return status, headers by lower-case name, and body of one answer."""
        connection = HTTPConnection(HOST, self.port, timeout=PATIENCE)
        try:
            method = "GET" if body is None else "POST"
            connection.request(method, path, body=body, headers=dict(headers))
            answer = connection.getresponse()
            named = {name.lower(): text for name, text in answer.getheaders()}
            return answer.status, named, answer.read()
        finally:
            connection.close()

    def cpu(self) -> float:
        """Return the seconds of CPU that the process has used, all threads together."""
        # The clock of another process: see clock_getcpuclockid(3).
        return time.clock_gettime((~self.process.pid << 3) | 2)

    def memory(self) -> float:
        """Return the resident memory in MB."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        line = next(one for one in status.splitlines() if one.startswith("VmRSS"))
        return int(line.split()[1]) / 1024

    def pause(self) -> None:
        self.process.send_signal(signal.SIGSTOP)

    def resume(self) -> None:
        self.process.send_signal(signal.SIGCONT)


@contextmanager
def running(setup: Setup, cores: Cores) -> Iterator[Server]:
    """Run a server until the end of the block. Raises `BenchError`."""
    with NamedTemporaryFile(prefix="bench-", suffix=".log") as log:
        server = _start(setup, cores, Path(log.name))
        try:
            _await_answer(server, setup.ready)
            yield server
        finally:
            server.resume()
            server.process.terminate()
            try:
                server.process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                server.process.kill()
                server.process.wait()


def _start(setup: Setup, cores: Cores, log: Path) -> Server:
    port = find_free_port()
    command = [word.format(port=port) for word in setup.command]
    # A process runs where it was started from.
    os.sched_setaffinity(0, {cores.servers})
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            env={**os.environ, **setup.environment},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    os.sched_setaffinity(0, {cores.asking})
    return Server(setup.name, port, process, log)


def _await_answer(server: Server, path: str) -> None:
    start = time.perf_counter()
    while time.perf_counter() - start < PATIENCE:
        if server.process.poll() is not None:
            break
        try:
            status, _, _ = server.ask(path, {})
        except (OSError, HTTPException):
            time.sleep(0.002)
            continue
        server.cold = time.perf_counter() - start
        if status == 200:
            return
        raise BenchError(f"{server.name} answers {status} to GET {path}.")
    raise BenchError(f"{server.name} does not start: {server.log.read_text()[-2000:]}")
