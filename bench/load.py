"""A client that asks as fast as it is answered, over a few kept connections."""

import asyncio
from collections.abc import Iterator
from functools import partial
from time import perf_counter

from bench.servers import BenchError
from tests.ports import HOST

CONNECTIONS = 8
END = b"\r\n\r\n"
LENGTH = b"content-length:"
CHUNKED = b"transfer-encoding: chunked"
LAST_CHUNK = b"0\r\n\r\n"


def drive(port: int, requests: Iterator[bytes], *, status: int, seconds: float) -> int:
    """Ask until the time is over or there is nothing more to ask.

    Returns how many there were, all answered. Raises `BenchError` for another status.
    """
    return asyncio.run(_drive(port, _Load(requests, status, seconds)))


class _Load:
    """What all the connections share."""

    def __init__(self, requests: Iterator[bytes], status: int, seconds: float) -> None:
        self.requests = requests
        self.status = f"{status}".encode()
        self.end = perf_counter() + seconds
        self.answers = 0

    def next(self) -> bytes | None:
        return next(self.requests, None) if perf_counter() < self.end else None


class _Connection(asyncio.Protocol):
    """Sends the next request when the last one is answered."""

    def __init__(self, load: _Load, done: "asyncio.Future[None]") -> None:
        self.load, self.done = load, done
        self.buffer, self.asked = b"", b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self._ask()

    def connection_lost(self, _error: Exception | None) -> None:
        if not self.done.done():
            self._fail("closes the connection")

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        if not _is_whole(self.buffer):
            return
        if self.buffer[9:12] != self.load.status:
            self._fail(f"is answered {self.buffer[9:12].decode()}")
            return
        self.load.answers += 1
        self.buffer = b""
        self._ask()

    def _ask(self) -> None:
        request = self.load.next()
        if request is None:
            self.done.set_result(None)
            self.transport.close()
            return
        self.asked = request
        self.transport.write(request)

    def _fail(self, what: str) -> None:
        first = self.asked.partition(b"\r\n")[0].decode()
        self.done.set_exception(BenchError(f"{first} {what}."))
        self.transport.close()


def _is_whole(buffer: bytes) -> bool:
    """Say whether there is an answer: nothing is asked before the last has come."""
    head, found, body = buffer.partition(END)
    if not found:
        return False
    names = head.lower()
    if CHUNKED in names:
        return body.endswith(LAST_CHUNK)
    _, found, rest = names.partition(LENGTH)
    return len(body) >= int(rest.partition(b"\r\n")[0]) if found else True


async def _drive(port: int, load: _Load) -> int:
    loop = asyncio.get_running_loop()
    waiting = []
    for _ in range(CONNECTIONS):
        done = loop.create_future()
        await loop.create_connection(partial(_Connection, load, done), HOST, port)
        waiting.append(done)
    await asyncio.gather(*waiting)
    return load.answers
