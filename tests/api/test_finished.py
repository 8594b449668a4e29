"""Answers to reads, as they are sent: codings, tags, and never of another release."""

import gzip
import time
from collections.abc import Callable, Iterator, Mapping
from itertools import product
from typing import Any

import brotli
import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine

from app.fields import Kind
from app.main import Service, create_app
from app.settings import Settings
from tests.api.asking import RECOMMENDATIONS
from tests.api.keys import bearer, store_key
from tests.api.publishing import publish_small
from tests.databases import show_url
from tests.factories import make_bundle, make_treatment
from tests.publishing import PUBLISHED_AT, publish

WALKING = "/v1/treatments/walking"
ADDRESSES = (
    WALKING,
    f"{WALKING}?fields=name",
    "/v1/treatments",
    "/v1/treatments?limit=1",
    "/v1/treatments?limit=1&sort=-name",
    "/v1/meta",
    "/v1/bundle",
    "/v1/releases",
    "/v1/topics/facet-joint-injection/questionnaire",
)
CODINGS = ("identity", "gzip", "br", "br;q=0.1, gzip;q=0.2", "*", "zstd")
DECODERS: Mapping[str, Callable[[bytes], bytes]] = {
    "": bytes,
    "gzip": gzip.decompress,
    "br": brotli.decompress,
}
LONG = "A text that is worth to be made smaller. " * 40


def publish_walking(engine: Engine, name: str) -> None:
    walking = make_treatment("walking", name=name, summary=LONG)
    publish(engine, make_bundle({Kind.TREATMENTS: [walking]}), at=PUBLISHED_AT)


def start(engine: Engine, **settings: Any) -> Service:
    return create_app(Settings(database_url=show_url(engine), **settings))


def publish_first(engine: Engine) -> None:
    publish_walking(engine, "Walking")


FILLED = {"app": publish_first}


@pytest.fixture
def app(engine: Engine) -> Iterator[Service]:
    """A service of a library with one text that is long."""
    app = start(engine)
    yield app
    app.state.engine.dispose()


def read_raw(client: TestClient, address: str, codings: str) -> tuple[str, bytes]:
    """Return the coding of an answer, and its bytes as they came."""
    with client.stream("GET", address, headers={"accept-encoding": codings}) as answer:
        body = b"".join(answer.iter_raw())
    assert answer.status_code == 200
    assert "accept-encoding" in answer.headers["vary"].lower()
    assert int(answer.headers["content-length"]) == len(body)
    return answer.headers.get("content-encoding", ""), body


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        pytest.param("", "", id="nothing"),
        pytest.param("identity", "", id="plain"),
        pytest.param("gzip", "gzip", id="gzip"),
        pytest.param("gzip, deflate, br", "br", id="a browser"),
        pytest.param("GZIP", "gzip", id="in capitals"),
        pytest.param("br;q=0.1, gzip;q=0.2", "gzip", id="rather gzip"),
        pytest.param("br;q=0, gzip;q=0", "", id="none of ours"),
        pytest.param("identity, br;q=0.5", "", id="rather plain"),
        pytest.param("*", "br", id="any"),
        pytest.param("br;q=0, *", "gzip", id="any other"),
        pytest.param("gzip;q=much", "", id="no number"),
        pytest.param("zstd", "", id="another"),
        pytest.param(";;,=,q", "", id="noise"),
    ],
)
def test_an_answer_comes_in_the_coding_that_the_client_prefers(
    app: Service, accepted: str, coding: str
) -> None:
    client = TestClient(app)
    _, plain = read_raw(client, WALKING, "identity")

    came_in, body = read_raw(client, WALKING, accepted)

    assert came_in == coding
    assert DECODERS[coding](body) == plain
    assert len(body) < len(plain) or not coding


def test_what_is_small_comes_as_it_is(app: Service) -> None:
    coding, body = read_raw(TestClient(app), f"{WALKING}?fields=name", "br, gzip")

    assert (coding, body) == ("", b'{"name":"Walking","slug":"walking"}')


def read_all(client: TestClient) -> set[tuple[str, bytes]]:
    """Return the tag and the bytes of each address in each coding."""
    found = set()
    for address, codings in product(ADDRESSES, CODINGS):
        headers = {"accept-encoding": codings}
        with client.stream("GET", address, headers=headers) as answer:
            body = b"".join(answer.iter_raw())
        found.add((answer.headers["etag"], body))
        headers["if-none-match"] = answer.headers["etag"]
        again = client.get(address, headers=headers)
        assert (again.status_code, again.content) == (304, b"")
        assert "content-encoding" not in again.headers
    return found


def test_the_same_tag_is_the_same_bytes_and_the_other_way_round(
    engine: Engine, app: Service
) -> None:
    """Across releases, fields, codings and processes."""
    found: set[tuple[str, bytes]] = set()
    for name in ("Walking", "Slow walking", "Walking"):
        publish_walking(engine, name)
        for service in (app, start(engine, cache_bytes=0)):
            with TestClient(service) as client:
                found |= read_all(client)

    tags, bodies = {tag for tag, _ in found}, {body for _, body in found}
    assert len(found) == len(tags) == len(bodies)
    assert len(found) > len(ADDRESSES) * 3


def test_only_what_succeeds_has_a_validator(app: Service) -> None:
    client = TestClient(app)
    refused = ["/v1/treatments/nothing", "/v1/treatments?colour=red", "/v1/nothing"]

    for address in refused:
        for _ in range(2):
            answer = client.get(address, headers={"if-none-match": "*"})
            assert answer.status_code in (404, 422)
            assert not {"etag", "last-modified"} & set(answer.headers)
            assert answer.headers["cache-control"] == "no-store"


def test_no_answer_is_of_a_release_before_the_one_that_was_seen(
    engine: Engine, app: Service
) -> None:
    client = TestClient(app)
    for number in range(2, 6):
        before = client.get(WALKING)
        publish_walking(engine, f"Walking {number}")

        after = client.get(WALKING)

        assert after.json()["name"] == f"Walking {number}"
        assert after.headers["library-release"] == str(number)
        assert after.headers["etag"] != before.headers["etag"]


def test_another_process_serves_a_release_within_a_second(
    engine: Engine, app: Service
) -> None:
    client = TestClient(app)
    other = start(engine, watch_seconds=0.5)
    stale = TestClient(other)
    assert stale.get(WALKING).json()["name"] == "Walking"

    publish_walking(engine, "Strolling")
    seen = time.monotonic()
    while stale.get(WALKING).json()["name"] != "Strolling":
        assert time.monotonic() < seen + 1
    assert client.get(WALKING).json()["name"] == "Strolling"
    other.state.engine.dispose()


def test_what_was_written_is_read_at_once_where_it_was_written(engine: Engine) -> None:
    publish_small(engine)
    lazy = start(engine, watch_seconds=1)
    client = TestClient(lazy)
    assert client.get(WALKING).json()["name"] == "Walking"
    walking = make_treatment("walking", name="Strolling")

    headers = {"if-match": '"release-1"', **bearer(store_key(engine))}
    client.put(WALKING, json=walking, headers=headers).raise_for_status()

    assert client.get(WALKING).json()["name"] == "Strolling"
    lazy.state.engine.dispose()


def test_what_is_kept_is_answered_while_the_database_is_away(
    engine: Engine, app: Service
) -> None:
    client = TestClient(app, raise_server_exceptions=False)
    kept = client.get(WALKING).content
    hidden = "ALTER TABLE {} RENAME TO {}"
    with engine.begin() as connection:
        for table in ("release", "treatment"):
            connection.exec_driver_sql(hidden.format(table, f"{table}_away"))

    assert client.get(WALKING).content == kept
    assert client.get("/v1/treatments").status_code == 503

    with engine.begin() as connection:
        for table in ("release", "treatment"):
            connection.exec_driver_sql(hidden.format(f"{table}_away", table))
    assert client.get("/v1/treatments").status_code == 200


def test_who_shows_a_key_is_told_more_and_nobody_else_is(
    engine: Engine, app: Service
) -> None:
    client = TestClient(app)
    shown = bearer(store_key(engine))

    open_before = client.get("/v1/releases/1")
    keyed = client.get("/v1/releases/1", headers=shown)
    open_after = client.get("/v1/releases/1")

    assert "published_by" in keyed.json()
    assert keyed.headers["cache-control"] == "private, no-store"
    assert "published_by" not in open_before.json()
    assert open_after.content == open_before.content
    assert open_after.headers["vary"] == "Accept-Encoding, Authorization"


def test_advice_is_kept_by_nothing(app: Service) -> None:
    client = TestClient(app)
    for _ in range(2):
        answer = client.post(RECOMMENDATIONS, json={})
        assert answer.headers["cache-control"] == "no-store"
        assert not {"etag", "last-modified"} & set(answer.headers)
