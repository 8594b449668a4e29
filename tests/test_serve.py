"""`whatnext serve` as users start it: a process of its own on a free port."""

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from uuid import uuid4

import pytest
from sqlalchemy import Engine

from app.keys import make_key
from tests.api.keys import KEYS, bearer, store_key
from tests.api.publishing import publish_small
from tests.databases import Databases, show_url
from tests.directories import write_directory, write_file
from tests.factories import complete
from tests.ports import HOST
from tests.processes import PATIENCE, WHATNEXT, Served, serving, starting
from tests.raw_http import read_to_end
from tests.shell import YOGA, Place


def serve(place: Place) -> AbstractContextManager[Served]:
    """Serve until the end of the block."""
    return serving(show_url(place.engine), place.directory)


def start(place: Place) -> AbstractContextManager[Served]:
    """Start a service, and kill it at the end of the block; wait for nothing."""
    return starting(show_url(place.engine), place.directory)


def test_serve_publishes_into_an_empty_database_and_answers(bare_place: Place) -> None:
    with serve(bare_place) as served:
        health = served.ask("/healthz")
        walking = served.ask("/v1/treatments/walking")

    assert (health.status, health.json()) == (200, {"status": "ok"})
    assert (walking.status, walking.json()["name"]) == (200, "Walking")
    assert "Published content as release 1." in served.said


@dataclass(frozen=True)
class Ready:
    """A service of a release, beside content that differs from it and has problems."""

    served: Served
    engine: Engine


@pytest.fixture(scope="module")
def ready(
    databases: Databases, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Ready]:
    directory = tmp_path_factory.mktemp("served")
    content = write_directory(directory / "content", complete(YOGA))
    write_file(content, "screens.yaml", "- slug: x\n")
    settings = {"SEED_DATA": str(content), "LOG_LEVEL": "DEBUG"}
    with (
        databases.opened(publish_small) as engine,
        serving(show_url(engine), directory, **settings) as served,
    ):
        yield Ready(served, engine)


def test_serve_serves_the_release_whatever_the_content_is(ready: Ready) -> None:
    walking = ready.served.ask("/v1/treatments/walking")
    yoga = ready.served.ask("/v1/treatments/yoga")

    assert (walking.status, yoga.status) == (200, 404)
    assert "content has 2 problems" in ready.served.said


def test_requests_that_are_sent_together_have_their_own_ids(ready: Ready) -> None:
    ids = [str(uuid4()) for _ in range(3)]
    asked = [
        f"GET /v1/nothing HTTP/1.1\r\nHost: {HOST}\r\nX-Request-Id: {one}\r\n\r\n"
        for one in ids
    ]
    last = f"GET /healthz HTTP/1.0\r\nHost: {HOST}\r\n\r\n"

    said = read_to_end(ready.served.port, "".join([*asked, last]).encode()).decode()

    assert re.findall(r"x-request-id: (\S+)", said)[:3] == ids


def test_serve_logs_no_key(ready: Ready) -> None:
    good, unknown = store_key(ready.engine), make_key()

    answers = [ready.served.ask(KEYS, headers=bearer(key)) for key in (good, unknown)]

    assert [one.status for one in answers] == [200, 401]
    assert not any(
        part in ready.served.said
        for key in (good, unknown)
        for part in key.text.removeprefix("wn_").split("_")
    )


def test_two_services_may_start_at_once_on_an_empty_database(bare_place: Place) -> None:
    with start(bare_place) as one, start(bare_place) as other:
        for served in (one, other):
            served.wait_until_ready()
        answers = [served.ask("/readyz") for served in (one, other)]

    assert [one.status for one in answers] == [200, 200]


def test_serve_does_not_start_an_empty_database_with_problems(
    bare_place: Place,
) -> None:
    write_file(bare_place.content, "screens.yaml", "- slug: x\n")

    with start(bare_place) as served:
        code = served.process.wait(PATIENCE)

    assert code == 1
    assert "screens.yaml:1: /0/question: It is missing." in served.said


def test_a_process_that_answers_has_nothing_that_only_commands_need() -> None:
    program = (
        f"import runpy, sys; runpy.run_path({str(WHATNEXT)!r}, run_name='__mp_main__');"
        "import app.main; print({'alembic', 'typer'} & {*sys.modules})"
    )

    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )

    assert ran.stdout.strip() == "set()"
