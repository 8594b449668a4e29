"""A kept connection that asks one thing after the other, and reads each answer."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass

from tests.ports import HOST

PATIENCE = 120
"""Seconds until an answer that does not come is an error."""

NO_BODY = (204, 304)


class BrokenAnswerError(Exception):
    """What came is no whole answer."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer; its headers are by their names in small letters."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Connection:
    """Opens itself when it is needed, and again after a failure."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None

    async def ask(self, request: bytes) -> Answer:
        """Return the answer. Raises `OSError`, `BrokenAnswerError`, `TimeoutError`."""
        try:
            async with asyncio.timeout(PATIENCE):
                return await self._ask(request)
        except asyncio.IncompleteReadError as error:
            self.close()
            raise BrokenAnswerError("The answer ends too early.") from error
        except (OSError, TimeoutError, BrokenAnswerError):
            self.close()
            raise

    def close(self) -> None:
        """Close what is open."""
        if self._writer is not None:
            self._writer.close()
        self._reader = self._writer = None

    async def _ask(self, request: bytes) -> Answer:
        if self._reader is None or self._writer is None:
            opened = await asyncio.open_connection(HOST, self._port)
            self._reader, self._writer = opened
        self._writer.write(request)
        head = await self._reader.readuntil(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        status = int(first.split(" ", 2)[1])
        pairs = (line.partition(":")[::2] for line in lines if line)
        headers = {name.lower(): text.strip() for name, text in pairs}
        if status in NO_BODY:
            return Answer(status, headers, b"")
        if "content-length" not in headers:
            raise BrokenAnswerError("The answer does not say how long it is.")
        length = int(headers["content-length"])
        return Answer(status, headers, await self._reader.readexactly(length))
