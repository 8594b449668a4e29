"""Writes a text without any markup, fit to be read aloud."""

from collections.abc import Iterable, Iterator, Mapping

from app.library.plain_text import list_plain_lines, to_plain
from app.library.sources import ReferenceEntry
from app.render.citations import (
    Numbers,
    describe_source,
    find_address,
    list_numbers,
    number_sources,
)
from app.render.framing import finish
from app.render.rendering import (
    Block,
    Bullets,
    Heading,
    Paragraph,
    Passage,
    Rendering,
    Table,
)


def write_plain(rendering: Rendering, references: Mapping[str, ReferenceEntry]) -> str:
    """Write a text as plain lines: title, body, safety, disclaimer and sources."""
    numbers = number_sources(rendering.body) if rendering.is_numbered else {}
    parts = (
        finish(to_plain(rendering.title)),
        write_plain_body(rendering),
        "\n".join(["Safety:", *map(to_plain, rendering.safety)]),
        to_plain(rendering.disclaimer),
        "\n".join(_list_sources(numbers, references)),
    )
    return "\n\n".join(part for part in parts if part) + "\n"


def write_plain_body(rendering: Rendering) -> str:
    """Write the body alone, which `length` bounds."""
    numbers = number_sources(rendering.body) if rendering.is_numbered else {}
    return "\n\n".join(_write_block(block, numbers) for block in rendering.body)


def _write_block(block: Block, numbers: Numbers) -> str:
    match block:
        case Heading(text):
            plain = to_plain(text)
            return plain if plain[-1:] in "?!." else f"{plain}:"
        case Paragraph(passages):
            return " ".join(_write_passage(one, numbers) for one in passages)
        case Bullets(items):
            return "\n".join(_write_passage(one, numbers) for one in items)
        case Table(header, rows):
            return "\n".join(_write_rows(header, rows, numbers))


def _write_rows(
    header: Iterable[str], rows: Iterable[Iterable[Passage]], numbers: Numbers
) -> Iterator[str]:
    """Yield a line for what each row is, and one for each other cell of it."""
    _, *columns = map(to_plain, header)
    for row in rows:
        first, *others = (_write_passage(cell, numbers) for cell in row)
        yield first
        for column, cell in zip(columns, others, strict=True):
            yield f"{column}: {cell}"


def _write_passage(passage: Passage, numbers: Numbers) -> str:
    plain = "\n".join(line.text for line in list_plain_lines(passage.text))
    named = list_numbers(passage, numbers)
    if not named:
        return plain
    what = "source" if len(named) == 1 else "sources"
    return f"{plain} ({what} {', '.join(map(str, named))})"


def _list_sources(
    numbers: Numbers, references: Mapping[str, ReferenceEntry]
) -> Iterator[str]:
    for slug, number in numbers.items():
        source = to_plain(describe_source(references[slug]))
        address = find_address(references[slug])
        yield " ".join(part for part in (f"Source {number}: {source}", address) if part)
