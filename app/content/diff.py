"""The difference of two libraries: items, the advice of cases, what cases promised."""

from collections.abc import Container, Iterator
from dataclasses import dataclass, field, replace

from app.content.advice_change import AdviceChange, UncomparedCase, describe_advice
from app.content.advice_diff import CaseDiff, NotCompared, diff_advice
from app.content.change import Change, list_touched
from app.content.item_changes import ItemChanges, compare_items
from app.content.library_diff import BrokenCase, LibraryDiff
from app.content.promises import find_broken, list_old_cases
from app.content.significance import highest, weigh_advice
from app.fields import Kind, Significance
from app.library.bundle import Bundle


@dataclass(frozen=True, slots=True)
class _CaseChanges:
    """What becomes of cases: their advice, and what those that are old promised."""

    advice: list[AdviceChange] = field(default_factory=list)
    uncompared: list[UncomparedCase] = field(default_factory=list)
    broken: list[BrokenCase] = field(default_factory=list)


def diff_libraries(
    before: Bundle | None, after: Bundle, *, against: int | None = None
) -> LibraryDiff:
    """Return what differs between two checked libraries; none before is an empty one.

    `against` is the number of the release before, if there is one.
    """
    return diff_change(Change.of(before, after), against=against)


def diff_change(change: Change, *, against: int | None = None) -> LibraryDiff:
    """Return what a change makes different; cases are asked where it touches advice."""
    items = compare_items(change)
    cases = _compare_cases(change, items)
    weights = list(_weigh(items, cases))
    suggested = highest(significance for _, significance in weights)
    return LibraryDiff(
        against=against if change.before else None,
        significance=suggested,
        because=sorted({place for place, weight in weights if weight is suggested}),
        added=items.added,
        changed=items.changed,
        removed=items.removed,
        advice=cases.advice,
        uncompared=cases.uncompared,
        broken_cases=cases.broken,
    )


def _compare_cases(change: Change, items: ItemChanges) -> _CaseChanges:
    before, after = change.before, change.after
    if before is None:
        return _CaseChanges()
    touched = list_touched(change, items.advising)
    topics = {slug for kind, slug in touched if kind is Kind.TOPICS}
    old_cases = list_old_cases(change)
    guides = change.guides
    found = list(
        diff_advice(
            (_ask_about(topics, before, after), guides[0]),
            (_ask_about(topics, after, after), guides[-1]),
        )
    )
    changed = [one for one in found if isinstance(one, CaseDiff) and one.is_changed]
    return _CaseChanges(
        advice=[describe_advice(one) for one in changed],
        uncompared=[
            UncomparedCase(case=one.case.slug, because=one.because)
            for one in found
            if isinstance(one, NotCompared)
        ],
        broken=list(find_broken(old_cases, guides[-1])),
    )


def _ask_about(topics: Container[str], bundle: Bundle, after: Bundle) -> Bundle:
    """Return a library with those of its cases that are about these topics now."""
    return replace(
        bundle,
        cases={
            slug: case
            for slug, case in bundle.cases.items()
            if after.cases.get(slug, case).topic in topics
        },
    )


def _weigh(
    items: ItemChanges, cases: _CaseChanges
) -> Iterator[tuple[str, Significance]]:
    """Yield every place, item and case that differs, and what it matters."""
    for item in (*items.added, *items.removed):
        yield f"{item.kind.value}/{item.slug}", item.significance
    for changed in items.changed:
        for one in changed.fields:
            yield one.place, one.significance
    for advice in cases.advice:
        yield f"{Kind.CASES.value}/{advice.case}", weigh_advice(advice)
    for broken in cases.broken:
        yield f"{Kind.CASES.value}/{broken.case}", Significance.SAFETY
