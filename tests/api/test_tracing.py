"""Spans hold no word of a request, though FastAPI would put them there."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from fastapi.testclient import TestClient
from opentelemetry import trace
from opentelemetry.trace import (
    NonRecordingSpan,
    SpanContext,
    TraceFlags,
    Tracer,
    TracerProvider,
)
from sqlalchemy import Engine

from app.api.tracing import choose_telemetry
from tests.api.asking import RECOMMENDATIONS
from tests.databases import making_app

TRACE = "0af7651916cd43dd8448eb211c80319c"
PARENT = f"00-{TRACE}-b7ad6b7169203331-01"


class Spans(TracerProvider, Tracer):
    """Keeps every span that is started, and all that is said of it."""

    def __init__(self) -> None:
        self.told: list[Any] = []

    def get_tracer(self, *_given: Any, **_named: Any) -> Tracer:
        return self

    def start_span(self, *given: Any, **named: Any) -> "Told":
        span = Told(self.told)
        self.told.append([given, named, trace.get_current_span(given[1])])
        return span

    @contextmanager
    def _start_current(self, name: str, **named: Any) -> Iterator["Told"]:
        self.told.append([name, named])
        yield Told(self.told)

    def start_as_current_span(self, *given: Any, **named: Any) -> Any:
        return self._start_current(*given, **named)


class Told(NonRecordingSpan):
    """A span that notes what is said of it."""

    def __init__(self, told: list[Any]) -> None:
        super().__init__(SpanContext(1, 1, is_remote=False, trace_flags=TraceFlags(1)))
        self._told = told

    def set_attribute(self, key: str, value: Any) -> None:
        self._told.append((key, value))

    def set_attributes(self, attributes: Any) -> None:
        self._told.append(dict(attributes))

    def update_name(self, name: str) -> None:
        self._told.append(name)


@pytest.fixture
def spans(monkeypatch: pytest.MonkeyPatch) -> Spans:
    """What this process has to trace with, as if an SDK had set it."""
    spans = Spans()
    monkeypatch.setattr(trace, "_TRACER_PROVIDER", spans)
    return spans


def test_without_an_sdk_nothing_is_traced() -> None:
    assert choose_telemetry()["tracing"] is False


def test_nothing_sends_log_records_or_sets_itself_up(spans: Spans) -> None:
    telemetry = choose_telemetry()

    assert (telemetry["logs"], telemetry["auto_configure"]) == (False, False)


@pytest.mark.parametrize(
    ("operation", "name"),
    [
        ("GET /v1/search?q=canary", "GET /v1/search"),
        ("GET /v1/treatments/canary", "GET /v1/treatments/{slug}"),
        (f"POST {RECOMMENDATIONS}?canary=1", f"POST {RECOMMENDATIONS}"),
        ("GET /canary?canary=canary", None),
        ("CANARY /v1/topics", "HTTP /v1/topics"),
    ],
)
def test_a_span_says_the_route_and_no_word_of_the_request(
    engine: Engine, spans: Spans, operation: str, name: str | None
) -> None:
    headers = {
        "host": "canary.example",
        "user-agent": "canary",
        "traceparent": PARENT,
        "tracestate": "canary=canary",
        "baggage": "canary=canary",
    }
    with making_app(engine) as app:
        TestClient(app).request(
            *operation.split(), content=b'{"profile": {"canary": 1}}', headers=headers
        )

    told = str(spans.told)
    assert "http.response.status_code" in told
    assert name is None or name in spans.told
    assert "canary" not in told.lower()


def test_a_trace_goes_on_that_a_client_began(engine: Engine, spans: Spans) -> None:
    with making_app(engine) as app:
        TestClient(app).get("/healthz", headers={"traceparent": PARENT})

    [_, _, parent] = spans.told[0]
    assert f"{parent.get_span_context().trace_id:032x}" == TRACE
