"""Minutes of everything at once, with publishes: `make soak`.

Linux only. `SOAK_MINUTES`, `SOAK_WORKERS` and `SOAK_DATABASE_URL` say how long, with
how many processes, and on what empty database other than one of SQLite.
"""

import json
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import typer

from app.settings import ROOT
from bench.databases import make_place
from bench.servers import BenchError
from bench.soak.findings import Findings
from bench.soak.report import Circumstances, put_part, write_part
from bench.soak.run import Soak, run
from bench.soak.server import Soaked, make_key, serving
from bench.soak.traffic import list_kinds, mix
from bench.traffic import Author
from tests.factories import TOPIC

RESULTS = ROOT / "bench" / "SOAK.md"
WHOLE = 10
"""Minutes of a run whose figures are kept."""

SLOPE_MAX = 150.0
"""MB an hour; README.md says why."""


def main() -> None:
    """Ask and publish, print what was found, and fail if anything was wrong."""
    # Else the server would outlive a soak that is ended.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    minutes = float(os.environ.get("SOAK_MINUTES", WHOLE))
    workers = int(os.environ.get("SOAK_WORKERS", "1"))
    url = os.environ.get("SOAK_DATABASE_URL", "")
    database = "PostgreSQL" if url else "SQLite"
    circumstances = Circumstances(database, workers, minutes * 60)
    try:
        found = _soak(circumstances, url)
    except BenchError as error:
        typer.echo(error, err=True)
        raise typer.Exit(1) from error
    part = write_part(found, circumstances, SLOPE_MAX)
    typer.echo(part)
    if minutes >= WHOLE:
        before = RESULTS.read_text(encoding="utf-8") if RESULTS.exists() else ""
        RESULTS.write_text(put_part(before, part), encoding="utf-8")
    if found.errors or found.slope() > SLOPE_MAX:
        raise typer.Exit(1)


def _soak(circumstances: Circumstances, url: str) -> Findings:
    author = Author(make_place("shipped").whatnext)
    with _serving(circumstances.workers, url) as (server, key):
        form = json.loads(server.get(f"/v1/topics/{TOPIC}/questionnaire"))
        requests = mix(list_kinds(author, form), author.random)
        return run(Soak(server, requests, key, circumstances.seconds))


@contextmanager
def _serving(workers: int, url: str) -> Iterator[tuple[Soaked, str]]:
    """Serve the shipped library from an empty database, and make a key."""
    with TemporaryDirectory() as name:
        directory = Path(name)
        environment = {
            "DATABASE_URL": url or f"sqlite:///{directory / 'soak.db'}",
            # All of it comes from one address: it is counted, and not limited.
            "RATE_LIMIT": "1000000/second",
            "RATE_LIMIT_KEYED": "1000000/second",
        }
        options = ["--workers", str(workers)] if workers > 1 else []
        with serving(environment, options, directory / "server.log") as server:
            yield server, make_key(environment)


if __name__ == "__main__":
    typer.run(main)
