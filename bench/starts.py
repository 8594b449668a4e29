"""How long servers take to answer first, and how much memory they take."""

from collections.abc import Sequence
from itertools import repeat
from statistics import median

from bench.databases import Place
from bench.load import drive
from bench.servers import QUIET, Cores, Server, Setup, running, serve_whatnext
from bench.setups import (
    FIRST,
    SERVE,
    set_up_fastapi,
    set_up_tutorial,
    set_up_whatnext,
)
from bench.traffic import Ask


def measure_starts(place: Place, cores: Cores, rounds: int) -> dict[str, float]:
    """Return the median of seconds to the first answer of every server, in turns."""
    setups: Sequence[Setup] = (
        set_up_fastapi(),
        set_up_whatnext(place.environment, QUIET),
        serve_whatnext(SERVE, FIRST, place.environment),
        set_up_tutorial(place),
    )
    took: dict[str, list[float]] = {setup.name: [] for setup in setups}
    for _ in range(rounds):
        for setup in setups:
            with running(setup, cores) as server:
                took[setup.name].append(server.cold)
    return {name: median(found) for name, found in took.items()}


def measure_fastapi(cores: Cores, seconds: float) -> float:
    """Return the memory of a bare FastAPI app after load, in MB."""
    with running(set_up_fastapi(), cores) as server:
        _load(server, seconds)
        return server.memory()


def _load(server: Server, seconds: float) -> None:
    drive(server.port, repeat(Ask("/item").encode()), status=200, seconds=seconds)
