"""Commands on content: check, schema, publish."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from app.cli.configuration import read_settings
from app.cli.migrations import migrate
from app.content.check import check_directory
from app.content.publish import publish as publish_bundle
from app.content.schemas import write_schemas
from app.database import build_engine
from app.errors import ContentError, StaleReleaseError
from app.fields import NOTE_MAX
from app.library.bundle import Bundle

Directory = Annotated[
    Path | None, typer.Argument(help="The content directory; seed_data if none.")
]
Note = Annotated[str, typer.Option(help="Why this release is made.")]


def check(directory: Directory = None) -> None:
    """Check a content directory without a database; exit 1 on problems."""
    bundle = read_checked(directory or read_settings().seed_data)
    entries = sum(1 for _ in bundle)
    typer.echo(f"{entries} entries, {len(bundle.cases)} cases, no problems.")


def schema(directory: Directory = None) -> None:
    """Write JSON Schemas into DIRECTORY/.schemas, for editors of the YAML."""
    try:
        written = write_schemas(directory or read_settings().seed_data)
    except ContentError as error:
        raise _report(error) from error
    for path in written:
        typer.echo(str(path))


def publish(directory: Directory = None, note: Note = "") -> None:
    """Check a content directory and publish it as one release; exit 1 on problems.

    The same content makes no release.
    """
    if len(note) > NOTE_MAX:
        detail = f"Takes at most {NOTE_MAX} characters."
        raise typer.BadParameter(detail, param_hint="--note")
    settings = read_settings()
    bundle = read_checked(directory or settings.seed_data)
    migrate()
    engine = build_engine(settings.database_url)
    try:
        published = publish_bundle(engine, bundle, at=datetime.now(UTC), note=note)
    except StaleReleaseError as error:
        typer.echo(f"{error} Nothing was published; run it again.", err=True)
        raise typer.Exit(1) from error
    finally:
        engine.dispose()
    if not published.is_new:
        typer.echo(f"Nothing changed: release {published.number} stands.")
        return
    changed, removed = len(published.changed), len(published.removed)
    typer.echo(f"Release {published.number}: {changed} changed, {removed} removed.")


def read_checked(directory: Path) -> Bundle:
    """Return the checked bundle, or print every problem and exit 1."""
    try:
        return check_directory(directory)
    except ContentError as error:
        raise _report(error) from error


def _report(error: ContentError) -> typer.Exit:
    for problem in error.problems:
        typer.echo(str(problem), err=True)
    typer.echo(f"Problems: {len(error.problems)}.", err=True)
    return typer.Exit(1)
