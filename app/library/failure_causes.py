"""A failure cause: why a treatment may not have worked."""

from typing import Annotated

from pydantic import Field

from app.library.entry import Clue, Entry, Line, Part, Sources, Text, TreatmentSlug


class PointsTo(Part):
    """A treatment that makes more sense if this cause is the right one."""

    treatment: TreatmentSlug
    because: Text


class FailureCauseEntry(Entry):
    """One reason why a treatment may have failed, and how to check it."""

    name: Line
    aliases: tuple[Line, ...] = ()
    summary: Text
    text: Text
    clues_for: tuple[Clue, ...] = ()
    clues_against: tuple[Clue, ...] = ()
    how_to_check: Annotated[tuple[Text, ...], Field(min_length=1)]
    points_to: tuple[PointsTo, ...] = ()
    sources: Sources
