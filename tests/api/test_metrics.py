"""What Prometheus is told: each request counts once, kept or not."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pytest
from fastapi.testclient import TestClient
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import Engine

from app.settings import ROOT
from tests.api.asking import RECOMMENDATIONS
from tests.api.publishing import YOGA, YOGA_PATH, Writer
from tests.databases import Databases, making_app
from tests.publishing import publish_factories

METRICS = "/metrics"
REQUESTS = "whatnext_requests_total"
SECONDS = "whatnext_request_duration_seconds_count"
KEPT = "whatnext_kept_answers_total"
LEVELS = "whatnext_recommendations_total"
RELEASE = "whatnext_release_number"
WALKING = "/v1/treatments/walking"
ONE = "/v1/treatments/{slug}"
DOCUMENTED = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
Counts = Mapping[tuple[str, ...], float]


def read_counts(text: str) -> Counts:
    """Return every value by the name of its metric and of its labels."""
    return {
        (one.name, *(one.labels[name] for name in sorted(one.labels))): float(one.value)
        for family in text_string_to_metric_families(text)
        for one in family.samples
    }


@dataclass(frozen=True)
class Counted:
    """A client, and what had been counted when it came."""

    client: TestClient
    before: Counts

    def ask(self, *operations: str, **headers: str) -> None:
        for operation in operations:
            method, address = operation.split()
            self.client.request(
                method,
                address,
                content=b"{}" if method == "POST" else None,
                headers={"content-type": "application/json", **headers},
            )

    def added(self, *names: str) -> Counts:
        """Return what was counted since; a scrape is counted when it has ended."""
        now = read_counts(self.client.get(METRICS).text)
        return {
            key: value - self.before.get(key, 0)
            for key, value in now.items()
            if key[0] in names and METRICS not in key
            if value != self.before.get(key, 0)
        }


@pytest.fixture
def counted(small_client: TestClient) -> Counted:
    small_client.get("/healthz")
    return Counted(small_client, read_counts(small_client.get(METRICS).text))


def test_metrics_are_in_the_text_format_and_nobody_keeps_them(
    small_client: TestClient,
) -> None:
    response = small_client.get(METRICS)

    assert response.status_code == 200
    assert response.headers["content-type"].startswith("text/plain; version=0.0.4")
    assert response.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("operation", "route", "status"),
    [
        (f"GET {WALKING}", ONE, "200"),
        (f"HEAD {WALKING}", ONE, "200"),
        ("GET /v1/treatments/dancing", ONE, "404"),
        ("GET /v1/topics?x=1", "/v1/topics", "422"),
        ("PATCH /v1/topics", "/v1/topics", "405"),
        ("DELETE /v1/treatments/walking", "/v1/{kind}/{slug}", "401"),
        (f"POST {RECOMMENDATIONS}", RECOMMENDATIONS, "200"),
        ("GET /my/knee?is=numb", "unmatched", "404"),
    ],
)
def test_a_request_is_counted_by_method_route_and_status(
    counted: Counted, operation: str, route: str, status: str
) -> None:
    counted.ask(operation, operation)

    key = REQUESTS, operation.split(maxsplit=1)[0], route, status
    assert counted.added(REQUESTS) == {key: 2}


def test_what_the_client_has_already_is_counted_by_its_status(
    counted: Counted,
) -> None:
    tag = counted.client.get(f"{WALKING}?fields=name").headers["etag"]

    counted.ask(*[f"GET {WALKING}?fields=name"] * 3, **{"if-none-match": tag})

    assert counted.added(REQUESTS) == {
        (REQUESTS, "GET", ONE, "200"): 1,
        (REQUESTS, "GET", ONE, "304"): 3,
    }


def test_a_method_of_nobody_else_is_counted_under_other(counted: Counted) -> None:
    counted.ask("NUMB /v1/topics")

    assert counted.added(REQUESTS) == {(REQUESTS, "other", "/v1/topics", "405"): 1}


def test_kept_answers_are_counted_and_not_timed(counted: Counted) -> None:
    counted.ask(*["GET /v1/treatments/walking?fields=slug"] * 5)

    assert counted.added(KEPT, SECONDS, REQUESTS) == {
        (KEPT, "made"): 1,
        (KEPT, "told"): 4,
        (SECONDS, "GET", ONE): 1,
        (REQUESTS, "GET", ONE, "200"): 5,
    }


def test_what_cannot_be_kept_is_neither_made_nor_told(counted: Counted) -> None:
    counted.ask("GET /v1/treatments/dancing", "GET /healthz", f"POST {RECOMMENDATIONS}")

    assert counted.added(KEPT) == {}


@pytest.mark.parametrize(
    ("profile", "level"),
    [({}, "routine"), ({"has": ["saddle-numbness"]}, "emergency")],
    ids=["nothing told", "an emergency"],
)
def test_recommendations_are_counted_by_urgency(
    counted: Counted, profile: object, level: str
) -> None:
    counted.client.post(RECOMMENDATIONS, json={"profile": profile})
    counted.client.post(RECOMMENDATIONS, json={"profile": {"has": ["a-numb-knee"]}})

    assert counted.added(LEVELS) == {(LEVELS, level): 1}


def test_every_level_is_there_before_it_is_counted(client: TestClient) -> None:
    counts = read_counts(client.get(METRICS).text)

    levels = {key[1]: value for key, value in counts.items() if key[0] == LEVELS}
    assert levels == dict.fromkeys(("emergency", "urgent", "soon", "routine"), 0)
    assert counts[RELEASE,] == 0


def test_the_release_that_is_served_is_told(writer: Writer) -> None:
    numbers = []
    for entry in (YOGA, {**YOGA, "name": "Another yoga"}):
        writer.put(YOGA_PATH, entry)
        numbers.append(read_counts(writer.client.get(METRICS).text)[RELEASE,])

    assert numbers == [2, 3]


@pytest.fixture(scope="module")
def small_engine(databases: Databases) -> Iterator[Engine]:
    with databases.opened(publish_factories) as engine:
        yield engine


def test_applications_count_each_by_itself(small_engine: Engine) -> None:
    with making_app(small_engine) as app, making_app(small_engine) as other:
        TestClient(app).get(WALKING)
        counts = read_counts(TestClient(other).get(METRICS).text)

    assert not [key for key in counts if key[0] == REQUESTS]


def test_the_metrics_are_those_that_are_documented(counted: Counted) -> None:
    counted.ask(f"GET {WALKING}")
    families = text_string_to_metric_families(counted.client.get(METRICS).text)

    table = DOCUMENTED.partition("\n## Metrics")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| (`\w+`(?:, `\w+`)*) \|(.*?)\|", table, re.MULTILINE)
    documented = {
        name: set(re.findall(r"`(\w+)`", labels))
        for names, labels in rows
        for name in re.findall(r"`(\w+)`", names)
    }
    assert documented == {
        f"{one.name}_total" if one.type == "counter" else one.name: {
            label for sample in one.samples for label in sample.labels
        }
        - {"le"}
        for one in families
    }
