"""Commands that make a release: publish a directory, or restore an earlier release."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Annotated

import typer
from sqlalchemy import Engine

from app.cli.configuration import read_settings
from app.cli.content import Directory, read_checked
from app.cli.database import load_release, open_database
from app.content.check import check_restored
from app.content.places import EntryFault, FaultyLibraryError
from app.content.publish import refresh
from app.content.submit import (
    Check,
    Signature,
    Submitted,
    read_present,
    submit,
)
from app.errors import LowSignificanceError, StaleReleaseError
from app.fields import Significance as Word
from app.library.bundle import Bundle
from app.tables.log import NOTE_MAX

Note = Annotated[str, typer.Option(help="Why this release is made.")]
Significance = Annotated[
    Word | None,
    typer.Option(help="At least what the change suggests, which is the default."),
]
DryRun = Annotated[
    bool, typer.Option("--dry-run", help="Say what it would be, and publish nothing.")
]
Number = Annotated[int, typer.Argument(min=1, help="The release to have again.")]


def publish(
    directory: Directory = None,
    *,
    note: Note = "",
    significance: Significance = None,
    dry_run: DryRun = False,
) -> None:
    """Check a content directory and publish it as one release; exit 1 on problems.

    The same content makes no release.
    """
    _check_note(note)
    checked = read_checked(directory or read_settings().seed_data)
    signature = Signature(datetime.now(UTC), None, note, significance)
    with open_database() as engine:
        # The directory was checked already, with the lines of its files.
        _submit(engine, checked.bundle, signature, lambda _: checked, is_trial=dry_run)


def restore(
    release: Number,
    *,
    note: Note = "",
    significance: Significance = None,
    dry_run: DryRun = False,
) -> None:
    """Publish an earlier release anew; exit 1 on problems.

    Its entries must fit each other; what its cases and its quality leave unmet is told.
    """
    _check_note(note)
    signature = Signature(datetime.now(UTC), None, note, significance)
    with open_database() as engine:
        _, bundle = load_release(engine, release)
        _submit(engine, bundle, signature, check_restored, is_trial=dry_run)


def _check_note(note: str) -> None:
    if len(note) > NOTE_MAX:
        detail = f"Takes at most {NOTE_MAX} characters."
        raise typer.BadParameter(detail, param_hint="--note")


def _submit(
    engine: Engine,
    bundle: Bundle,
    signature: Signature,
    check: Check,
    *,
    is_trial: bool,
) -> None:
    present = read_present(engine)
    try:
        done = submit(
            engine, present, bundle, signature, check=check, is_dry_run=is_trial
        )
    except FaultyLibraryError as error:
        _tell(error.faults)
        raise typer.Exit(1) from error
    except (StaleReleaseError, LowSignificanceError) as error:
        typer.echo(f"{error} Nothing was published.", err=True)
        raise typer.Exit(1) from error
    if done.diff.is_empty and not is_trial:
        refresh(engine)
    _tell(done.unmet)
    typer.echo(_describe(done, present.number))


def _tell(faults: Iterable[EntryFault]) -> None:
    for one in faults:
        place = f"{one.kind.value}/{one.slug}{one.pointer}"
        typer.echo(f"{place}: {one.detail}", err=True)


def _describe(done: Submitted, number: int) -> str:
    diff, published = done.diff, done.published
    if diff.is_empty:
        return f"Nothing changed: release {number} stands."
    changed = len(diff.added) + len(diff.changed)
    what = f"{changed} changed, {len(diff.removed)} removed ({done.significance})"
    if published is None:
        return f"It would be release {number + 1}: {what}."
    return f"Release {published.number}: {what}."
