"""Whose advice two releases give differently: every case, answered by both."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from app.engine.gist import Gist, summarise
from app.engine.guide import Guide
from app.fields import Likelihood, Standing
from app.library.bundle import Bundle
from app.library.cases import CaseEntry
from app.library.vocabulary import check_profile

GuidedLibrary = tuple[Bundle, Mapping[str, Guide]]
"""A library, and the guides of its topics: what answers cases."""

WordT = TypeVar("WordT")


@dataclass(frozen=True, slots=True)
class Changed(Generic[WordT]):
    """A word before and after; none where a release does not have the item."""

    slug: str
    before: WordT | None
    after: WordT | None


@dataclass(frozen=True, slots=True)
class CaseDiff:
    """One case with the advice that both releases give."""

    case: CaseEntry
    before: Gist
    after: Gist

    @property
    def is_changed(self) -> bool:
        return self.before != self.after

    @property
    def options(self) -> list[Changed[Standing]]:
        """Return the options that stand elsewhere, by slug."""
        return _compare(self.before.options, self.after.options)

    @property
    def causes(self) -> list[Changed[Likelihood]]:
        """Return the causes that are likelier or less likely, by slug."""
        return _compare(self.before.causes, self.after.causes)


@dataclass(frozen=True, slots=True)
class NotCompared:
    """A case that one of the releases cannot answer, and why."""

    case: CaseEntry
    because: str


def diff_advice(
    before: GuidedLibrary, after: GuidedLibrary
) -> Iterator[CaseDiff | NotCompared]:
    """Answer the cases of both releases with both, a case of both as it is after."""
    cases = {**before[0].cases, **after[0].cases}
    for slug in sorted(cases):
        case = cases[slug]
        first, then = _answer(case, before[1]), _answer(case, after[1])
        if isinstance(first, Gist) and isinstance(then, Gist):
            yield CaseDiff(case, first, then)
        else:
            reasons = (
                f"{name}: {found}"
                for name, found in (("before", first), ("after", then))
                if isinstance(found, str)
            )
            yield NotCompared(case, " ".join(reasons))


def _answer(case: CaseEntry, guides: Mapping[str, Guide]) -> Gist | str:
    if case.topic not in guides:
        return f"There is no topic {case.topic}."
    guide = guides[case.topic]
    faults = check_profile(case.profile, guide.vocabulary)
    if faults:
        return f"The profile names what is not there: {faults[0].pointer}."
    return summarise(guide, case.profile)


def _compare(
    before: Mapping[str, WordT], after: Mapping[str, WordT]
) -> list[Changed[WordT]]:
    return [
        Changed(slug, before.get(slug), after.get(slug))
        for slug in sorted(before.keys() | after.keys())
        if before.get(slug) != after.get(slug)
    ]
