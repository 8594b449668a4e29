"""What the processes of the service take of their machine."""

from collections.abc import Iterable, Iterator

from prometheus_client import ProcessCollector
from prometheus_client.metrics_core import Metric


def collect_processes(ids: Iterable[int]) -> Iterator[Metric]:
    """Yield memory, time and open files of the processes that run, each by its id."""
    wholes: dict[str, Metric] = {}
    for process_id in ids:
        for metric in _read(process_id):
            name = metric.name
            whole = wholes.setdefault(
                name, Metric(name, metric.documentation, metric.type)
            )
            for sample in metric.samples:
                whole.add_sample(sample.name, {"pid": str(process_id)}, sample.value)
    yield from wholes.values()


def _read(process_id: int) -> Iterable[Metric]:
    return ProcessCollector(pid=lambda: process_id, registry=None).collect()
