"""The command that writes a release as content files."""

from pathlib import Path
from typing import Annotated

import typer

from app.cli.configuration import read_settings
from app.cli.migrations import migrate
from app.content.export import export_files
from app.content.file_swap import put_files
from app.content.log import read_bundle
from app.database import build_engine, read_session
from app.errors import ContentError, NoReleaseError
from app.library.bundle import Bundle
from app.queries.releases import get_release, load_documents

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
    number, bundle = _load(release)
    files = export_files(bundle)
    try:
        gone = put_files(directory, files, replace=replace)
    except ContentError as error:
        for problem in error.problems:
            typer.echo(str(problem), err=True)
        raise typer.Exit(1) from error
    typer.echo(f"Release {number}: {len(files)} files written, {len(gone)} removed.")


def _load(release: int | None) -> tuple[int, Bundle]:
    """Return the number and the library of a release, or say why not and exit 1."""
    settings = read_settings()
    migrate()
    engine = build_engine(settings.database_url)
    try:
        with read_session(engine) as session:
            newest = get_release(session).number
            number = newest if release is None else release
            if number > newest:
                typer.echo(f"There is no release {number}: {_say(newest)}.", err=True)
                raise typer.Exit(1)
            return number, read_bundle(load_documents(session, release=number))
    except NoReleaseError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from error
    finally:
        engine.dispose()


def _say(newest: int) -> str:
    return "there is only 1" if newest == 1 else f"there are 1 to {newest}"
