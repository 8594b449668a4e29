"""`whatnext serve` as users start it: a process of its own on a free port."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import col, update

from app.database import write_session
from app.fields import Kind
from app.keys import make_key
from app.queries.projection import mark_renderer
from app.tables import Treatment
from tests.api.keys import KEYS, store_key
from tests.databases import show_url
from tests.directories import write_directory, write_file
from tests.factories import COMPLETE, complete, make_bundle, make_treatment
from tests.publishing import PUBLISHED_AT, publish
from tests.shell import run

HOST = "127.0.0.1"
PATIENCE = 60
WHATNEXT = Path(sys.executable).with_name("whatnext")
ADVICE = "run `whatnext publish`"


@dataclass
class Served:
    """A running service; `output` is filled when it has ended."""

    port: int
    output: str = field(default="")

    def get(self, path: str, **headers: str) -> tuple[int, object]:
        connection = HTTPConnection(HOST, self.port, timeout=PATIENCE)
        try:
            connection.request("GET", path, headers=headers)
            response = connection.getresponse()
            return response.status, json.loads(response.read())
        finally:
            connection.close()


@dataclass(frozen=True)
class Place:
    """A content directory and a database, and how a service is started on them."""

    content: Path
    engine: Engine

    @property
    def settings(self) -> dict[str, str]:
        return {"DATABASE_URL": show_url(self.engine), "SEED_DATA": str(self.content)}

    def start(self, port: int) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [WHATNEXT, "serve", "--port", str(port)],
            cwd=self.content.parent,
            env={**os.environ, **self.settings},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )


@pytest.fixture
def place(tmp_path: Path, empty_engine: Engine) -> Place:
    """The small library, and a database without tables."""
    return Place(write_directory(tmp_path / "content", COMPLETE), empty_engine)


@pytest.fixture
def published_place(tmp_path: Path, engine: Engine) -> Place:
    """The small library, and a database that holds it as release 1."""
    publish(engine, make_bundle(COMPLETE), at=PUBLISHED_AT)
    return Place(write_directory(tmp_path / "content", COMPLETE), engine)


@contextmanager
def serving(place: Place) -> Iterator[Served]:
    """Serve until the end of the block."""
    with starting(place) as (process, served):
        _wait_for(process, served)
        yield served


@contextmanager
def starting(place: Place) -> Iterator[tuple["subprocess.Popen[str]", Served]]:
    """Start a service, and end it at the end of the block; wait for nothing."""
    served = Served(_free_port())
    process = place.start(served.port)
    try:
        yield process, served
    finally:
        process.terminate()
        served.output, _ = process.communicate(timeout=PATIENCE)


def _free_port() -> int:
    with socket.socket() as one:
        one.bind((HOST, 0))
        port: int = one.getsockname()[1]
        return port


def _wait_for(process: "subprocess.Popen[str]", served: Served) -> None:
    deadline = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < deadline:
        try:
            served.get("/healthz")
        except ConnectionRefusedError:
            time.sleep(0.05)
        else:
            return
    pytest.fail("The service did not start.")


def test_serve_publishes_into_an_empty_database_and_answers(place: Place) -> None:
    with serving(place) as served:
        health = served.get("/healthz")
        status, walking = served.get("/v1/treatments/walking")

    assert health == (200, {"status": "ok"})
    assert status == 200
    assert isinstance(walking, dict)
    assert walking["name"] == "Walking"
    assert "Published content as release 1." in served.output


def test_serve_makes_anew_what_another_renderer_made(published_place: Place) -> None:
    older = update(Treatment).where(col(Treatment.slug) == "walking")
    with write_session(published_place.engine) as session:
        session.exec(older.values(document='{"slug":"older"}', hash="sha256:older"))
        mark_renderer(session, "sha256:older")

    with serving(published_place) as served:
        _, walking = served.get("/v1/treatments/walking")

    assert isinstance(walking, dict)
    assert walking["name"] == "Walking"


def test_serve_logs_no_key(
    published_place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOG_LEVEL", "DEBUG")
    good, unknown = store_key(published_place.engine), make_key()

    with serving(published_place) as served:
        answers = [
            served.get(KEYS, authorization=f"Bearer {key.text}")
            for key in (good, unknown)
        ]

    assert [status for status, _ in answers] == [200, 401]
    assert not any(
        part in served.output
        for key in (good, unknown)
        for part in key.text.removeprefix("wn_").split("_")
    )


def test_two_services_may_start_at_once_on_an_empty_database(place: Place) -> None:
    with starting(place) as one, starting(place) as other:
        for process, served in (one, other):
            _wait_for(process, served)
        answers = [served.get("/readyz") for _, served in (one, other)]

    assert [status for status, _ in answers] == [200, 200]


def test_serve_leaves_a_database_with_content_as_it_is(published_place: Place) -> None:
    own = {Kind.TREATMENTS: [make_treatment("yoga")]}
    write_directory(published_place.content, complete(own))

    with serving(published_place) as served:
        status, _ = served.get("/v1/treatments/yoga")

    assert status == 404
    assert f"Serving release 1. content differs from it: {ADVICE}" in served.output


def test_nothing_is_said_when_the_content_is_the_same(published_place: Place) -> None:
    for _ in range(2):
        said = prepare(published_place)
        assert ADVICE not in said
        assert "Published" not in said

    # What was found the same is that content, and that release.
    other = complete({Kind.TREATMENTS: [make_treatment("yoga")]})
    publish(published_place.engine, make_bundle(other), at=PUBLISHED_AT)
    assert ADVICE in prepare(published_place)
    write_directory(published_place.content, other)
    assert ADVICE not in prepare(published_place)


def prepare(place: Place) -> str:
    """Return what is said before the service starts."""
    result = run("prepare", env=place.settings)
    assert result.exit_code == 0
    return result.output


def test_serve_serves_the_release_when_the_content_has_problems(
    published_place: Place,
) -> None:
    write_file(published_place.content, "screens.yaml", "- slug: x\n")

    with serving(published_place) as served:
        status, _ = served.get("/v1/treatments/walking")

    assert status == 200
    assert "has 2 problems" in served.output


def test_serve_does_not_start_an_empty_database_with_problems(place: Place) -> None:
    write_file(place.content, "screens.yaml", "- slug: x\n")

    process = place.start(_free_port())
    output, _ = process.communicate(timeout=PATIENCE)

    assert process.returncode == 1
    assert "screens.yaml:1: /0/question: It is missing." in output
