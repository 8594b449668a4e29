"""What FastAPI may tell OpenTelemetry: nothing that holds a word of a request.

By itself it would put the path, the query and the host that were asked for into spans,
and the messages of exceptions into log records: a search says what somebody has.
"""

from typing import Any

from fastapi.telemetry import TelemetryConfig
from opentelemetry import trace
from opentelemetry.context import Context
from opentelemetry.trace import (
    NonRecordingSpan,
    ProxyTracerProvider,
    Span,
    SpanContext,
    SpanKind,
    Tracer,
    TracerProvider,
)
from opentelemetry.util.types import Attributes

SAID = frozenset({"http.request.method", "network.protocol.version", "url.scheme"})
"""What a request's span says as it starts; its route and status come at the end."""


def choose_telemetry() -> TelemetryConfig:
    """Return what to trace: something, if this process has whom to tell it to.

    FastAPI's own set-up from the environment is off, as it knows nothing of this.
    """
    tracers = trace.get_tracer_provider()
    if isinstance(tracers, ProxyTracerProvider):
        return {"tracing": False, "logs": False, "auto_configure": False}
    return {
        "tracer_provider": WordlessTracers(tracers),
        "logs": False,
        "auto_configure": False,
    }


class WordlessTracers(TracerProvider):
    """Gives tracers that leave out of spans what clients have sent."""

    def __init__(self, tracers: TracerProvider) -> None:
        self._tracers = tracers

    def get_tracer(
        self,
        instrumenting_module_name: str,
        instrumenting_library_version: str | None = None,
        schema_url: str | None = None,
        attributes: Attributes = None,
    ) -> Tracer:
        return _WordlessTracer(
            self._tracers.get_tracer(
                instrumenting_module_name,
                instrumenting_library_version,
                schema_url,
                attributes,
            )
        )


class _WordlessTracer(Tracer):
    def __init__(self, tracer: Tracer) -> None:
        self._tracer = tracer

    def start_span(
        self,
        name: str,
        context: Context | None = None,
        kind: SpanKind = SpanKind.INTERNAL,
        attributes: Attributes = None,
        *others: Any,
        **named: Any,
    ) -> Span:
        said = {key: one for key, one in (attributes or {}).items() if key in SAID}
        return self._tracer.start_span(
            name, _name_parent(context), kind, said, *others, **named
        )

    def start_as_current_span(self, *given: Any, **named: Any) -> Any:
        """Start a part of a request: it says which function of ours it is."""
        return self._tracer.start_as_current_span(*given, **named)


def _name_parent(context: Context | None) -> Context:
    """Return a context with the ids of the caller, and no words that came with them."""
    parent = trace.get_current_span(context).get_span_context()
    bare = SpanContext(
        parent.trace_id, parent.span_id, parent.is_remote, parent.trace_flags
    )
    return trace.set_span_in_context(NonRecordingSpan(bare), Context())
