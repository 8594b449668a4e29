from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine

from tests.api.asking import LISTS, RECOMMENDATIONS, read_problem
from tests.databases import making_app

ADDRESSES = (
    "/readyz",
    "/v1/meta",
    "/v1/topics/x/questionnaire",
    "/v1/treatments/x",
    *(f"/v1/{kind}" for kind in LISTS),
)


@pytest.fixture
def client_without_tables(empty_engine: Engine) -> Iterator[TestClient]:
    """A client of an application whose database was never migrated."""
    with making_app(empty_engine) as app:
        yield TestClient(app, raise_server_exceptions=False)


def test_healthz_answers_without_a_release(client: TestClient) -> None:
    response = client.get("/healthz")

    assert response.status_code == 200
    assert response.json() == {"status": "ok"}


def test_readyz_says_that_the_database_does_not_answer(
    client_without_tables: TestClient,
) -> None:
    response = client_without_tables.get("/readyz")

    problem = read_problem(response, 503)
    assert problem["detail"] == "The database does not answer as it should."


@pytest.mark.parametrize(
    "address",
    [
        "/readyz",
        "/v1/meta",
        "/v1/topics/x/questionnaire",
        "/v1/treatments/x",
        "/v1/releases",
        "/v1/releases/1",
        "/v1/releases/1/changes",
        "/v1/changes?since=0",
        "/v1/treatments/x/revisions",
        *(f"/v1/{k}" for k in LISTS),
    ],
)
def test_reading_before_the_first_release_is_told_to_try_again(
    client: TestClient, address: str
) -> None:
    response = client.get(address)

    problem = read_problem(response, 503)
    assert response.headers["retry-after"] == "5"
    assert "whatnext publish" in problem["detail"]


def test_asking_before_the_first_release_is_told_to_try_again(
    client: TestClient,
) -> None:
    response = client.post(RECOMMENDATIONS, json={})

    assert read_problem(response, 503)["detail"]
