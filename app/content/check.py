"""The one way into the library from files: everything is checked, cases included."""

from pathlib import Path

from app.content.cases import run_cases
from app.content.checks import check_bundle
from app.content.files import read_files
from app.content.places import Places
from app.errors import ContentError
from app.library.bundle import Bundle


def check_directory(directory: Path) -> Bundle:
    """Return the bundle of a content directory that has passed every check.

    Raises `ContentError` with all problems of files and between entries; the cases
    are run on a library without any.
    """
    reading = read_files(directory)
    bundle, places = reading.bundle, Places(reading.places)
    faults = check_bundle(bundle, unreadable={*reading.declared, *reading.closed})
    problems = [*reading.problems, *places.problems(faults)]
    if not problems:
        problems = places.problems(run_cases(bundle))
    if problems:
        raise ContentError(problems)
    return bundle
