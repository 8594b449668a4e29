"""The one way into the library: everything is checked, cases included."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.content.cases import CasesRun, Tested, run_cases
from app.content.change import Change
from app.content.checks import check_bundle
from app.content.criterion import Subject
from app.content.files import read_files
from app.content.following import Follow, ignore
from app.content.links import Links
from app.content.places import EntryFault, FaultyLibraryError, Places
from app.content.quality import Quality, assess
from app.content.reach import reach
from app.engine.compiler import Guidebook
from app.errors import ContentError
from app.fields import Kind
from app.library.bundle import Bundle, Identity


@dataclass(frozen=True, slots=True)
class Checked:
    """A library whose entries fit each other, and what was found of a part of it.

    The rest is as it was before. `faults` are what its cases leave unmet, `quality` is
    that of the part, `tested` is of all cases.
    """

    bundle: Bundle
    part: Bundle
    tested: Tested
    quality: Quality
    faults: tuple[EntryFault, ...] = ()

    @property
    def unmet(self) -> tuple[EntryFault, ...]:
        """Return what of cases and quality is not met, though it refuses nothing."""
        return (*self.faults, *self.quality.refused())

    @property
    def is_whole(self) -> bool:
        return self.part is self.bundle


def check_directory(directory: Path, follow: Follow = ignore) -> Checked:
    """Return the library of a content directory that has passed every check.

    Raises `ContentError` with all problems of files and between entries; the cases
    are run on a library without any, and its quality is judged when they hold.
    """
    reading = read_files(directory, follow)
    bundle, places = reading.bundle, Places(reading.places)
    faults = check_bundle(bundle, unreadable={*reading.declared, *reading.closed})
    problems = [*reading.problems, *places.problems(faults)]
    if problems:
        raise ContentError(problems)
    try:
        return _require_all(judge_library(bundle, follow))
    except FaultyLibraryError as error:
        raise ContentError(places.problems(error.faults)) from error


def judge_library(bundle: Bundle, follow: Follow = ignore) -> Checked:
    """Run the cases of a library whose entries fit each other, and judge it."""
    guides = Guidebook(bundle, release=0)
    run = run_cases(bundle, guides, follow)
    return _judge(bundle, bundle, run, tested={}, links=Links.of(bundle))


def check_change(change: Change, tested: Tested) -> Checked:
    """Return a library of which all that a change reaches has passed every check.

    The library before had passed them, and `tested` is of its cases. Raises
    `FaultyLibraryError`.
    """
    return _require_all(check_restored(change, tested))


def check_whole(change: Change, _tested: Tested) -> Checked:
    """Return a library of which everything has passed every check.

    Raises `FaultyLibraryError`.
    """
    _refuse(check_bundle(change.after))
    return _require_all(judge_library(change.after))


def check_restored(change: Change, tested: Tested) -> Checked:
    """Return a library that stood once, with what it leaves unmet.

    Raises `FaultyLibraryError` if its entries do not fit each other by today's checks.
    """
    part = reach(change)
    _refuse(check_bundle(change.after, part))
    run = run_cases(part, change.guides[-1])
    return _judge(change.after, part, run, tested=tested, links=change.sides[-1])


def _judge(
    bundle: Bundle, part: Bundle, run: CasesRun, *, tested: Tested, links: Links
) -> Checked:
    kept = {
        slug: rules
        for slug, rules in tested.items()
        if slug in bundle.cases and slug not in run.tested
    }
    now = {**kept, **run.tested}
    by_kept = frozenset[str]().union(*kept.values())
    rules = by_kept.union(*run.tested.values())
    if part is not bundle:
        # A rule that no case reaches any longer may stand far from what has changed.
        before = by_kept.union(*(tested[slug] for slug in tested.keys() - kept.keys()))
        part = bundle.pick({*part.items, *_list_owners(rules ^ before)})
    quality = assess(Subject(bundle, part, links, run.guides, rules))
    return Checked(bundle, part, now, quality, run.faults)


def _list_owners(rules: Iterable[str]) -> Iterator[Identity]:
    """Yield the items that have the rules; those of the engine itself have none."""
    for rule in rules:
        kind, slug, *_ = rule.split("/")
        if kind in list(Kind):
            yield Kind(kind), slug


def _require_all(checked: Checked) -> Checked:
    """Return what has passed every check. Raises `FaultyLibraryError`."""
    _refuse(checked.faults)
    _refuse(checked.quality.refused(is_whole=checked.is_whole))
    return checked


def _refuse(faults: Sequence[EntryFault]) -> None:
    if faults:
        raise FaultyLibraryError(faults)
