"""The figures as Markdown: ratios first, with what they should come to."""

import os
import platform
import sqlite3
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from statistics import median

from app.settings import ROOT
from bench.logs import ACCESS, DEFAULTS, SILENT
from bench.measure import Cost, Pace
from bench.run import Found
from bench.setups import BARE, FACTORY, FASTAPI, SERVE, TUTORIAL, WHATNEXT
from bench.targets import COLD, LOGS, MEMORY, MEMORY_MORE, TARGETS

PACKAGES = ("fastapi", "starlette", "uvicorn", "sqlmodel", "sqlalchemy", "pydantic")
FASTER = ("uvloop", "httptools")
WITHOUT = f"without {' and '.join(FASTER)}"

Row = Sequence[str]


@dataclass(frozen=True)
class Results:
    """All that one run found; starts by size and server, in seconds.

    `load` is how busy the machine was before, and `plain` what was found of one size
    without uvloop and httptools.
    """

    pace: Pace
    load: float
    sizes: Sequence[Found]
    plain: Found
    starts: Mapping[str, Mapping[str, float]]
    fastapi_memory: float
    logs: Mapping[str, Cost]


def write_results(results: Results) -> str:
    """Return the whole of RESULTS.md."""
    parts = [
        "# Results",
        "Written by `make bench`; what each figure means is in [README.md](README.md).",
        _describe_run(results.pace, results.load),
        *_write_sizes(results),
        "## Cold start",
        "Milliseconds from the start of the process to its first answer.",
        _write_starts(results),
        "## Memory",
        f"Resident MB; bare FastAPI has {results.fastapi_memory:.0f} after load.",
        _write_memory(results),
        "## Logs",
        "GET item, repeated, at 1,000 items: throughput against no log at all.",
        _write_logs(results.logs),
    ]
    return "\n\n".join(parts) + "\n"


def _describe_run(pace: Pace, load: float) -> str:
    faster = [f"{one} {found}" for one in FASTER if (found := _find(one))]
    versions = [f"{one} {_find(one)}" for one in PACKAGES]
    return (
        f"{datetime.now(UTC):%Y-%m-%d}, commit {read_commit()}; "
        f"{describe_machine()}, load average {load:.1f} before; "
        f"{pace.rounds} rounds of {pace.seconds:g} s. "
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, "
        f"{', '.join(versions)}, {' and '.join(faster) or 'no uvloop, no httptools'}."
    )


def _find(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def read_commit() -> str:
    commit = _git("rev-parse", "--short", "HEAD")
    return f"{commit} with changes" if _git("status", "--porcelain") else commit


def _git(*words: str) -> str:
    ran = subprocess.run(
        ["git", "--no-optional-locks", *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return ran.stdout.strip() or ("unknown" if ran.returncode else "")


def describe_machine() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    models = [one.partition(":")[2].strip() for one in lines if "model name" in one]
    model = next(iter(models), platform.machine())
    return f"{os.cpu_count()} cores, {model}, Linux"


def _write_sizes(results: Results) -> Iterator[str]:
    for found in results.sizes:
        yield f"## {_name_size(found.size)}"
        yield from _write_size(found)
    yield f"## {_name_size(results.plain.size)}, {WITHOUT}"
    yield "The same library, served as it was when the targets were written down."
    yield from _write_size(results.plain)


def _write_size(found: Found) -> Iterator[str]:
    yield f"{found.entries:,} entries, {found.treatments:,} of them treatments."
    yield write_table(
        ("operation", "bare µs", "whatnext µs", "tutorial µs", "of bare", "wanted",
         "times the tutorial", "wanted"),
        [_write_costs(name, found) for name in found.costs],
    )  # fmt: skip
    spreads = [cost.spread for costs in found.costs.values() for cost in costs.values()]
    yield (
        "From the least to the most of its slices a figure spreads by "
        f"{median(spreads):.0%} at the median, and by {max(spreads):.0%} at most."
    )
    for title in found.missing:
        yield f"Not measured, since whatnext does not have it: {title}."


def _name_size(size: str) -> str:
    return "The shipped library" if size == "shipped" else f"{size} items"


def _write_costs(name: str, found: Found) -> Row:
    bare, ours, theirs = (
        found.costs[name][server].cpu for server in (BARE, WHATNEXT, TUTORIAL)
    )
    least, least_peer = TARGETS[name].bare.get(found.size), TARGETS[name].tutorial
    return (
        found.titles[name],
        *(f"{cpu * 1e6:,.0f}" for cpu in (bare, ours, theirs)),
        f"{bare / ours:.2f}",
        _judge_least(bare / ours, least),
        f"{theirs / ours:.1f}",
        _judge_least(theirs / ours, least_peer if least else None),
    )


def _judge_least(value: float, least: float | None) -> str:
    if least is None:
        return ""
    return f"≥ {least:g}" + ("" if value >= least else ", **missed**")


def _judge_most(value: float, most: float | None) -> str:
    if most is None:
        return ""
    return f"≤ {most:.2f}" + ("" if value <= most else ", **missed**")


def _write_starts(results: Results) -> str:
    rows: list[Row] = []
    for size, starts in results.starts.items():
        for name in (FASTAPI, FACTORY, SERVE, TUTORIAL):
            times = starts[name] / starts[FASTAPI]
            is_ours = name in (FACTORY, SERVE)
            most = COLD.get(size) if is_ours else None
            cells = (f"{starts[name] * 1e3:,.0f}", f"{times:.2f}")
            rows.append((size, name, *cells, _judge_most(times, most)))
    return write_table(("items", "server", "ms", "times FastAPI", "wanted"), rows)


def _write_memory(results: Results) -> str:
    base = results.fastapi_memory
    rows: list[Row] = []
    for found in results.sizes:
        for when, memory in found.memory.items():
            times, most = memory / base, None
            if found.size in MEMORY_MORE and when in ("reads", "recommendations"):
                most = MEMORY + MEMORY_MORE[found.size] / base
            who = when if when == TUTORIAL else f"whatnext, after {when}"
            cells = (f"{memory:.0f}", f"{times:.2f}", _judge_most(times, most))
            rows.append((found.size, who, *cells))
    return write_table(("items", "server", "MB", "times FastAPI", "wanted"), rows)


def _write_logs(logs: Mapping[str, Cost]) -> str:
    wanted = {DEFAULTS: LOGS}
    rows: list[Row] = [
        (
            name,
            f"{logs[name].cpu * 1e6:,.0f}",
            f"{(kept := logs[SILENT].cpu / logs[name].cpu):.2f}",
            _judge_least(kept, wanted.get(name)),
        )
        for name in (SILENT, DEFAULTS, ACCESS)
    ]
    return write_table(("logs", "µs", "of the throughput", "wanted"), rows)


def write_table(head: Row, rows: Sequence[Row]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
