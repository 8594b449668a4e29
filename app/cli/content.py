"""Commands on content: check and schema."""

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from app.cli.configuration import read_settings
from app.cli.progress import step
from app.cli.reports import reporting
from app.content.check import Checked, check_directory
from app.content.schemas import write_schemas

Directory = Annotated[
    Path | None, typer.Argument(help="The content directory; seed_data if none.")
]
AsOf = Annotated[
    datetime | None,
    typer.Option(formats=["%Y-%m-%d"], help="The day reviews are due by; today."),
]
Notices = Annotated[bool, typer.Option("--notices", help="List every notice.")]


@reporting()
def check(
    directory: Directory = None,
    *,
    as_of: AsOf = None,
    notices: Notices = False,
) -> None:
    """Check a content directory without a database.

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


@reporting()
def schema(directory: Directory = None) -> None:
    """Write JSON Schemas into DIRECTORY/.schemas, for editors of the YAML."""
    for path in write_schemas(directory or read_settings().seed_data):
        typer.echo(str(path))


def read_checked(directory: Path) -> Checked:
    """Return the checked library. Raises `ContentError` with every problem."""
    with step("Checking the content") as follow:
        return check_directory(directory, follow)
