"""Commands on content: check, schema, publish."""

from pathlib import Path
from typing import Annotated

import typer

from app.content.check import check_directory
from app.errors import ContentError
from app.library.bundle import Bundle
from app.settings import Settings

Directory = Annotated[
    Path | None, typer.Argument(help="The content directory.", show_default="seed_data")
]


def check(directory: Directory = None) -> None:
    """Check a content directory without a database; exit 1 on problems."""
    bundle = read_checked(directory or Settings().seed_data)
    entries = sum(1 for _ in bundle)
    typer.echo(f"{entries} entries, {len(bundle.cases)} cases, no problems.")


def read_checked(directory: Path) -> Bundle:
    """Return the checked bundle, or print every problem and exit 1."""
    try:
        return check_directory(directory)
    except ContentError as error:
        for problem in error.problems:
            typer.echo(str(problem), err=True)
        typer.echo(f"{len(error.problems)} problems.", err=True)
        raise typer.Exit(1) from error
