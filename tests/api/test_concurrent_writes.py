"""Eight publishers at once: what is accepted is in the log once, nothing is lost."""

import os
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from threading import Barrier

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response
from sqlalchemy import Engine

from app.keys import KeyRole
from tests.api.asking import Json, get_json, read_problem
from tests.api.keys import store_key
from tests.api.publishing import WALKING_PATH, Writer, publish_small
from tests.databases import making_app

WRITERS = 8
EDITS = int(os.environ.get("EDITS", "1"))
FILLED = {"writers": publish_small}


@pytest.fixture
def writers(engine: Engine) -> Iterator[list[Writer]]:
    """Publishers, each of an application of its own, as of a process of its own."""
    with ExitStack() as stack:
        writers = []
        for number in range(WRITERS):
            app = stack.enter_context(making_app(engine))
            if number == 0:
                # Routes are made when first asked for, once for all applications and
                # with warnings shut off for all threads: not by two at a time.
                app.openapi()
            client = TestClient(app, raise_server_exceptions=False)
            key = store_key(engine, KeyRole.PUBLISHER, name=f"Writer {number}")
            writers.append(Writer(stack.enter_context(client), key))
        yield writers


def add_alias(writer: Writer, alias: str) -> Response:
    """Read walking and the release it is of, add an alias, and write it back."""
    read = get_json(writer.client, "/v1/bundle")
    [walking] = [
        one for one in read["entries"]["treatments"] if one["slug"] == "walking"
    ]
    changed = {**walking, "aliases": [*walking.get("aliases", []), alias]}
    return writer.put(WALKING_PATH, changed, against=read["release"], note=alias)


def edit(writer: Writer, name: str, start: Barrier) -> list[tuple[str, Response]]:
    """Make every edit until it is accepted; return what came of each attempt."""
    start.wait()
    attempts: list[tuple[str, Response]] = []
    for number in range(EDITS):
        is_open = True
        while is_open:
            response = add_alias(writer, f"{name}-{number}")
            attempts.append((f"{name}-{number}", response))
            is_open = response.status_code == 412
    return attempts


def edit_together(writers: list[Writer]) -> list[tuple[str, Response]]:
    start = Barrier(WRITERS)
    names = [f"writer-{number}" for number in range(WRITERS)]
    with ThreadPoolExecutor(WRITERS) as pool:
        found = list(pool.map(edit, writers, names, [start] * WRITERS))
    return [one for attempts in found for one in attempts]


def test_what_is_accepted_is_in_the_log_once_and_nothing_is_lost(
    writers: list[Writer],
) -> None:
    attempts = edit_together(writers)

    statuses = Counter(response.status_code for _, response in attempts)
    assert set(statuses) == {200, 412}
    accepted = {
        response.json()["release"]: alias
        for alias, response in attempts
        if response.is_success
    }
    assert statuses[200] == len(accepted) == WRITERS * EDITS
    assert sorted(accepted) == list(range(2, WRITERS * EDITS + 2))
    log = {one["number"]: one for one in writers[0].log()}
    assert {number: log[number]["note"] for number in accepted} == accepted
    assert sorted(log) == list(range(1, WRITERS * EDITS + 2))
    walking = get_json(writers[0].client, WALKING_PATH)
    assert walking["aliases"] == [accepted[number] for number in sorted(accepted)]
    for number, alias in accepted.items():
        writer, _, _ = alias.rpartition("-")
        name = log[number]["published_by"]
        assert name == writer.capitalize().replace("-", " ")


def test_of_eight_that_write_against_one_release_one_is_accepted(
    writers: list[Writer],
) -> None:
    start = Barrier(WRITERS)

    def write(number: int) -> Response:
        start.wait()
        entry = {"slug": "cohen-2020", "title": f"Title {number}"}
        reference = {**reference_of(writers[number]), **entry}
        path = "/v1/references/cohen-2020"
        return writers[number].put(path, reference, against=1)

    with ThreadPoolExecutor(WRITERS) as pool:
        responses = list(pool.map(write, range(WRITERS)))

    [accepted] = [number for number, one in enumerate(responses) if one.is_success]
    for number, response in enumerate(responses):
        if number != accepted:
            problem = read_problem(response, 412)
            [changed] = problem["errors"]
            assert changed["pointer"] == "/references/cohen-2020"
            assert changed["detail"] == "changed by release 2"
            assert response.headers["library-release"] == "2"
    title = reference_of(writers[0])["title"]
    assert title == f"Title {accepted}"
    assert writers[0].present() == 2


def reference_of(writer: Writer) -> Json:
    [reference] = writer.bundle()["references"]
    found: Json = reference
    return found
