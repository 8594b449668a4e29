"""The one way into the library from files: everything is checked, cases included."""

from dataclasses import dataclass
from pathlib import Path

from app.content.cases import run_cases
from app.content.checks import check_bundle
from app.content.files import read_files
from app.content.places import Places
from app.content.quality import Quality, assess
from app.errors import ContentError
from app.library.bundle import Bundle


@dataclass(frozen=True, slots=True)
class Checked:
    """A library that has passed every check, and what was found of its quality."""

    bundle: Bundle
    quality: Quality


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
    run = run_cases(bundle)
    if run.faults:
        raise ContentError(places.problems(run.faults))
    quality = assess(bundle, run)
    if quality.refused:
        raise ContentError(places.problems(quality.refused))
    return Checked(bundle, quality)
