"""The command that writes a release as content files."""

from pathlib import Path
from typing import Annotated

import typer

from app.cli.reports import reporting
from app.cli.where import KeyOption, ServerOption, choose_store
from app.content.export import export_files
from app.content.file_swap import put_files

Directory = Annotated[
    Path, typer.Argument(help="Where to: a new directory, or an empty one.")
]
Number = Annotated[
    int | None, typer.Option(min=1, help="Which release; the present one if none.")
]
Replace = Annotated[
    bool, typer.Option("--replace", help="Replace the content that stands there.")
]


@reporting()
def export(
    directory: Directory,
    *,
    release: Number = None,
    replace: Replace = False,
    server: ServerOption = None,
    api_key: KeyOption = None,
) -> None:
    """Write a release as YAML files, from which publishing changes nothing.

    All files are written or none. With --replace the content files of a directory
    become these, and what begins with a dot stays. A server asks for no key.
    """
    number, bundle = choose_store(server, api_key).load(release)
    files = export_files(bundle)
    gone = put_files(directory, files, replace=replace)
    typer.echo(f"Release {number}: {len(files)} files written, {len(gone)} removed.")
