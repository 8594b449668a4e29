"""The service answers to its own names: by no other does a page elsewhere reach it."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from tests.api.asking import read_problem
from tests.databases import Databases, making_app
from tests.publishing import publish_factories

PATHS = ("/v1/treatments", "/healthz", "/docs", "/nothing")


@pytest.fixture(scope="module")
def named_client(databases: Databases) -> Iterator[TestClient]:
    """A client of a server that has a name of its own."""
    with (
        databases.opened(publish_factories) as engine,
        making_app(engine, hosts=("whatnext.example",)) as app,
        TestClient(app) as client,
    ):
        yield client


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "127.0.0.1:8000",
        "localhost",
        "LocalHost:80",
        "[::1]",
        "[::1]:8000",
        "whatnext.example",
        "WhatNext.example:8443",
    ],
)
def test_this_machine_and_names_of_the_settings_are_served(
    named_client: TestClient, host: str
) -> None:
    # Twice: the second answer is one that was kept.
    for _ in range(2):
        response = named_client.get("/v1/treatments", headers={"host": host})
        assert response.status_code == 200


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:8000",
        "localhost.evil.example",
        "whatnext.example.evil",
        "www.whatnext.example",
        "127.0.0.2",
        "127.0.0.1:x",
        "::1",
        "",
        "whatnext.example, localhost",
    ],
)
def test_others_are_told_which_setting_names_them(
    named_client: TestClient, path: str, host: str
) -> None:
    response = named_client.get(path, headers={"host": host})

    assert "HOSTS" in read_problem(response, 421)["detail"]
    assert response.headers["x-content-type-options"] == "nosniff"


def test_what_is_kept_is_told_to_no_other_host(named_client: TestClient) -> None:
    good = named_client.get("/v1/findings", headers={"host": "localhost"})
    bad = named_client.get("/v1/findings", headers={"host": "evil.example"})

    assert (good.status_code, bad.status_code) == (200, 421)


def test_a_host_said_twice_is_none(named_client: TestClient) -> None:
    twice = [("host", "localhost"), ("host", "localhost")]

    read_problem(named_client.get("/healthz", headers=twice), 421)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "HEAD"])
def test_no_method_gets_past(named_client: TestClient, method: str) -> None:
    headers = {"host": "evil.example", "origin": "https://evil.example"}

    response = named_client.request(method, "/v1/recommendations", headers=headers)

    assert response.status_code == 421
    assert "access-control-allow-origin" not in response.headers


def test_every_name_is_served_where_that_is_wanted(databases: Databases) -> None:
    with databases.opened() as engine, making_app(engine, hosts=("*",)) as app:
        response = TestClient(app).get("/healthz", headers={"host": "any.example"})

    assert response.status_code == 200
