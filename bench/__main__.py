"""whatnext beside a bare server and a tutorial-style one: `make bench`.

Each has a core to itself while it is measured, and all others are stopped.
"""

import os
import signal
import sys
from pathlib import Path
from typing import Annotated

import typer

from app.settings import ROOT
from bench.databases import COPIES, make_place
from bench.logs import compare_logs
from bench.measure import Pace
from bench.results import Results, write_results
from bench.run import measure_size
from bench.servers import PLAIN, BenchError, Cores
from bench.starts import measure_fastapi, measure_starts

RESULTS = ROOT / "bench" / "RESULTS.md"
STARTS = 5
QUICKLY = Pace(rounds=2, seconds=0.2)
USUAL = "1,000"
"""The size of the targets, of which logs and the plain loop are measured as well."""


def main(
    *,
    quick: Annotated[
        bool,
        typer.Option(
            "--quick", help="Short slices, no 10,000 items; writes no RESULTS.md."
        ),
    ] = False,
    output: Annotated[
        Path, typer.Option(help="Where the results are written.")
    ] = RESULTS,
) -> None:
    """Measure every size, print the tables, and write them to a file."""
    # Else servers that are stopped would outlive a bench that is ended.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        text = write_results(_measure(quick=quick))
    except BenchError as error:
        typer.echo(error, err=True)
        raise typer.Exit(1) from error
    typer.echo(text)
    if not quick:
        output.write_text(text, encoding="utf-8")


def _measure(*, quick: bool) -> Results:
    cores = Cores.of_machine()
    load = os.getloadavg()[0]
    pace = QUICKLY if quick else Pace()
    sizes = list(COPIES)[: 2 if quick else None]
    places = {size: make_place(size) for size in sizes}
    found = [measure_size(places[size], cores, pace, _say) for size in sizes]
    plain = measure_size(places[USUAL], cores, pace, _say, options=PLAIN)
    _say("cold starts")
    rounds = 1 if quick else STARTS
    starts = {
        size: measure_starts(place, cores, rounds) for size, place in places.items()
    }
    _say("logs")
    return Results(
        pace=pace,
        load=load,
        sizes=found,
        plain=plain,
        starts=starts,
        fastapi_memory=measure_fastapi(cores, pace.seconds),
        logs=compare_logs(places[USUAL], cores, pace),
    )


def _say(what: str) -> None:
    typer.echo(what, err=True)


if __name__ == "__main__":
    typer.run(main)
