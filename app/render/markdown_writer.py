"""Writes a text as Markdown, its sources numbered in brackets."""

from collections.abc import Iterable, Iterator, Mapping

from app.library.plain_text import to_plain
from app.library.sources import ReferenceEntry
from app.render.citations import (
    Numbers,
    describe_source,
    find_address,
    list_numbers,
    number_sources,
)
from app.render.rendering import (
    Block,
    Bullets,
    Heading,
    Paragraph,
    Passage,
    Rendering,
    Table,
)


def write_markdown(
    rendering: Rendering, references: Mapping[str, ReferenceEntry]
) -> str:
    """Write a text as Markdown: title, body, safety, disclaimer and sources."""
    numbers = number_sources(rendering.body) if rendering.is_numbered else {}
    parts = (
        f"# {to_plain(rendering.title)}",
        *(_write_block(block, numbers) for block in rendering.body),
        "## Safety",
        "\n".join(f"- {line}" for line in rendering.safety),
        f"*{rendering.disclaimer}*",
        *_list_sources(numbers, references),
    )
    return "\n\n".join(parts) + "\n"


def _write_block(block: Block, numbers: Numbers) -> str:
    match block:
        case Heading(text, level):
            return f"{'#' * level} {to_plain(text)}"
        case Paragraph(passages):
            return " ".join(_write_passage(one, numbers) for one in passages)
        case Bullets(items):
            return "\n".join(_write_item(one, numbers) for one in items)
        case Table(header, rows):
            return "\n".join(_write_table(header, rows, numbers))


def _write_item(passage: Passage, numbers: Numbers) -> str:
    # What is indented stays a part of the item.
    text = _write_passage(passage, numbers).replace("\n", "\n  ")
    return f"- {text}"


def _write_table(
    header: Iterable[str], rows: Iterable[Iterable[Passage]], numbers: Numbers
) -> Iterator[str]:
    """Yield the lines of a table; a cell is one line without markup of its own."""
    named = [to_plain(one) for one in header]
    yield _write_row(named)
    yield _write_row("---" for _ in named)
    for row in rows:
        cells = (Passage(to_plain(cell.text), cell.sources) for cell in row)
        yield _write_row(_write_passage(cell, numbers) for cell in cells)


def _write_row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _write_passage(passage: Passage, numbers: Numbers) -> str:
    marks = (f"[{number}]" for number in list_numbers(passage, numbers))
    return " ".join((passage.text, *marks))


def _list_sources(
    numbers: Numbers, references: Mapping[str, ReferenceEntry]
) -> Iterator[str]:
    if numbers:
        yield "## Sources"
        yield "\n".join(
            f"{number}. {_describe(references[slug])}"
            for slug, number in numbers.items()
        )


def _describe(reference: ReferenceEntry) -> str:
    address = find_address(reference)
    parts = (describe_source(reference), f"<{address}>" if address else "")
    return " ".join(part for part in parts if part)
