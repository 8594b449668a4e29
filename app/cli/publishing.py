"""Commands that make a release: publish a directory, or restore an earlier release."""

from typing import Annotated

import typer

from app.cli.configuration import read_settings
from app.cli.content import Directory
from app.cli.reports import reporting, tell_faults
from app.cli.stores import Asked, Made
from app.cli.where import KeyOption, ServerOption, choose_store
from app.fields import Significance as Word
from app.tables.log import NOTE_MAX


def _check_note(note: str) -> str:
    if len(note) > NOTE_MAX:
        raise typer.BadParameter(f"Takes at most {NOTE_MAX} characters.")
    return note


Note = Annotated[
    str, typer.Option(callback=_check_note, help="Why this release is made.")
]
Significance = Annotated[
    Word | None,
    typer.Option(help="At least what the change suggests, which is the default."),
]
DryRun = Annotated[
    bool, typer.Option("--dry-run", help="Say what it would be, and publish nothing.")
]
Number = Annotated[int, typer.Argument(min=1, help="The release to have again.")]


@reporting()
def publish(
    directory: Directory = None,
    *,
    note: Note = "",
    significance: Significance = None,
    dry_run: DryRun = False,
    server: ServerOption = None,
    api_key: KeyOption = None,
) -> None:
    """Check a content directory and publish it as one release.

    The same content makes no release.
    """
    store = choose_store(server, api_key)
    asked = Asked(note, significance, is_trial=dry_run)
    _tell(store.publish(directory or read_settings().seed_data, asked))


@reporting()
def restore(
    release: Number,
    *,
    note: Note = "",
    significance: Significance = None,
    dry_run: DryRun = False,
    server: ServerOption = None,
    api_key: KeyOption = None,
) -> None:
    """Publish an earlier release anew.

    Its entries must fit each other; what its cases and its quality leave unmet is told.
    """
    store = choose_store(server, api_key)
    _tell(store.restore(release, Asked(note, significance, is_trial=dry_run)))


def _tell(made: Made) -> None:
    tell_faults(made.unmet)
    typer.echo(_describe(made))


def _describe(made: Made) -> str:
    diff = made.diff
    if diff.is_empty:
        return f"Nothing changed: release {made.release} stands."
    changed = len(diff.added) + len(diff.changed)
    what = f"{changed} changed, {len(diff.removed)} removed ({made.significance})"
    if made.is_new:
        return f"Release {made.release}: {what}."
    return f"It would be release {made.release + 1}: {what}."
