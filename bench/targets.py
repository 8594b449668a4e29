"""What the figures should come to, at 1,000 and at 10,000 items."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Target:
    """The least ratios of CPU for one request: to bare, by size, and to the peer."""

    bare: dict[str, float]
    tutorial: float


def _both(small: float, large: float, tutorial: float) -> Target:
    return Target({"1,000": small, "10,000": large}, tutorial)


TARGETS = {
    "item": _both(0.85, 0.85, 25),
    "list": _both(0.95, 0.90, 45),
    "unchanged": _both(0.80, 0.80, 60),
    "new-item": _both(0.30, 0.28, 8),
    "new-list": _both(0.20, 0.18, 10),
    "new-search": _both(0.10, 0.06, 5),
    "recommendation": _both(0.06, 0.06, 2),
}

COLD = {"1,000": 1.2, "10,000": 1.5}
"""At most so many times what a bare FastAPI app takes to answer first."""

MEMORY = 1.4
MEMORY_MORE = {"1,000": 0.0, "10,000": 60.0}
"""At most so many times the memory of a bare FastAPI app, and so many MB more."""

LOGS = 0.67
"""The default logs leave at least so much of the throughput without any."""
