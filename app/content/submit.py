"""The way of every write: checked, compared with what stands, published whole."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine

from app.content.check import Checked, check_library
from app.content.diff import diff_libraries
from app.content.library_diff import LibraryDiff
from app.content.log import read_bundle, write_document
from app.content.places import EntryFault
from app.content.publish import Published, publish
from app.content.significance import is_enough
from app.database import read_session
from app.errors import LowSignificanceError
from app.fields import Significance
from app.library.bundle import Bundle
from app.queries.releases import find_release, load_documents

Check = Callable[[Bundle], Checked]


@dataclass(frozen=True, slots=True)
class Present:
    """The release that a change is made against: 0 and no library before the first."""

    number: int
    bundle: Bundle | None

    def is_same(self, bundle: Bundle) -> bool:
        """Say whether the log would tell no difference."""
        return self.bundle is not None and _write(self.bundle) == _write(bundle)


@dataclass(frozen=True, slots=True)
class Signature:
    """When, by whom and why; the significance is the suggested one if none is named."""

    at: datetime
    by: str | None = None
    note: str = ""
    significance: Significance | None = None


@dataclass(frozen=True, slots=True)
class Submitted:
    """What a change does, and what was published unless it was only tried out."""

    diff: LibraryDiff
    significance: Significance | None = None
    published: Published | None = None
    unmet: tuple[EntryFault, ...] = ()


def read_present(engine: Engine) -> Present:
    """Return the present release with its library."""
    with read_session(engine) as session:
        release = find_release(session)
        if release is None:
            return Present(0, None)
        documents = load_documents(session, release=release.number)
    return Present(release.number, read_bundle(documents))


def submit(
    engine: Engine,
    present: Present,
    bundle: Bundle,
    signature: Signature,
    *,
    check: Check = check_library,
    is_dry_run: bool = False,
) -> Submitted:
    """Check a library against what stands, and publish it unless for trial.

    The library that stands is not checked again, and makes no release.

    Raises `FaultyLibraryError`, `LowSignificanceError`, `StaleReleaseError`.
    """
    if present.is_same(bundle):
        return Submitted(_compare(present, bundle))
    checked = check(bundle)
    diff = _compare(present, bundle)
    chosen = _choose(signature.significance, diff)
    published = None
    if not is_dry_run:
        published = publish(
            engine,
            bundle,
            at=signature.at,
            by=signature.by,
            note=signature.note,
            significance=chosen,
            quality=checked.quality,
            against=present.number,
        )
    return Submitted(diff, chosen, published, checked.unmet)


def _compare(present: Present, bundle: Bundle) -> LibraryDiff:
    return diff_libraries(present.bundle, bundle, against=present.number)


def _choose(named: Significance | None, diff: LibraryDiff) -> Significance:
    """Return what a release is. Raises `LowSignificanceError`."""
    chosen = named or diff.significance or Significance.EDITORIAL
    if not is_enough(chosen, suggested=diff.significance):
        raise LowSignificanceError(chosen=chosen, suggested=diff.significance)
    return chosen


def _write(bundle: Bundle) -> dict[tuple[str, str], str]:
    return {(kind, entry.slug): write_document(entry) for kind, entry in bundle}
