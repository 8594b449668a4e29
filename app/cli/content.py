"""Commands on content: check, schema, publish."""

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from app.cli.configuration import read_settings
from app.cli.migrations import migrate
from app.content.check import Checked, check_directory
from app.content.publish import publish as publish_bundle
from app.content.schemas import write_schemas
from app.database import build_engine
from app.errors import ContentError, StaleReleaseError
from app.tables.log import NOTE_MAX

Directory = Annotated[
    Path | None, typer.Argument(help="The content directory; seed_data if none.")
]
AsOf = Annotated[
    datetime | None,
    typer.Option(formats=["%Y-%m-%d"], help="The day reviews are due by; today."),
]
Notices = Annotated[bool, typer.Option("--notices", help="List every notice.")]
Note = Annotated[str, typer.Option(help="Why this release is made.")]


def check(
    directory: Directory = None,
    *,
    as_of: AsOf = None,
    notices: Notices = False,
) -> None:
    """Check a content directory without a database; exit 1 on problems.

    Notices do not refuse a release: what better had been otherwise.
    """
    checked = read_checked(directory or read_settings().seed_data)
    day = as_of.date() if as_of else datetime.now(UTC).date()
    found = list(checked.quality.notices(as_of=day))
    if notices:
        for criterion, one in found:
            place = f"{one.kind.value}/{one.slug}{one.pointer}"
            typer.echo(f"{criterion.slug}: {place}: {one.detail}")
    for slug, count in Counter(criterion.slug for criterion, _ in found).items():
        typer.echo(f"Notice: {slug} not met: {count}.")
    if (grade := checked.quality.reading_grade) is not None:
        typer.echo(f"Reading grade: {grade:.1f} on average.")
    entries = sum(1 for _ in checked.bundle)
    typer.echo(f"{entries} entries, {len(checked.bundle.cases)} cases, no problems.")


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
    checked = read_checked(directory or settings.seed_data)
    migrate()
    engine = build_engine(settings.database_url)
    try:
        published = publish_bundle(
            engine,
            checked.bundle,
            at=datetime.now(UTC),
            note=note,
            quality=checked.quality,
        )
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


def read_checked(directory: Path) -> Checked:
    """Return the checked library, or print every problem and exit 1."""
    try:
        return check_directory(directory)
    except ContentError as error:
        raise _report(error) from error


def _report(error: ContentError) -> typer.Exit:
    for problem in error.problems:
        typer.echo(str(problem), err=True)
    typer.echo(f"Problems: {len(error.problems)}.", err=True)
    return typer.Exit(1)
