"""Reads can be kept by caches and browsers, and a new release is seen at once."""

from datetime import timedelta

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine

from app.content.publish import publish
from app.fields import Kind
from tests.api.asking import RECOMMENDATIONS, get_json
from tests.conftest import PUBLISHED_AT
from tests.factories import make_bundle, make_treatment

READS = (
    "/v1/treatments",
    "/v1/treatments?fields=name",
    "/v1/treatments/walking",
    "/v1/treatments/walking?fields=name",
    "/v1/topics/facet-joint-injection/questionnaire",
    "/v1/meta",
)
ORIGIN = {"origin": "https://front.example"}


@pytest.fixture
def reader(engine: Engine, client: TestClient) -> TestClient:
    """A client of an application that serves the first release."""
    publish(engine, make_bundle(), at=PUBLISHED_AT)
    return client


def publish_walking(engine: Engine, summary: str) -> None:
    bundle = make_bundle({Kind.TREATMENTS: [make_treatment(summary=summary)]})
    publish(engine, bundle, at=PUBLISHED_AT + timedelta(days=1))


@pytest.mark.parametrize("address", READS)
def test_a_read_says_how_long_it_may_be_kept_and_what_it_is_of(
    reader: TestClient, address: str
) -> None:
    headers = reader.get(address).headers

    assert headers["cache-control"] == "public, max-age=60, stale-while-revalidate=60"
    assert headers["last-modified"] == "Sun, 22 Nov 2026 09:30:00 GMT"
    assert headers["library-release"] == "1"
    assert headers["content-type"] == "application/json"


@pytest.mark.parametrize("address", READS)
def test_a_read_that_the_client_has_already_comes_without_a_body(
    reader: TestClient, address: str
) -> None:
    first = reader.get(address)

    again = reader.get(address, headers={"if-none-match": first.headers["etag"]})

    assert (again.status_code, again.content) == (304, b"")
    for name in ("etag", "cache-control", "last-modified", "library-release"):
        assert again.headers[name] == first.headers[name]


@pytest.mark.parametrize(
    ("if_none_match", "status"),
    [
        pytest.param("{tag}", 304, id="the tag"),
        pytest.param("W/{tag}", 304, id="the tag made weak"),
        pytest.param('"other", {tag}', 304, id="last in a list"),
        pytest.param('{tag},W/"other"', 304, id="first in a list"),
        pytest.param("*", 304, id="any"),
        pytest.param('"other"', 200, id="another tag"),
        pytest.param("", 200, id="nothing"),
        pytest.param("x{tag}", 200, id="more than the tag"),
    ],
)
def test_if_none_match_is_compared_weakly(
    reader: TestClient, if_none_match: str, status: int
) -> None:
    tag = reader.get("/v1/treatments/walking").headers["etag"]

    response = reader.get(
        "/v1/treatments/walking",
        headers={"if-none-match": if_none_match.format(tag=tag)},
    )

    assert response.status_code == status


def test_tags_are_strong_and_differ_where_bodies_do(reader: TestClient) -> None:
    tags = [reader.get(address).headers["etag"] for address in READS]

    assert all(tag.startswith('"') for tag in tags)
    assert len(set(tags)) == len(READS)


def test_a_new_release_is_served_by_the_next_request(
    reader: TestClient, engine: Engine
) -> None:
    before = reader.get("/v1/treatments/walking")
    get_json(reader, "/v1/meta")

    publish_walking(engine, "Walk more.")

    response = reader.get(
        "/v1/treatments/walking", headers={"if-none-match": before.headers["etag"]}
    )
    assert response.status_code == 200
    assert response.json()["summary"] == "Walk more."
    assert response.headers["library-release"] == "2"
    assert response.headers["last-modified"] == "Mon, 23 Nov 2026 09:30:00 GMT"


def test_a_new_release_advises_the_next_profile(
    reader: TestClient, engine: Engine
) -> None:
    before = reader.post(RECOMMENDATIONS, json={}).json()

    publish_walking(engine, "Walk more.")

    after = reader.post(RECOMMENDATIONS, json={}).json()
    assert (before["release"], after["release"]) == (1, 2)
    assert after["digest"] != before["digest"]
    assert get_json(reader, "/v1/meta")["release"] == 2


def test_what_a_release_leaves_alone_keeps_its_tag(
    reader: TestClient, engine: Engine
) -> None:
    address = "/v1/findings/fever"
    before = reader.get(address)

    publish_walking(engine, "Walk more.")

    after = reader.get(address)
    assert after.headers["etag"] == before.headers["etag"]
    assert after.headers["library-release"] == "2"


def test_a_treatment_that_a_release_removes_is_gone(
    reader: TestClient, engine: Engine
) -> None:
    extra = make_bundle({Kind.TREATMENTS: [make_treatment("yoga")]})
    publish(engine, extra, at=PUBLISHED_AT)
    there = reader.get("/v1/treatments/yoga")

    publish(engine, make_bundle(), at=PUBLISHED_AT)

    gone = reader.get("/v1/treatments/yoga")
    assert (there.status_code, gone.status_code) == (200, 404)


@pytest.mark.parametrize(
    ("address", "method"), [(READS[0], "GET"), (RECOMMENDATIONS, "POST")]
)
def test_a_browser_may_ask_from_any_page(
    client: TestClient, address: str, method: str
) -> None:
    asked = {
        **ORIGIN,
        "access-control-request-method": method,
        "access-control-request-headers": "content-type",
    }

    response = client.options(address, headers=asked)

    assert response.status_code == 200
    assert response.headers["access-control-allow-origin"] == "*"
    assert method in response.headers["access-control-allow-methods"]
    assert "content-type" in response.headers["access-control-allow-headers"]


def test_a_browser_may_read_the_headers_of_an_answer(reader: TestClient) -> None:
    response = reader.get(READS[0], headers=ORIGIN)

    exposed = response.headers["access-control-expose-headers"].split(", ")
    assert {"ETag", "Last-Modified", "Library-Release", "Link"} <= set(exposed)
    assert response.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in response.headers


@pytest.mark.parametrize(
    ("address", "body"),
    [("/nope", b""), (RECOMMENDATIONS, b"{"), (RECOMMENDATIONS, b" " * 70_000)],
    ids=["not found", "not JSON", "too large"],
)
def test_a_browser_may_read_a_problem(
    client: TestClient, address: str, body: bytes
) -> None:
    headers = {**ORIGIN, "content-type": "application/json"}

    response = client.post(address, content=body, headers=headers)

    assert response.status_code >= 400
    assert response.headers["access-control-allow-origin"] == "*"
