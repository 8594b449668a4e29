"""The bundle is the whole library as it was published, and is published as it is."""

from datetime import timedelta

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine

from app.content.bundles import parse_bundle
from app.content.publish import differs
from app.database import read_session
from app.fields import Kind
from app.library.bundle import Bundle
from app.queries.releases import load_documents
from tests.api.asking import get_json, read_fault, read_problem
from tests.factories import make_bundle, make_treatment
from tests.publishing import PUBLISHED_AT, publish

BUNDLE = "/v1/bundle"
FIRST = make_bundle({Kind.TREATMENTS: [make_treatment("yoga", summary="Für alle.")]})
SECOND = make_bundle({Kind.TREATMENTS: [make_treatment("tai-chi")]})


def publish_both(engine: Engine) -> None:
    publish(engine, FIRST, at=PUBLISHED_AT)
    publish(engine, SECOND, at=PUBLISHED_AT + timedelta(days=1))


FILLED = {"reader": publish_both}


@pytest.fixture
def reader(client: TestClient) -> TestClient:
    """A client of an application with two releases."""
    return client


def test_the_bundle_is_read_as_the_library_that_we_ship(
    seeded_client: TestClient, seed_bundle: Bundle
) -> None:
    assert parse_bundle(get_json(seeded_client, BUNDLE)) == seed_bundle


def test_publishing_the_bundle_would_make_no_release(
    reader: TestClient, engine: Engine
) -> None:
    bundle = parse_bundle(get_json(reader, BUNDLE))

    assert not differs(engine, bundle)


def test_the_bundle_has_every_document_of_the_log(
    reader: TestClient, engine: Engine
) -> None:
    text = reader.get(BUNDLE).text

    with read_session(engine) as session:
        logged = load_documents(session, release=2)
    assert all(one.document in text for one in logged)
    assert sum(map(len, get_json(reader, BUNDLE)["entries"].values())) == len(logged)


def test_the_entries_of_a_kind_are_in_the_order_of_their_slugs(
    reader: TestClient,
) -> None:
    entries = get_json(reader, BUNDLE)["entries"]

    slugs = {kind: [one["slug"] for one in entries[kind]] for kind in entries}
    assert slugs["treatments"] == ["facet-joint-injection", "tai-chi", "walking"]
    assert all(listed == sorted(listed) for listed in slugs.values())


@pytest.mark.parametrize(
    ("query", "number", "bundle", "day"),
    [
        pytest.param("", 2, SECOND, "Mon, 23 Nov", id="the present one"),
        pytest.param(
            "?release=2", 2, SECOND, "Mon, 23 Nov", id="the present one named"
        ),
        pytest.param("?release=1", 1, FIRST, "Sun, 22 Nov", id="a past one"),
    ],
)
def test_the_bundle_of_each_release_can_be_read(
    reader: TestClient, query: str, number: int, bundle: Bundle, day: str
) -> None:
    response = reader.get(f"{BUNDLE}{query}")

    assert parse_bundle(response.json()) == bundle
    assert response.json()["release"] == number
    assert response.headers["library-release"] == str(number)
    assert response.headers["last-modified"].startswith(day)


def test_the_same_release_is_the_same_bytes(reader: TestClient) -> None:
    present, named = (reader.get(f"{BUNDLE}{query}") for query in ("", "?release=2"))

    assert present.content == named.content
    assert present.headers["etag"] == named.headers["etag"]


@pytest.mark.parametrize(
    ("release", "detail"),
    [
        ("3", "There is no such release; the newest is 2."),
        ("0", "Input should be greater than or equal to 1."),
        (
            "last",
            "Input should be a valid integer, unable to parse string as an integer.",
        ),
    ],
)
def test_a_release_that_is_not_there_is_refused(
    reader: TestClient, release: str, detail: str
) -> None:
    response = reader.get(f"{BUNDLE}?release={release}")

    assert read_fault(response) == ("/query/release", detail)


@pytest.mark.parametrize("query", ["", "?release=1"])
def test_there_is_no_bundle_before_the_first_release(
    client: TestClient, query: str
) -> None:
    read_problem(client.get(f"{BUNDLE}{query}"), 503)
