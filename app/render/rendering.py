"""A text before it is written: its blocks, and what must be said with them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

DISCLAIMER = "General information. Not a diagnosis. Ask a clinician."
"""The disclaimer in one line, of at most 60 characters; a part of every rendering."""


class Length(StrEnum):
    """How long a body is: at most 140 characters, at most 80 words, or everything."""

    SHORT = "short"
    MEDIUM = "medium"
    FULL = "full"


@dataclass(frozen=True, slots=True)
class Passage:
    """A text in light Markdown, and the slugs of the references that carry it."""

    text: str
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Heading:
    """What the blocks after it are about; level 2 or 3."""

    text: str
    level: int = 2


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Passages that are read on after one another."""

    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Bullets:
    """Passages that stand beside one another."""

    items: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells, each with its own sources; the first cell says what a row is."""

    header: tuple[str, ...]
    rows: tuple[tuple[Passage, ...], ...]


Block = Heading | Paragraph | Bullets | Table


@dataclass(frozen=True, slots=True)
class Rendering:
    """A text that every form is written from; `safety` is the same at every length.

    A full one is `numbered`: every passage names its sources by number.
    """

    title: str
    body: tuple[Block, ...]
    safety: tuple[str, ...]
    is_numbered: bool
    disclaimer: str = DISCLAIMER


def paragraph(text: str, sources: Iterable[str] = ()) -> Paragraph:
    """Return a paragraph of one passage."""
    return Paragraph((Passage(text, tuple(sources)),))


def list_passages(body: Iterable[Block]) -> Iterator[Passage]:
    """Yield the passages of blocks in the order in which they are read."""
    for block in body:
        match block:
            case Paragraph(passages) | Bullets(passages):
                yield from passages
            case Table(_, rows):
                yield from (cell for row in rows for cell in row)
            case Heading():
                continue


def list_under(heading: str, items: Iterable[Passage]) -> Iterator[Block]:
    """Yield a list under its heading, each passage once, or nothing if it is empty."""
    listed = tuple(dict.fromkeys(items))
    if listed:
        yield Heading(heading)
        yield Bullets(listed)
