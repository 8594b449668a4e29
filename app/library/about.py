"""What the library as a whole says about itself."""

from typing import Annotated

from pydantic import Field, StringConstraints

from app.fields import Jurisdiction, Slug
from app.library.entry import Entry, Line, Part, Text, TopicSlug, TreatmentSlug


class CrisisLine(Part):
    """Somebody to talk to in a mental-health crisis."""

    name: Line
    contact: Line


class Region(Part):
    """Where a person is: whom to call, and whose guidelines come first."""

    slug: Slug
    name: Line
    jurisdictions: tuple[Jurisdiction, ...] = ()
    emergency_number: Line
    crisis_lines: tuple[CrisisLine, ...] = ()
    note: Text | None = None


SameWords = Annotated[
    tuple[Annotated[str, StringConstraints(pattern=r"^[^\W_]+$", max_length=40)], ...],
    Field(min_length=2),
]
"""Single words that mean the same where people look for something."""


class LibraryEntry(Entry):
    """Title, language, licence, intended use and the regions; one in a library.

    `wait_and_see` is the treatment that stands for doing nothing, in every comparison.
    `authors` and `funding` say who wrote the texts, and who paid for that.
    Of `same_words` a search takes each for any other of its group.
    """

    title: Line
    language: Line
    licence: Line
    intended_use: Text
    disclaimer: Text
    authors: Text | None = None
    funding: Text | None = None
    default_topic: TopicSlug
    wait_and_see: TreatmentSlug | None = None
    regions: tuple[Region, ...] = Field(default=())
    same_words: tuple[SameWords, ...] = ()


PLACEHOLDERS = ("emergency_number", "crisis_line")
"""What a warning sign's `what_to_do` may leave to the region, in braces."""


def fill_in(text: str, region: Region | None) -> str:
    """Put the region's numbers into a text; without a region, plain words."""
    number = region.emergency_number if region else "your local emergency number"
    lines = region.crisis_lines if region else ()
    talk = " or ".join(f"{line.name} ({line.contact})" for line in lines)
    words = {
        "emergency_number": number,
        "crisis_line": talk or "a crisis line near you",
    }
    for name in PLACEHOLDERS:
        text = text.replace(f"{{{name}}}", words[name])
    return text
