"""The one way into the library: everything is checked, cases included."""

from dataclasses import dataclass
from pathlib import Path

from app.content.cases import run_cases
from app.content.checks import check_bundle
from app.content.files import read_files
from app.content.places import EntryFault, FaultyLibraryError, Places
from app.content.quality import Quality, assess
from app.errors import ContentError
from app.library.bundle import Bundle


@dataclass(frozen=True, slots=True)
class Checked:
    """A library that has passed every check, and what was found of its quality.

    `unmet` is what a restored one need not meet of its cases and of the quality gate.
    """

    bundle: Bundle
    quality: Quality
    unmet: tuple[EntryFault, ...] = ()


def check_directory(directory: Path) -> Checked:
    """Return the library of a content directory that has passed every check.

    Raises `ContentError` with all problems of files and between entries; the cases
    are run on a library without any, and its quality is judged when they hold.
    """
    reading = read_files(directory)
    bundle, places = reading.bundle, Places(reading.places)
    faults = check_bundle(bundle, unreadable={*reading.declared, *reading.closed})
    problems = [*reading.problems, *places.problems(faults)]
    if problems:
        raise ContentError(problems)
    try:
        return _judge(bundle)
    except FaultyLibraryError as error:
        raise ContentError(places.problems(error.faults)) from error


def check_library(bundle: Bundle) -> Checked:
    """Return a library that has passed every check. Raises `FaultyLibraryError`."""
    _check_integrity(bundle)
    return _judge(bundle)


def check_restored(bundle: Bundle) -> Checked:
    """Return a library that stood once, with what it leaves unmet.

    Raises `FaultyLibraryError` if its entries do not fit each other by today's checks.
    """
    _check_integrity(bundle)
    run = run_cases(bundle)
    quality = assess(bundle, run)
    return Checked(bundle, quality, (*run.faults, *quality.refused))


def _check_integrity(bundle: Bundle) -> None:
    if faults := check_bundle(bundle):
        raise FaultyLibraryError(faults)


def _judge(bundle: Bundle) -> Checked:
    run = run_cases(bundle)
    if run.faults:
        raise FaultyLibraryError(run.faults)
    quality = assess(bundle, run)
    if quality.refused:
        raise FaultyLibraryError(quality.refused)
    return Checked(bundle, quality)
