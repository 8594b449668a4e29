"""What a soak found, as Markdown: a part of SOAK.md for each database."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from bench.results import describe_machine, read_commit, write_table
from bench.soak.findings import Findings
from bench.soak.run import CONNECTIONS, PUBLISH_SECONDS

HEAD = """# Soak

Written by `make soak`; what each figure means is in [README.md](README.md#soak).
"""
EVERY = 60
"""Of the memory so many seconds apart is shown."""


@dataclass(frozen=True)
class Circumstances:
    """What was served, and for how long."""

    database: str
    workers: int
    seconds: float


def write_part(found: Findings, circumstances: Circumstances, bound: float) -> str:
    """Return what is said of one run, under a title of its own."""
    slope = found.slope()
    workers = circumstances.workers
    run = (
        f"{datetime.now(UTC):%Y-%m-%d}, commit {read_commit()}; {describe_machine()}; "
        f"{circumstances.seconds / 60:g} minutes, {CONNECTIONS} connections, a publish "
        f"every {PUBLISH_SECONDS} s."
    )
    outcome = (
        f"{found.requests:,} requests, {found.errors} errors. In the second half the "
        f"memory grew by {slope:+.1f} MB an hour; up to {bound:g} count as none."
    )
    parts = [
        f"## {circumstances.database}, {workers} process{'es' * (workers > 1)}",
        run,
        outcome,
        _write_times(found),
        _write_memory(found),
        *(f"- {one}" for one in found.said),
    ]
    return "\n\n".join(parts) + "\n"


def put_part(text: str, part: str) -> str:
    """Return the whole of SOAK.md with a part in place of the one of that title."""
    title = part.partition("\n")[0]
    others = [
        one
        for one in re.split(r"^(?=## )", text, flags=re.MULTILINE)[1:]
        if one.partition("\n")[0] != title
    ]
    return "\n".join([HEAD, *(one.strip() + "\n" for one in sorted([*others, part]))])


def _write_times(found: Findings) -> str:
    rows: list[Sequence[str]] = []
    for kind, times in sorted(found.times.items()):
        middle, high = found.percentiles(kind)
        rows.append((kind, f"{len(times):,}", _tell(middle), _tell(high)))
    return write_table(("kind", "requests", "p50 ms", "p99 ms"), rows)


def _tell(seconds: float) -> str:
    return f"{seconds * 1e3:,.1f}"


def _write_memory(found: Findings) -> str:
    rows: list[Sequence[str]] = []
    due = 0.0
    for sample in found.samples:
        if sample.at >= due:
            rows.append((f"{sample.at:.0f}", f"{sample.memory:.0f}"))
            due += EVERY
    return write_table(("s", "MB"), rows)
