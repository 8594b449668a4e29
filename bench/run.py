"""Measures whatnext, the bare server and the tutorial-style peer on one library."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field

from bench.databases import Place
from bench.measure import Cost, Pace, Work, compare
from bench.operations import Operation, check, is_there, list_operations
from bench.servers import Cores, Server, Setup, running
from bench.setups import (
    BARE,
    TUTORIAL,
    WHATNEXT,
    prefix,
    set_up_bare,
    set_up_serve,
    set_up_tutorial,
)
from bench.traffic import Author

CACHE_OFF = {"CACHE_BYTES": "0"}

Say = Callable[[str], None]


@dataclass
class Found:
    """What was found of one size: costs by operation and server, memory in MB."""

    size: str
    entries: int
    treatments: int
    titles: dict[str, str] = field(default_factory=dict)
    costs: dict[str, Mapping[str, Cost]] = field(default_factory=dict)
    memory: dict[str, float] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _Servers:
    """All that run at once; `uncached` is whatnext, and keeps no answers."""

    whatnext: Server
    uncached: Server
    tutorial: Server
    bare: Server


def measure_size(
    place: Place, cores: Cores, pace: Pace, say: Say, *, options: Sequence[str] = ()
) -> Found:
    """Measure every operation on one library. Raises `BenchError`.

    All servers have the options, which are those of uvicorn.
    """
    author = Author(place.whatnext)
    found = Found(place.size, author.entries, len(author.treatments))
    with ExitStack() as stack:

        def run(setup: Setup) -> Server:
            return stack.enter_context(running(setup, cores))

        whatnext = run(set_up_serve(WHATNEXT, place.environment, *options))
        found.memory["first answer"] = whatnext.memory()
        off = {**place.environment, **CACHE_OFF}
        uncached = run(set_up_serve("whatnext without a cache", off, *options))
        tutorial = run(set_up_tutorial(place, *options))
        operations, sizes = [], {}
        for operation in list_operations(author, uncached):
            if not is_there(operation, uncached):
                found.missing.append(operation.title)
                continue
            operations.append(operation)
            sizes[operation.name] = check(operation, uncached, tutorial)
        bare = run(set_up_bare(operations, sizes, *options))
        servers = _Servers(whatnext, uncached, tutorial, bare)
        for operation in operations:
            say(" ".join([f"{place.size}: {operation.title}", *options]))
            if operation.name == "recommendation":
                found.memory["reads"] = whatnext.memory()
            found.titles[operation.name] = operation.title
            found.costs[operation.name] = _measure(operation, servers, pace)
        found.memory["recommendations"] = whatnext.memory()
        found.memory[TUTORIAL] = tutorial.memory()
    return found


def _measure(operation: Operation, servers: _Servers, pace: Pace) -> Mapping[str, Cost]:
    requests = [one.encode() for one in operation.asks]
    to_bare = [one.encode(prefix(operation)) for one in operation.asks]
    ours = servers.uncached if operation.uncached else servers.whatnext
    works = {
        BARE: Work(servers.bare, to_bare, operation.status),
        WHATNEXT: Work(ours, requests, operation.status),
        # It has no ETag, so it answers in full where whatnext says 304.
        TUTORIAL: Work(servers.tutorial, requests),
    }
    return compare(works, pace, again=operation.again)
