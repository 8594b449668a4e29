"""Where releases are kept: what commands ask of a database and of a server alike."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from app.content.library_diff import LibraryDiff
from app.content.places import EntryFault
from app.errors import ContentProblem, Fault, NoReleaseError, WhatnextError
from app.fields import Significance
from app.library.bundle import Bundle


class UnknownReleaseError(WhatnextError):
    """A release that is not out."""

    def __init__(self, wanted: int, *, present: int) -> None:
        known = "there is only 1" if present == 1 else f"there are 1 to {present}"
        super().__init__(f"There is no release {wanted}: {known}.")


class MisusedError(WhatnextError):
    """A server cannot be asked in this way; the message says in which."""


class RefusedError(WhatnextError):
    """A server refuses what is asked of it; `faults` are what of it, where it tells."""

    def __init__(
        self, detail: str, faults: Sequence[Fault | ContentProblem] = ()
    ) -> None:
        super().__init__(detail)
        self.faults = tuple(faults)


class UnreachableError(WhatnextError):
    """A server that cannot be reached, or that does not answer as whatnext does."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a publisher says of a release, and whether it is only tried out."""

    note: str = ""
    significance: Significance | None = None
    is_trial: bool = False


@dataclass(frozen=True, slots=True)
class Made:
    """What became of a change, and the number of the release that stands now."""

    release: int
    is_new: bool
    significance: Significance | None
    diff: LibraryDiff
    unmet: tuple[EntryFault, ...] = ()


class Store(Protocol):
    """A place that keeps releases.

    Where it is a server, each method may raise `MisusedError`, `RefusedError` and
    `UnreachableError`; where it is a database, the `OperationalError` of SQLAlchemy.
    """

    def load(self, release: int | None = None) -> tuple[int, Bundle]:
        """Return a release, the present one if none is named, and its number.

        Raises `NoReleaseError`, `UnknownReleaseError`.
        """

    def publish(self, directory: Path, asked: Asked) -> Made:
        """Check a content directory and publish it.

        Raises `ContentError`, `LowSignificanceError`, `StaleReleaseError`.
        """

    def restore(self, release: int, asked: Asked) -> Made:
        """Publish an earlier release anew.

        Raises `NoReleaseError`, `UnknownReleaseError`, `FaultyLibraryError`,
        `LowSignificanceError`, `StaleReleaseError`.
        """


def choose_release(wanted: int | None, *, present: int) -> int:
    """Return the number of a release that is out, the present one if none is named.

    Raises `NoReleaseError`, `UnknownReleaseError`.
    """
    if present == 0:
        raise NoReleaseError
    if wanted is not None and wanted > present:
        raise UnknownReleaseError(wanted, present=present)
    return wanted or present
