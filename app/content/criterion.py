"""What a criterion of the quality gate is, and the marks that it gives."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from app.content.links import Links
from app.content.names import list_names
from app.content.reading_grade import ReadingGrades
from app.content.texts import texts_of
from app.engine.guide import Guide
from app.fields import Kind, Outcome
from app.library.bundle import Bundle
from app.library.entry import Entry


@dataclass(frozen=True)
class Subject:
    """What is judged: a part of a checked library, whose rules were tested by cases.

    There are guides of the topics of the part; `tested` are the ids of all rules that
    any case of the library reaches.
    """

    bundle: Bundle
    part: Bundle
    links: Links
    guides: Mapping[str, Guide]
    tested: frozenset[str]

    @cached_property
    def texts(self) -> Sequence[tuple[Kind, Entry, Sequence[tuple[str, str]]]]:
        """Return every text of each entry of the part, with the pointer to it."""
        return [(kind, entry, list(texts_of(entry))) for kind, entry in self.part]

    @cached_property
    def grades(self) -> Sequence[tuple[Kind, str, str, float]]:
        """Return the place of every text that has a reading grade, and the grade."""
        treatments, references = self.bundle.treatments, self.bundle.references
        entries = (*treatments.values(), *references.values())
        grades = ReadingGrades(name for one in entries for name in list_names(one))
        return [
            (kind, entry.slug, pointer, grade)
            for kind, entry, texts in self.texts
            for pointer, text in texts
            if (grade := grades.grade(text)) is not None
        ]


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """Whether one place of an item keeps to a criterion.

    `value` is the number that was judged, where there is one. From the day after
    `due_on` on, what was met is not.
    """

    kind: Kind
    slug: str
    pointer: str
    outcome: Outcome
    detail: str
    value: float | None = None
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class Criterion:
    """What items are held to; what does not keep to it refuses a release or not.

    One that is `of_library` refuses a library that is given as a whole, not a change
    of some entries: another change may be on its way to keep to it.
    """

    slug: str
    statement: str
    refuses: bool
    find: Callable[[Subject], Iterator[Mark]]
    of_library: bool = False


def mark(
    kind: Kind, slug: str, *, is_met: bool, detail: str = "", pointer: str = ""
) -> Mark:
    """Return a mark that is met, or not met with the reason why."""
    outcome = Outcome.MET if is_met else Outcome.NOT_MET
    return Mark(kind, slug, pointer, outcome, "" if is_met else detail)
