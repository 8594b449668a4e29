"""What the library as a whole says about itself."""

from pydantic import Field

from app.fields import Jurisdiction, Slug
from app.library.entry import Entry, Line, Part, Text, TopicSlug


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


class LibraryEntry(Entry):
    """Title, language, licence, intended use and the regions; one in a library."""

    title: Line
    language: Line
    licence: Line
    intended_use: Text
    disclaimer: Text
    default_topic: TopicSlug
    regions: tuple[Region, ...] = Field(default=())


EMERGENCY_NUMBER, CRISIS_LINE = "emergency_number", "crisis_line"
PLACEHOLDERS = (EMERGENCY_NUMBER, CRISIS_LINE)
"""What the texts of a warning sign may leave to the region, in braces."""


def fill_in(text: str, region: Region | None) -> str:
    """Put the region's numbers into a text; without a region, plain words."""
    number = region.emergency_number if region else "your local emergency number"
    lines = region.crisis_lines if region else ()
    talk = " or ".join(f"{line.name} ({line.contact})" for line in lines)
    return text.replace("{emergency_number}", number).replace(
        "{crisis_line}", talk or "a crisis line near you"
    )
