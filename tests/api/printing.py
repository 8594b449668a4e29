"""What the application prints and logs while it answers."""

import json
import logging
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from tests.api.asking import RECOMMENDATIONS


class Printed:
    """Standard output, standard error, and every log record."""

    def __init__(
        self, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.set_level(logging.DEBUG)
        self._capfd, self._caplog = capfd, caplog

    def read(self) -> str:
        out, err = self._capfd.readouterr()
        return f"{out}{err}{self._caplog.text}"

    def read_events(self, name: str | None = None) -> list[dict[str, Any]]:
        """Return the JSON lines of standard error, or those of one event."""
        lines = self._capfd.readouterr().err.splitlines()
        events = [json.loads(line) for line in lines if line.startswith("{")]
        return [one for one in events if name in (None, one["event"])]


def send(client: TestClient, raw: bytes, kind: str = "application/json") -> Response:
    """Ask for a recommendation with a body as it is."""
    return client.post(RECOMMENDATIONS, content=raw, headers={"content-type": kind})
