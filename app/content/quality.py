"""The quality gate: every criterion on every item of a checked library."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from statistics import fmean

from app.content.criterion import Criterion, Mark, Subject
from app.content.decision_aid_criteria import DECISION_AID_CRITERIA
from app.content.library_criteria import LIBRARY_CRITERIA
from app.content.places import EntryFault
from app.content.writing_criteria import READING_GRADE_AIM, WRITING_CRITERIA
from app.fields import Outcome

CRITERIA: tuple[Criterion, ...] = (
    *WRITING_CRITERIA,
    *LIBRARY_CRITERIA,
    *DECISION_AID_CRITERIA,
)


@dataclass(frozen=True, slots=True)
class Quality:
    """The marks of each criterion, in the order of the criteria and of the items."""

    marks: tuple[tuple[Criterion, Mark], ...]

    def notices(self, *, as_of: date) -> Iterator[tuple[Criterion, Mark]]:
        """Yield what a release may have, and better had not, as of a day."""
        for criterion, one in self.marks:
            is_overdue = one.due_on is not None and one.due_on < as_of
            is_unmet = one.outcome is Outcome.NOT_MET or is_overdue
            if is_unmet and not criterion.refuses:
                yield criterion, one

    @property
    def reading_grade(self) -> float | None:
        """Return the mean US school grade of all graded texts, if there are any."""
        grades = [
            one.value
            for criterion, one in self.marks
            if criterion is READING_GRADE_AIM and one.value is not None
        ]
        return fmean(grades) if grades else None

    def refused(self, *, is_whole: bool = True) -> list[EntryFault]:
        """Return what refuses a release, of a whole library or of a change."""
        return sorted(
            EntryFault(one.kind, one.slug, one.pointer, one.detail)
            for criterion, one in self.marks
            if criterion.refuses and (is_whole or not criterion.of_library)
            if one.outcome is Outcome.NOT_MET
        )


def assess(subject: Subject) -> Quality:
    """Hold a part of a checked library to every criterion."""
    return Quality(
        tuple(
            (criterion, one)
            for criterion in CRITERIA
            for one in sorted(criterion.find(subject))
        )
    )
