"""What a soak finds: how long answers took, what went wrong, and how memory went."""

from collections import defaultdict
from dataclasses import dataclass, field
from statistics import fmean, quantiles

SHOWN = 10


@dataclass(frozen=True, slots=True)
class Sample:
    """The memory of the server in MB, so many seconds after the start."""

    at: float
    memory: float


@dataclass
class Findings:
    """Times are in seconds, by the kind of the request."""

    times: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    samples: list[Sample] = field(default_factory=list)
    errors: int = 0
    said: list[str] = field(default_factory=list)

    @property
    def requests(self) -> int:
        return sum(map(len, self.times.values()))

    def fail(self, what: str) -> None:
        """Count an error; the first ones are told."""
        self.errors += 1
        if len(self.said) < SHOWN:
            self.said.append(what)

    def percentiles(self, kind: str) -> tuple[float, float]:
        """Return the median and the 99th percentile of a kind."""
        times = self.times[kind]
        if len(times) == 1:
            return times[0], times[0]
        cuts = quantiles(times, n=100, method="inclusive")
        return cuts[49], cuts[98]

    def slope(self) -> float:
        """Return by how many MB the memory grew in an hour, of the second half.

        By least squares: in the first half the caches fill.
        """
        later = self.samples[len(self.samples) // 2 :]
        middle, level = fmean(one.at for one in later), fmean(s.memory for s in later)
        moved = sum((one.at - middle) * (one.memory - level) for one in later)
        spread = sum((one.at - middle) ** 2 for one in later)
        return 3600 * moved / spread if spread else 0.0
