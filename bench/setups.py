"""The servers that are measured, what they are called, and how each is started."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace

from bench.databases import Place
from bench.operations import Operation
from bench.servers import QUIET, Setup, run_uvicorn, serve_whatnext

BARE, WHATNEXT, TUTORIAL = "bare", "whatnext", "tutorial"
FASTAPI, SERVE, FACTORY = "bare FastAPI", "`whatnext serve`", "whatnext under uvicorn"
FIRST = "/v1/treatments/walking"
"""What whatnext and the tutorial are asked first."""


def set_up_bare(
    operations: Sequence[Operation], sizes: Mapping[str, int], *options: str
) -> Setup:
    """Return a server that answers so many bytes to each operation, and not for it."""
    answers = {
        one.name: (one.status, sizes[one.name] if one.status == 200 else 0)
        for one in operations
    }
    environment = {"BENCH_ANSWERS": json.dumps({**answers, "ready": (200, 0)})}
    app = "bench.apps.bare:app"
    return run_uvicorn(BARE, app, "/ready", environment, QUIET, *options)


def prefix(operation: Operation) -> str:
    """Return what the bare server knows an operation by: it looks at nothing else."""
    return f"/{operation.name}"


def set_up_fastapi() -> Setup:
    return run_uvicorn(FASTAPI, "bench.apps.bare_fastapi:app", "/item", {}, QUIET)


def set_up_tutorial(place: Place, *options: str) -> Setup:
    app = "bench.apps.tutorial:app"
    return run_uvicorn(TUTORIAL, app, FIRST, place.environment, QUIET, *options)


def set_up_serve(name: str, environment: Mapping[str, str], *options: str) -> Setup:
    """Return whatnext as its users start it, or under uvicorn if that has options."""
    if not options:
        return serve_whatnext(name, FIRST, environment)
    return replace(set_up_whatnext(environment, QUIET, *options), name=name)


def set_up_whatnext(environment: Mapping[str, str], *options: str) -> Setup:
    """Return whatnext as somebody runs it who has a process manager."""
    app = "app.main:create_app"
    return run_uvicorn(FACTORY, app, FIRST, environment, "--factory", *options)
