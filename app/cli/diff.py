"""The command that compares a content directory with a release."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from app.cli.configuration import read_settings
from app.cli.content import Directory, read_checked
from app.cli.diff_text import write_lines
from app.cli.exit_codes import ExitCode
from app.cli.progress import step
from app.cli.reports import reporting
from app.cli.stores import Store
from app.cli.where import KeyOption, ServerOption, choose_store
from app.content.diff import diff_libraries
from app.content.library_diff import LibraryDiff
from app.errors import NoReleaseError

Against = Annotated[
    int | None, typer.Option(min=1, help="Which release; the present one if none.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]
AsExitCode = Annotated[
    bool,
    typer.Option("--exit-code", help="Exit 1 if anything differs, 2 on problems."),
]

DIFFERENT, TROUBLE = 1, 2
"""The exit codes of a difference and of what else would be 1, as in diff(1)."""


def diff(
    directory: Directory = None,
    *,
    against: Against = None,
    as_json: AsJson = False,
    exit_code: AsExitCode = False,
    server: ServerOption = None,
    api_key: KeyOption = None,
) -> None:
    """Show what publishing a content directory would change.

    Items by field, cases whose advice changes, and old cases that no longer hold. It
    changes nothing, so a server asks for no key.
    """
    store = choose_store(server, api_key)
    try:
        with reporting():
            found = _compare(store, directory or read_settings().seed_data, against)
    except typer.Exit as ended:
        is_problem = ended.exit_code == ExitCode.PROBLEMS
        raise (typer.Exit(TROUBLE) if exit_code and is_problem else ended) from ended
    if as_json:
        typer.echo(found.model_dump_json(indent=2))
    else:
        console = Console(highlight=False, soft_wrap=True)
        for line in write_lines(found):
            console.print(line)
    if exit_code and not found.is_empty:
        raise typer.Exit(DIFFERENT)


def _compare(store: Store, directory: Path, against: int | None) -> LibraryDiff:
    checked = read_checked(directory)
    try:
        number, before = store.load(against)
    except NoReleaseError:
        if against is not None:
            raise
        return diff_libraries(None, checked.bundle)
    with step("Comparing"):
        return diff_libraries(before, checked.bundle, against=number)
