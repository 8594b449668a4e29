"""The way of every write: checked, compared with what stands, published whole."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from sqlalchemy import Engine

from app.content.cases import Tested
from app.content.change import Change
from app.content.check import Checked, check_change
from app.content.diff import diff_change
from app.content.library_diff import LibraryDiff
from app.content.places import EntryFault
from app.content.present import Present
from app.content.publish import Published, Signature, publish_change
from app.content.significance import is_enough
from app.errors import LowSignificanceError
from app.fields import Significance
from app.library.bundle import Bundle

Check = Callable[[Change, Tested], Checked]


@dataclass(frozen=True, slots=True)
class Submitted:
    """What a change does, and what was published unless it was only tried out."""

    diff: LibraryDiff
    significance: Significance | None = None
    published: Published | None = None
    unmet: tuple[EntryFault, ...] = ()


def submit(
    engine: Engine,
    present: Present,
    bundle: Bundle,
    signature: Signature,
    *,
    check: Check = check_change,
    is_dry_run: bool = False,
) -> Submitted:
    """Check a library against what stands, and publish it unless for trial.

    What stands is not checked again, and makes no release.

    Raises `FaultyLibraryError`, `LowSignificanceError`, `StaleReleaseError`.
    """
    change = Change.of(
        present.bundle, bundle, links=present.links, guides=present.guides
    )
    if not change.items:
        return Submitted(diff_change(change, against=present.number))
    checked = check(change, present.tested)
    diff = diff_change(change, against=present.number)
    signed = replace(signature, significance=_choose(signature.significance, diff))
    published = None
    if not is_dry_run:
        published = publish_change(engine, present, change, checked, signed)
    return Submitted(diff, signed.significance, published, checked.unmet)


def _choose(named: Significance | None, diff: LibraryDiff) -> Significance:
    """Return what a release is. Raises `LowSignificanceError`."""
    chosen = named or diff.significance or Significance.EDITORIAL
    if not is_enough(chosen, suggested=diff.significance):
        raise LowSignificanceError(chosen=chosen, suggested=diff.significance)
    return chosen
