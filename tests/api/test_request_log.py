"""A line for each request that is answered anew: by its route, and nothing it says."""

from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine

from tests.api.asking import RECOMMENDATIONS
from tests.api.printing import Printed
from tests.api.publishing import YOGA, YOGA_PATH, Writer
from tests.databases import making_app

FIELDS = {
    *("event", "level", "timestamp"),
    *("request_id", "method", "route", "status", "duration_ms", "release"),
}
ID = "0f8fad5b-d9cb-469f-a165-70867728950e"
READ = "GET /v1/treatments/walking"


@pytest.fixture
def asked(small_client: TestClient, printed: Printed) -> TestClient:
    """A client of an application that knows its release, and has logged nothing yet."""
    small_client.get("/healthz")
    printed.read()
    return small_client


def ask(client: TestClient, operation: str, **headers: str) -> str | None:
    """Ask for something; return the request id of the answer, if it has one."""
    method, address = operation.split()
    body = b"{}" if method == "POST" else None
    asked = {"content-type": "application/json", **headers}
    response = client.request(method, address, content=body, headers=asked)
    return response.headers.get("x-request-id")


@pytest.mark.parametrize(
    ("operation", "route", "status"),
    [
        ("GET /v1/treatments?q=pain", "/v1/treatments", 200),
        ("GET /v1/treatments/walking?fields=name", "/v1/treatments/{slug}", 200),
        ("HEAD /v1/treatments/walking", "/v1/treatments/{slug}", 200),
        ("GET /v1/treatments/dancing", "/v1/treatments/{slug}", 404),
        ("GET /v1/treatments/walking?x=1", "/v1/treatments/{slug}", 422),
        ("PATCH /v1/treatments/walking", "/v1/treatments/{slug}", 405),
        ("PUT /v1/treatments/walking", "/v1/{kind}/{slug}", 401),
        ("GET /v1/releases/1/changes", "/v1/releases/{number}/changes", 200),
        ("OPTIONS /v1/topics", "/v1/topics", 405),
        (f"POST {RECOMMENDATIONS}", RECOMMENDATIONS, 200),
        (f"POST {RECOMMENDATIONS}?x=1", RECOMMENDATIONS, 422),
        ("GET /healthz", "/healthz", 200),
        ("GET /llms.txt", "/llms.txt", 200),
        ("GET /v1/treatments/", "unmatched", 404),
        ("GET /my/knee", "unmatched", 404),
    ],
)
def test_a_request_is_logged_by_its_route(
    asked: TestClient, printed: Printed, operation: str, route: str, status: int
) -> None:
    ask(asked, operation)

    [logged] = printed.read_events()
    assert set(logged) == FIELDS
    assert (logged["event"], logged["level"]) == ("request", "info")
    assert logged["method"] == operation.partition(" ")[0]
    assert (logged["route"], logged["status"]) == (route, status)
    assert logged["release"] == 1
    assert logged["duration_ms"] >= 0


def test_what_is_refused_before_any_route_is_logged_by_its_route_too(
    asked: TestClient, printed: Printed
) -> None:
    asked.post(RECOMMENDATIONS, content=b" " * 70_000)

    [logged] = printed.read_events("request")
    assert (logged["route"], logged["status"]) == (RECOMMENDATIONS, 413)


def test_a_method_of_nobody_else_is_not_repeated(
    asked: TestClient, printed: Printed
) -> None:
    ask(asked, "NUMB /v1/topics")

    [logged] = printed.read_events("request")
    assert (logged["method"], logged["status"]) == ("other", 405)


def test_what_is_kept_is_not_logged(asked: TestClient, printed: Printed) -> None:
    for _ in range(3):
        ask(asked, f"{READ}?fields=name,slug")

    assert len(printed.read_events("request")) == 1


def test_where_only_errors_are_logged_requests_that_went_well_are_not(
    engine: Engine, printed: Printed
) -> None:
    with making_app(engine, log_level="ERROR") as app:
        for operation in ("GET /healthz", "GET /readyz"):
            ask(TestClient(app), operation)

    [logged] = printed.read_events()
    assert (logged["route"], logged["status"]) == ("/readyz", 503)


def test_before_the_first_release_there_is_no_release_to_log(
    client: TestClient, printed: Printed
) -> None:
    ask(client, "GET /readyz")

    [logged] = printed.read_events("request")
    assert (logged["level"], logged["status"]) == ("error", 503)
    assert logged["release"] is None


@pytest.mark.parametrize(
    "operation",
    [f"POST {RECOMMENDATIONS}", f"POST {RECOMMENDATIONS}?x=1", "GET /v1/nothing"],
)
def test_what_is_for_one_client_has_the_id_that_is_logged(
    asked: TestClient, printed: Printed, operation: str
) -> None:
    told = [ask(asked, operation) for _ in range(2)]

    logged = [one["request_id"] for one in printed.read_events("request")]
    assert told == logged
    assert len({UUID(one) for one in logged}) == 2


def test_what_caches_may_keep_has_no_id(asked: TestClient) -> None:
    assert [ask(asked, READ) for _ in range(2)] == [None, None]
    assert ask(asked, READ, **{"x-request-id": ID}) is None


@pytest.mark.parametrize("given", [ID, ID.upper()])
def test_an_id_that_the_client_gives_is_used(
    asked: TestClient, printed: Printed, given: str
) -> None:
    headers = {"x-request-id": given}

    assert ask(asked, f"POST {RECOMMENDATIONS}", **headers) == ID
    [logged] = printed.read_events("request")
    assert logged["request_id"] == ID


@pytest.mark.parametrize(
    "given",
    [
        pytest.param("my-knee-is-numb", id="words"),
        pytest.param("kneekneek-neek-neek-neek-kneekneeknee", id="the form alone"),
        pytest.param(ID.replace("-", ""), id="without dashes"),
        pytest.param(f"{{{ID}}}", id="braces"),
        pytest.param(f"{ID} numb", id="words after it"),
        pytest.param("", id="nothing"),
    ],
)
def test_another_id_of_the_client_is_not(
    asked: TestClient, printed: Printed, given: str
) -> None:
    told = ask(asked, f"POST {RECOMMENDATIONS}", **{"x-request-id": given})

    [logged] = printed.read_events("request")
    assert told == logged["request_id"] == str(UUID(told)) != given


def test_a_write_logs_the_release_that_it_made(
    writer: Writer, printed: Printed
) -> None:
    tag = writer.tag()
    printed.read()

    response = writer.client.put(YOGA_PATH, json=YOGA, headers=tag)

    published, request = printed.read_events()
    assert (published["event"], published["release"]) == ("published", 2)
    assert (request["route"], request["status"]) == ("/v1/{kind}/{slug}", 201)
    assert request["release"] == 2
    ids = {one["request_id"] for one in (published, request)}
    assert ids == {response.headers["x-request-id"]}


def test_what_makes_no_release_logs_none(writer: Writer, printed: Printed) -> None:
    writer.put(YOGA_PATH, YOGA, dry_run="true")

    assert printed.read_events("published") == []
