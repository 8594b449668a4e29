"""The command that compares a content directory with a release."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from sqlalchemy import Engine

from app.cli.configuration import read_settings
from app.cli.content import Directory, read_checked
from app.cli.database import load_release, open_database
from app.cli.diff_text import write_lines
from app.content.diff import diff_libraries
from app.content.library_diff import LibraryDiff
from app.database import read_session
from app.queries.releases import find_release

Against = Annotated[
    int | None, typer.Option(min=1, help="Which release; the present one if none.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]
ExitCode = Annotated[
    bool,
    typer.Option("--exit-code", help="Exit 1 if anything differs, 2 on problems."),
]

PROBLEMS = 2
"""The exit code of problems where a difference has 1, as in diff(1)."""


def diff(
    directory: Directory = None,
    *,
    against: Against = None,
    as_json: AsJson = False,
    exit_code: ExitCode = False,
) -> None:
    """Show what publishing a content directory would change; exit 1 on problems.

    Items by field, cases whose advice changes, and old cases that no longer hold.
    """
    try:
        found = _compare(directory, against)
    except typer.Exit as problems:
        raise typer.Exit(PROBLEMS if exit_code else 1) from problems
    if as_json:
        typer.echo(found.model_dump_json(indent=2))
    else:
        console = Console(highlight=False, soft_wrap=True)
        for line in write_lines(found):
            console.print(line)
    if exit_code and not found.is_empty:
        raise typer.Exit(1)


def _compare(directory: Path | None, against: int | None) -> LibraryDiff:
    checked = read_checked(directory or read_settings().seed_data)
    with open_database() as engine:
        if against is None and not _has_release(engine):
            return diff_libraries(None, checked.bundle)
        number, before = load_release(engine, against)
    return diff_libraries(before, checked.bundle, against=number)


def _has_release(engine: Engine) -> bool:
    with read_session(engine) as session:
        return find_release(session) is not None
