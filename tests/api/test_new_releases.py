"""A release, or tables made anew, are served by the next request after them."""

from datetime import timedelta
from email.utils import parsedate_to_datetime

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine, delete, update

from app.content.doctor_tables import rebuild
from app.content.publish import refresh
from app.fields import Kind
from app.tables import ListedTreatment, SearchWord, Treatment
from tests.api.asking import RECOMMENDATIONS, get_json
from tests.conftest import REMADE_AT
from tests.factories import make_bundle, make_treatment
from tests.publishing import PUBLISHED_AT, publish, publish_factories

FILLED = {"reader": publish_factories}


@pytest.fixture
def reader(client: TestClient) -> TestClient:
    """A client of an application that serves the first release."""
    return client


def publish_walking(engine: Engine, summary: str) -> None:
    bundle = make_bundle({Kind.TREATMENTS: [make_treatment(summary=summary)]})
    publish(engine, bundle, at=PUBLISHED_AT + timedelta(days=1))


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


def test_tables_that_are_made_anew_are_served_by_the_next_request(
    reader: TestClient, engine: Engine
) -> None:
    with engine.begin() as connection:
        older = '{"slug":"walking","name":"What another renderer made"}'
        connection.execute(update(Treatment).values(document=older, hash="older"))
    before = reader.get("/v1/treatments/walking")
    assert before.json()["name"] == "What another renderer made"

    refresh(engine, at=REMADE_AT)

    since = {"if-modified-since": before.headers["last-modified"]}
    response = reader.get("/v1/treatments/walking", headers=since)
    assert response.status_code == 200
    assert response.json()["name"] == "Walking"
    assert parsedate_to_datetime(response.headers["last-modified"]) == REMADE_AT


def test_what_is_mended_is_found_and_counted_by_the_next_request(
    reader: TestClient, engine: Engine
) -> None:
    asked = ("/v1/search?q=walking", "/v1/treatments?category=self-care")
    with engine.begin() as connection:
        for table in (SearchWord, ListedTreatment):
            connection.execute(delete(table))
    damaged = [get_json(reader, address)["total"] for address in asked]

    rebuild(engine, at=REMADE_AT)

    assert damaged == [0, 0]
    assert [get_json(reader, address)["total"] for address in asked] == [1, 2]
