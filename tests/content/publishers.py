"""The ways to publish from a process of its own: from a shell, and over HTTP."""

import json
import os
import subprocess
import time
from collections.abc import Callable
from datetime import UTC, datetime
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from threading import Thread

from sqlalchemy import Engine

from app.content.log import write_document
from app.database import write_session
from app.fields import Kind
from app.keys import KeyRole
from app.library.bundle import Bundle
from app.queries.keys import record_use
from tests.api.keys import bearer, store_key
from tests.content.crashing import PATIENCE, Attempt
from tests.databases import show_url
from tests.ports import HOST, find_free_port
from tests.processes import WHATNEXT

NAME = "Anna"
"""The name of the key that a service publishes for."""

Publisher = Callable[[Engine, Path, Bundle], Attempt]


def publish_from_shell(engine: Engine, content: Path, _bundle: Bundle) -> Attempt:
    """Publish a content directory with the command."""
    began = time.perf_counter()
    process = _start(engine, content, "publish", str(content))
    return Attempt(
        process,
        began,
        is_over=lambda: process.poll() is not None,
        has_published=lambda: process.poll() == 0,
    )


def publish_over_http(engine: Engine, content: Path, bundle: Bundle) -> Attempt:
    """Publish a library through a service that runs already."""
    key = store_key(engine, KeyRole.PUBLISHER, name=NAME)
    with write_session(engine) as session:
        # To record its use would be a write of its own.
        record_use(session, key.id, at=datetime.now(UTC))
    headers = {**bearer(key), "if-match": '"release-1"'}
    entries = {
        kind.value: [
            json.loads(write_document(entry)) for entry in bundle.of_kind(kind).values()
        ]
        for kind in Kind
    }
    body = json.dumps({"mode": "replace", "entries": entries})
    port = find_free_port()
    process = _start(engine, content, "serve", "--port", str(port))
    _wait_for(process, port)
    statuses: list[int] = []
    sending = Thread(target=_post, args=(port, body, headers, statuses))
    began = time.perf_counter()
    sending.start()
    return Attempt(
        process,
        began,
        is_over=lambda: not sending.is_alive(),
        has_published=lambda: statuses == [201],
    )


def _start(engine: Engine, content: Path, *arguments: str) -> "subprocess.Popen[bytes]":
    url = show_url(engine)
    return subprocess.Popen(
        [WHATNEXT, *arguments],
        cwd=content,
        env={**os.environ, "DATABASE_URL": url, "SEED_DATA": str(content)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def _post(port: int, body: str, headers: dict[str, str], statuses: list[int]) -> None:
    connection = HTTPConnection(HOST, port, timeout=PATIENCE)
    try:
        connection.request(
            "POST",
            "/v1/releases",
            body,
            {**headers, "content-type": "application/json"},
        )
        statuses.append(connection.getresponse().status)
    except (HTTPException, OSError):
        """The service was killed before it answered."""
    finally:
        connection.close()


def _wait_for(process: "subprocess.Popen[bytes]", port: int) -> None:
    deadline = time.perf_counter() + PATIENCE
    while process.poll() is None and time.perf_counter() < deadline:
        connection = HTTPConnection(HOST, port, timeout=PATIENCE)
        try:
            connection.request("GET", "/readyz")
            if connection.getresponse().status == 200:
                return
        except ConnectionRefusedError:
            time.sleep(0.05)
        finally:
            connection.close()
    process.kill()
    msg = "The service did not start."
    raise AssertionError(msg)
