"""Datasette on the same SQLite file, beside whatnext: `make bench-datasette`.

`DATASETTE` names its command, which stands in a virtual environment of its own.
"""

import json
import os
from collections.abc import Mapping
from contextlib import ExitStack
from typing import Annotated, Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import typer

from bench.databases import COPIES, Place, make_place
from bench.measure import Cost, Pace, Work, compare
from bench.operations import Operation, check, list_operations
from bench.servers import BenchError, Cores, Server, Setup, running, serve_whatnext
from bench.setups import BARE, FIRST, WHATNEXT, prefix, set_up_bare
from bench.traffic import TREATMENTS, Ask, Author

DATASETTE = "datasette"
TABLE = "/whatnext/treatment"
CHEAPEST = {"_nocount": "1", "_nofacet": "1", "_nosuggest": "1"}
"""What Datasette can be told to leave out of a list."""

FILTERS = {"max_invasiveness": "invasiveness__lte"}


def main(
    size: Annotated[str, typer.Option(help=f"One of {', '.join(COPIES)}.")] = "1,000",
) -> None:
    """Print what items and filtered lists cost of both, and of a bare server."""
    try:
        costs = _measure(make_place(size), Cores.of_machine())
    except BenchError as error:
        typer.echo(error, err=True)
        raise typer.Exit(1) from error
    typer.echo("| operation | bare µs | whatnext µs | Datasette µs | times Datasette |")
    typer.echo("| --- | --- | --- | --- | --- |")
    for title, cost in costs.items():
        bare, ours, theirs = (cost[name].cpu for name in (BARE, WHATNEXT, DATASETTE))
        cells = [f"{cpu * 1e6:,.0f}" for cpu in (bare, ours, theirs)]
        typer.echo(f"| {title} | {' | '.join(cells)} | {theirs / ours:.1f} |")


def _measure(place: Place, cores: Cores) -> dict[str, Mapping[str, Cost]]:
    with ExitStack() as stack:

        def run(setup: Setup) -> Server:
            return stack.enter_context(running(setup, cores))

        whatnext = run(serve_whatnext(WHATNEXT, FIRST, place.environment))
        theirs = run(_set_up_datasette(place))
        operations = [
            operation
            for operation in list_operations(Author(place.whatnext), whatnext)
            if operation.name in ("item", "list")
        ]
        sizes = {one.name: check(one, whatnext, None) for one in operations}
        bare = run(set_up_bare(operations, sizes))
        return {
            one.title: compare(
                {
                    BARE: Work(bare, [ask.encode(prefix(one)) for ask in one.asks]),
                    WHATNEXT: Work(whatnext, [ask.encode() for ask in _pick(one)]),
                    DATASETTE: Work(theirs, _translate(one, whatnext, theirs)),
                },
                Pace(),
                again=True,
            )
            for one in operations
        }


def _set_up_datasette(place: Place) -> Setup:
    command = (
        os.environ.get("DATASETTE", DATASETTE),
        "serve",
        str(place.whatnext),
        "--port",
        "{port}",
    )
    return Setup(DATASETTE, command, f"{TABLE}/walking.json", {})


def _pick(operation: Operation) -> list[Ask]:
    """Return what one table can answer: no filter that another table has."""
    return [ask for ask in operation.asks if "topic=" not in ask.path]


def _translate(operation: Operation, ours: Server, theirs: Server) -> list[bytes]:
    """Return the same requests as Datasette has them. Raises `BenchError`."""
    found = []
    for ask in _pick(operation):
        path = _write_path(ask.path)
        _, _, expected = ours.ask(ask.path, {})
        _, _, answer = theirs.ask(path, {})
        if _list_slugs(json.loads(expected)) != _list_slugs(json.loads(answer)):
            raise BenchError(f"Datasette answers something else to {path}.")
        found.append(Ask(path).encode())
    return found


def _write_path(path: str) -> str:
    parts = urlsplit(path)
    if parts.path != TREATMENTS:
        slug = parts.path.rpartition("/")[2]
        return f"{TABLE}/{slug}.json?_shape=array"
    given = parse_qsl(parts.query)
    filters = {FILTERS.get(name, f"{name}__exact"): value for name, value in given}
    page = {"_sort": "name", "_size": "20", "_col": "card", "_shape": "array"}
    return f"{TABLE}.json?{urlencode({**filters, **page, **CHEAPEST})}"


def _list_slugs(answer: Any) -> list[str]:
    rows = answer["items"] if isinstance(answer, dict) and "items" in answer else answer
    return [row["slug"] for row in (rows if isinstance(rows, list) else [rows])]


if __name__ == "__main__":
    typer.run(main)
