"""Counts what the service does, for Prometheus. No label holds a word of a request.

Where several processes serve, all of them write to one directory, and any of them
tells what all have counted.
"""

import os
from asyncio import get_running_loop
from collections import defaultdict
from collections.abc import Iterator

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Histogram,
    disable_created_metrics,
    generate_latest,
)
from prometheus_client.metrics_core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from app.api.process_metrics import collect_processes
from app.api.release_watch import ReleaseWatch
from app.api.shared_counts import SHARED_DIRECTORY, list_begun, list_counting
from app.fields import Urgency

GATHER_SECONDS = 1
"""How long what a process has told of kept answers may be unknown to the others."""

_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
_NO_STATUS = "none"

# When each count began is known from the start of the process.
disable_created_metrics()  # type: ignore[no-untyped-call]


class Metrics(Collector):
    """The counts of one application."""

    def __init__(self, watch: ReleaseWatch) -> None:
        self._watch = watch
        self._directory = os.environ.get(SHARED_DIRECTORY)
        self._told: defaultdict[tuple[str, str, str], int] = defaultdict(int)
        self._is_gathering = False
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "whatnext_requests",
            "Requests that were answered.",
            ["method", "route", "status"],
            registry=self._registry,
        )
        self._seconds = Histogram(
            "whatnext_request_duration_seconds",
            "How long requests took that no kept answer was there for.",
            ["method", "route"],
            buckets=_BUCKETS,
            registry=self._registry,
        )
        kept = Counter(
            "whatnext_kept_answers",
            "Reads answered from what is kept (told), or that had to be made (made).",
            ["outcome"],
            registry=self._registry,
        )
        self._kept_told, self._kept_made = kept.labels("told"), kept.labels("made")
        recommendations = Counter(
            "whatnext_recommendations",
            "Recommendations by their level of urgency.",
            ["level"],
            registry=self._registry,
        )
        self._levels = {level: recommendations.labels(level.value) for level in Urgency}

    def count_answer(
        self, method: str, route: str, status: int | None, *, seconds: float
    ) -> None:
        """Count an answer that was made; one that never began has no status."""
        said = _NO_STATUS if status is None else str(status)
        self._requests.labels(method, route, said).inc()
        self._seconds.labels(method, route).observe(seconds)

    def count_told(self, method: str, route: str, status: str) -> None:
        """Count an answer that was kept: with as little work as can be."""
        self._told[method, route, status] += 1
        if self._directory and not self._is_gathering:
            self._is_gathering = True
            get_running_loop().call_later(GATHER_SECONDS, self.gather)

    def count_made(self) -> None:
        """Count an answer that was not kept, and could have been."""
        self._kept_made.inc()

    def count_recommendation(self, level: Urgency) -> None:
        self._levels[level].inc()

    def gather(self) -> None:
        """Put what was told of kept answers to the counts that others see."""
        self._is_gathering = False
        for labels, count in self._told.items():
            self._requests.labels(*labels).inc(count)
            self._kept_told.inc(count)
        self._told.clear()

    def collect(self) -> Iterator[Metric]:
        """Yield every count, what is served now, and what the processes need."""
        if self._directory:
            begun = list_begun(self._directory)
            yield from MultiProcessCollector.merge(begun)  # type: ignore[no-untyped-call]
        else:
            yield from self._registry.collect()
        yield GaugeMetricFamily(
            "whatnext_release_number",
            "The number of the release that is served; 0 before the first.",
            self._watch.edition.release,
        )
        yield from collect_processes(list_counting(self._directory))

    def write(self) -> bytes:
        """Return everything in the text format of Prometheus."""
        return generate_latest(self)
