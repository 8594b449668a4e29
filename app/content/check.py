"""The one way into the library from files: everything is checked, cases included."""

from pathlib import Path

from app.content.cases import run_cases
from app.content.checks import check_bundle
from app.content.files import read_directory
from app.errors import ContentError
from app.library.bundle import Bundle


def check_directory(directory: Path) -> Bundle:
    """Return the bundle of a content directory that has passed every check.

    Raises `ContentError` with all problems: first those of single files, then those
    between entries, then the advice that cases do not get.
    """
    bundle, places = read_directory(directory)
    faults = check_bundle(bundle) or run_cases(bundle)
    if faults:
        raise ContentError(places.problems(faults))
    return bundle
