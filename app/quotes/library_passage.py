"""One sentence of a library: what a quote is held against."""

from dataclasses import dataclass

from app.fields import Kind

Sources = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LibraryPassage:
    """One sentence of a library: the item and field it stands in, and its sources.

    What a warning sign leaves to the region stands in its text in braces. A field that
    has no sources of its own, such as a question, has none here. What is composed of
    an item stands in none of its fields: the pointer is that of the whole item.
    """

    kind: Kind
    slug: str
    pointer: str
    text: str
    sources: Sources = ()


WHOLE_ITEM = ""
"""The pointer to an item as such."""
