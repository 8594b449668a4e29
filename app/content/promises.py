"""Old cases: what they promised holds, or the difference says what does not."""

from collections.abc import Iterable, Iterator, Mapping

from app.content.cases import check_advice
from app.content.change import Change
from app.content.library_diff import BrokenCase
from app.engine.guide import Guide
from app.engine.recommend import recommend_as_is
from app.errors import Fault
from app.library.cases import CaseEntry
from app.library.entry import Entry
from app.library.vocabulary import check_profile


def list_old_cases(change: Change) -> list[CaseEntry]:
    """Return the cases as they were that are gone, or that promise something else."""
    return [
        before
        for before, after in change.items.values()
        if isinstance(before, CaseEntry) and _promise(before) != _promise(after)
    ]


def find_broken(
    cases: Iterable[CaseEntry], guides: Mapping[str, Guide]
) -> Iterator[BrokenCase]:
    """Yield the old cases that do not hold by these guides."""
    for case in cases:
        faults = list(_find_faults(case, guides))
        if faults:
            yield BrokenCase(
                case=case.slug, name=case.name, topic=case.topic, because=faults
            )


def _promise(case: Entry | None) -> tuple[object, ...]:
    """Return what a case says, but for the words that it says it in."""
    if not isinstance(case, CaseEntry):
        return ()
    return case.topic, case.region, case.profile, case.expect


def _find_faults(case: CaseEntry, guides: Mapping[str, Guide]) -> Iterator[Fault]:
    if case.topic not in guides:
        yield Fault("/topic", f"There is no topic {case.topic}.")
        return
    guide = guides[case.topic]
    gone = list(_find_gone(case, guide))
    yield from gone
    if not gone:
        advice = recommend_as_is(guide, case.profile, region=case.region)
        for fault in check_advice(case, advice):
            yield Fault(fault.pointer, fault.detail)


def _find_gone(case: CaseEntry, guide: Guide) -> Iterator[Fault]:
    """Yield what the case names that is no longer there."""
    if case.region is not None and guide.region(case.region) is None:
        yield Fault("/region", f"There is no region {case.region}.")
    for fault in check_profile(case.profile, guide.vocabulary):
        yield Fault(f"/profile{fault.pointer}", fault.detail)
