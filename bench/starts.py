"""How long servers take to answer first, and how much memory they take."""

from collections.abc import Mapping, Sequence
from itertools import repeat
from statistics import median

from bench.databases import Place
from bench.load import drive
from bench.servers import (
    QUIET,
    Cores,
    Server,
    Setup,
    run_uvicorn,
    running,
    serve_whatnext,
)
from bench.traffic import Ask

FASTAPI, SERVE, FACTORY, TUTORIAL = (
    "bare FastAPI", "`whatnext serve`", "whatnext under uvicorn", "tutorial"
)  # fmt: skip
APP = "app.main:create_app"
FIRST = "/v1/treatments/walking"


def set_up_whatnext(environment: Mapping[str, str], *options: str) -> Setup:
    """Return whatnext as somebody runs it who has a process manager."""
    return run_uvicorn(FACTORY, APP, FIRST, environment, "--factory", *options)


def set_up_fastapi() -> Setup:
    return run_uvicorn(FASTAPI, "bench.apps.bare_fastapi:app", "/item", {}, QUIET)


def set_up_tutorial(place: Place) -> Setup:
    app = "bench.apps.tutorial:app"
    return run_uvicorn(TUTORIAL, app, FIRST, place.environment, QUIET)


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
