"""Four processes serve one database: what anyone publishes, all of them serve, whole.

`PROCESSES_SECONDS` says for how long they are read while somebody publishes;
`make processes` does so for half a minute, and logs what it saw.
"""

import json
import logging
import os
import re
import signal
import time
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from dataclasses import dataclass
from hashlib import sha256
from http.client import HTTPConnection
from itertools import cycle
from threading import Event

import pytest
from sqlalchemy import Engine

from app.fields import Kind
from app.keys import KeyRole
from tests.api.keys import bearer, store_key
from tests.api.publishing import RELEASES, publish_small
from tests.api.test_metrics import read_counts
from tests.conftest import BOTH
from tests.databases import Databases, show_url
from tests.factories import Data, complete, make_bundle, make_treatment
from tests.processes import PATIENCE, Answer, Served, ask, serving
from tests.publishing import PUBLISHED_AT, publish

SECONDS = float(os.environ.get("PROCESSES_SECONDS", "2"))
# By hand on both: many processes are what PostgreSQL is for.
DATABASES = BOTH if "PROCESSES_SECONDS" in os.environ else ("postgresql",)
PROCESSES = 4
AT_LEAST = 4
"""So many releases are published, however long it takes."""

BETWEEN = 0.15
"""How many seconds a publisher rests."""

SOON = 1.0
"""How many seconds after it was published a release is served by every process."""

MARK = re.compile(rb"Of release (\d+)\.")
READS = (
    "/v1/treatments/walking",
    "/v1/treatments?fields=summary",
    "/v1/treatments/yoga?format=markdown",
    "/v1/treatments/walking?format=plain&length=short",
    "/v1/compare?treatments=walking,yoga",
    "/v1/bundle",
    "/v1/meta",
    "/v1/changes?since=1",
    "/v1/releases?limit=1",
    "/v1/search?q=walking",
    "/llms.txt",
)
CODINGS = ("identity", "gzip")
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Seen:
    """An answer, and when which process was asked for it."""

    at: float
    worker: int
    path: str
    coding: str
    answer: Answer

    @property
    def release(self) -> int:
        return int(self.answer.headers["library-release"])

    @property
    def digest(self) -> str:
        return sha256(self.answer.body).hexdigest()


@dataclass(frozen=True)
class Watched:
    """What was seen while releases came out, and when each had come out."""

    seen: list[Seen]
    published: dict[int, float]


def mark(release: int) -> list[Data]:
    """Return treatments that say of which release they are."""
    summary = f"Of release {release}."
    return [make_treatment(slug, summary=summary) for slug in ("walking", "yoga")]


def publish_first(engine: Engine) -> None:
    publish_small(engine, {Kind.TREATMENTS: mark(1)})


@pytest.fixture(scope="module")
def first(databases: Databases) -> Iterator[Engine]:
    """A database that holds the first release."""
    with databases.opened(publish_first) as engine:
        yield engine


@pytest.fixture(scope="module")
def served(first: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Four processes that serve it."""
    place = tmp_path_factory.mktemp("served")
    options = ("--prepared", "--workers", str(PROCESSES))
    with serving(show_url(first), place, *options) as served:
        yield served


@pytest.fixture(scope="module")
def watched(first: Engine, served: Served) -> Watched:
    """What readers of every process saw while others published."""
    with ExitStack() as stack:
        connections = reach_workers(served, stack)
        done = Event()
        with ThreadPoolExecutor(PROCESSES) as pool:
            readers = [
                pool.submit(read_on, worker, connection, done)
                for worker, connection in connections.items()
            ]
            try:
                published = publish_on(first, served)
                # Each of them is read once more when the last must be there.
                time.sleep(SOON)
            finally:
                done.set()
            seen = [one for reader in readers for one in reader.result()]
    tell(first.dialect.name, published, seen)
    return Watched(seen, published)


def tell(database: str, published: dict[int, float], seen: list[Seen]) -> None:
    """Log how much was seen, and how long the slowest process took."""
    delays = [
        min(one.at for one in seen if one.worker == worker and one.release >= number)
        - at
        for worker in {one.worker for one in seen}
        for number, at in published.items()
    ]
    logger.info(
        "%s: %d releases, %d reads; served by all after %.2f s at the latest",
        database,
        len(published),
        len(seen),
        max(delays),
    )


def reach_workers(served: Served, stack: ExitStack) -> dict[int, HTTPConnection]:
    """Return a connection to each process, by its id."""
    found: dict[int, HTTPConnection] = {}
    deadline = time.monotonic() + 60
    while len(found) < PROCESSES:
        assert time.monotonic() < deadline, f"Only {len(found)} processes answer."
        connection = stack.enter_context(closing(served.connect()))
        ask(connection, "/healthz")
        found.setdefault(served.find_worker(connection), connection)
    return found


def read_on(worker: int, connection: HTTPConnection, done: Event) -> list[Seen]:
    """Read one address after another, and all of them once when nothing more comes."""
    seen = []
    asked = [(path, coding) for coding in CODINGS for path in READS]
    for path, coding in cycle(asked):
        at = time.monotonic()
        answer = ask(connection, path, headers={"accept-encoding": coding})
        seen.append(Seen(at, worker, path, coding, answer))
        if done.is_set() and (path, coding) == asked[-1]:
            break
    return seen


def publish_on(engine: Engine, served: Served) -> dict[int, float]:
    """Publish one release after another; return when each had come out."""
    key = bearer(store_key(engine, KeyRole.PUBLISHER))
    published: dict[int, float] = {}
    end = time.monotonic() + SECONDS
    number = 1
    while time.monotonic() < end or number <= AT_LEAST:
        number += 1
        entries = {Kind.TREATMENTS: mark(number)}
        if number % 2:
            bundle = make_bundle(complete(entries))
            assert publish(engine, bundle, at=PUBLISHED_AT).number == number
        else:
            body = {"mode": "merge", "entries": {"treatments": mark(number)}}
            tag = {**key, "if-match": f'"release-{number - 1}"'}
            answer = served.ask(RELEASES, method="POST", body=body, headers=tag)
            assert answer.status == 201, answer.body
        published[number] = time.monotonic()
        time.sleep(BETWEEN)
    return published


def test_every_answer_is_of_one_release(watched: Watched) -> None:
    assert {one.answer.status for one in watched.seen} == {200}
    torn = [
        (one.path, one.release, sorted(marks))
        for one in watched.seen
        if one.coding == "identity"
        for marks in [set(MARK.findall(one.answer.body))]
        if not marks <= {str(one.release).encode()}
    ]
    assert torn == []
    marked = {one.path for one in watched.seen if MARK.search(one.answer.body)}
    assert len(marked) >= 5


def test_what_an_answer_says_of_its_release_is_true(watched: Watched) -> None:
    said = {
        "/v1/meta": lambda body: body["release"],
        "/v1/bundle": lambda body: body["release"],
        "/v1/changes?since=1": lambda body: body["release"],
        "/v1/releases?limit=1": lambda body: body["items"][0]["number"],
    }
    wrong = [
        (one.path, one.release)
        for one in watched.seen
        if one.path in said and one.coding == "identity"
        if said[one.path](json.loads(one.answer.body)) != one.release
    ]
    assert wrong == []


def test_reads_of_one_release_are_the_same_in_every_process(watched: Watched) -> None:
    found: dict[tuple[str, str, int], set[str]] = defaultdict(set)
    for one in watched.seen:
        found[one.path, one.coding, one.release].add(one.digest)

    assert [which for which, digests in found.items() if len(digests) > 1] == []


def test_a_tag_never_comes_back_for_other_bytes(watched: Watched) -> None:
    found: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for one in watched.seen:
        found[one.path, one.coding, one.answer.headers["etag"]].add(one.digest)

    assert [which for which, digests in found.items() if len(digests) > 1] == []


def test_every_process_serves_a_release_soon_after_it_was_published(
    watched: Watched,
) -> None:
    late = [
        (one.worker, number, one.release)
        for one in watched.seen
        for number, at in watched.published.items()
        if one.at > at + SOON and one.release < number
    ]

    assert late == []
    last = max(watched.published)
    served_by = {one.worker for one in watched.seen if one.release == last}
    assert len(served_by) == PROCESSES


def test_no_process_goes_back_to_a_release_before(watched: Watched) -> None:
    newest: dict[int, int] = {}
    back = []
    for one in watched.seen:
        if one.release < newest.get(one.worker, 0):
            back.append((one.worker, one.path, one.release))
        newest[one.worker] = one.release
    assert back == []


def test_any_process_tells_what_all_have_counted(served: Served) -> None:
    with ExitStack() as stack:
        for connection in reach_workers(served, stack).values():
            ask(connection, "/v1/guidelines")

    counted = ("whatnext_requests_total", "GET", "/v1/guidelines", "200")
    deadline = time.monotonic() + PATIENCE
    while read_counts(served.ask("/metrics").body.decode())[counted] < PROCESSES:
        assert time.monotonic() < deadline, "Not all is told."
        time.sleep(0.1)


def test_a_process_that_is_about_to_count_hinders_nobody(served: Served) -> None:
    [directory] = served.output.parent.glob("whatnext-metrics-*")
    # What the library makes first of each kind of count, before it gives it a size.
    begun = directory / "counter_4194304.db"
    begun.touch()

    answer = served.ask("/metrics")

    begun.unlink()
    assert answer.status == 200
    assert "whatnext_requests_total" in answer.body.decode()


def test_a_process_that_dies_is_replaced(watched: Watched, served: Served) -> None:
    dead, *others = served.list_workers()
    os.kill(dead, signal.SIGKILL)
    deadline = time.monotonic() + PATIENCE
    while len({*served.list_workers()} - {dead}) < PROCESSES:
        assert time.monotonic() < deadline, "Nobody takes its place."
        time.sleep(0.05)

    answers = [served.ask("/readyz") for _ in range(4 * PROCESSES)]

    assert {one.status for one in answers} == {200}
    assert {*others} < {*served.list_workers()}
