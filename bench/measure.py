"""Rounds: every server once in each, all the others stopped, and medians of them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from statistics import median

from bench.load import drive
from bench.servers import BenchError, Server

WARM = 0.2
"""Seconds of load before each slice that is measured."""

SETTLE = 300
"""So many requests are answered before the first slice: all that come again, too."""

SETTLING = 60
"""At most so many seconds are spent on them."""


@dataclass(frozen=True)
class Pace:
    """How many rounds there are, and how many seconds each server has in one."""

    rounds: int = 5
    seconds: float = 0.5


@dataclass(frozen=True)
class Work:
    """What one server is asked, and how it must answer each time."""

    server: Server
    requests: Sequence[bytes]
    status: int = 200


@dataclass(frozen=True)
class Cost:
    """Seconds of CPU for one request, the median of the slices, and how they spread.

    `spread` is from the least to the most of them, as a part of the median.
    """

    cpu: float
    spread: float


def compare(works: Mapping[str, Work], pace: Pace, *, again: bool) -> dict[str, Cost]:
    """Measure servers in turns. Raises `BenchError`.

    `again` says that requests come again and again. Otherwise none is ever asked
    twice of the same server.
    """
    for work in works.values():
        work.server.pause()
    slices: dict[str, list[float]] = {name: [] for name in works}
    supplies = {
        name: _supply(work.requests, pace, again=again) for name, work in works.items()
    }
    for number in range(pace.rounds):
        # There and back: what drifts does not favour whoever comes first.
        for name in list(works)[:: -1 if number % 2 else 1]:
            work = works[name]
            work.server.resume()
            if number == 0:
                _settle(work, next(supplies[name]))
            slices[name].append(_measure(work, supplies[name], pace))
            work.server.pause()
    for work in works.values():
        work.server.resume()
    return {name: _fold(found) for name, found in slices.items()}


def _supply(
    requests: Sequence[bytes], pace: Pace, *, again: bool
) -> Iterator[Iterator[bytes]]:
    """Yield what may be asked at first, and in each warm-up and slice, in turns."""
    if again:
        endless = cycle(requests)
        while True:
            yield endless
    shares = 1 + 2 * pace.rounds
    share = len(requests) // shares
    for start in range(0, share * shares, share):
        yield islice(requests, start, start + share)


def _settle(work: Work, supply: Iterator[bytes]) -> None:
    first = islice(supply, SETTLE)
    drive(work.server.port, first, status=work.status, seconds=SETTLING)


def _measure(work: Work, supply: Iterator[Iterator[bytes]], pace: Pace) -> float:
    """Return the seconds of CPU for one request of a slice. Raises `BenchError`."""
    port, status = work.server.port, work.status
    drive(port, next(supply), status=status, seconds=WARM)
    before = work.server.cpu()
    answers = drive(port, next(supply), status=status, seconds=pace.seconds)
    if not answers:
        raise BenchError(f"{work.server.name} was asked nothing.")
    return (work.server.cpu() - before) / answers


def _fold(slices: Sequence[float]) -> Cost:
    middle = median(slices)
    return Cost(middle, (max(slices) - min(slices)) / middle)
