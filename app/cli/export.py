"""The command that writes a release as content files."""

from pathlib import Path
from typing import Annotated

import typer

from app.cli.database import load_release, open_database
from app.content.export import export_files
from app.content.file_swap import put_files
from app.errors import ContentError

Directory = Annotated[
    Path, typer.Argument(help="Where to: a new directory, or an empty one.")
]
Number = Annotated[
    int | None, typer.Option(min=1, help="Which release; the present one if none.")
]
Replace = Annotated[
    bool, typer.Option("--replace", help="Replace the content that stands there.")
]


def export(
    directory: Directory, *, release: Number = None, replace: Replace = False
) -> None:
    """Write a release as YAML files, from which publishing changes nothing.

    All files are written or none; exit 1 on problems. With --replace the content files
    of a directory become these, and what begins with a dot stays.
    """
    with open_database() as engine:
        number, bundle = load_release(engine, release)
    files = export_files(bundle)
    try:
        gone = put_files(directory, files, replace=replace)
    except ContentError as error:
        for problem in error.problems:
            typer.echo(str(problem), err=True)
        raise typer.Exit(1) from error
    typer.echo(f"Release {number}: {len(files)} files written, {len(gone)} removed.")
