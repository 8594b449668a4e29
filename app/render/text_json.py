"""Writes a text as JSON: the body, and what must be said with it, each by itself."""

from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import TypeAdapter

from app.library.plain_text import to_plain
from app.library.sources import ReferenceEntry
from app.render.citations import describe_source, find_address, number_sources
from app.render.plain_writer import write_plain_body
from app.render.rendering import Rendering


@dataclass(frozen=True, slots=True)
class TextSource:
    """A reference that carries a part of the body; a full body names its number."""

    number: int
    slug: str
    text: str
    address: str | None


@dataclass(frozen=True, slots=True)
class TextAnswer:
    """A text to be said as it stands: plain, with what must be said beside it."""

    title: str
    body: str
    safety: tuple[str, ...]
    disclaimer: str
    sources: tuple[TextSource, ...]


_ADAPTER = TypeAdapter(TextAnswer)


def write_text_json(
    rendering: Rendering, references: Mapping[str, ReferenceEntry]
) -> bytes:
    """Write a text as it goes over the wire."""
    return _ADAPTER.dump_json(describe_text(rendering, references))


def describe_text(
    rendering: Rendering, references: Mapping[str, ReferenceEntry]
) -> TextAnswer:
    """Return the parts of a text; sources are listed whether or not it names them."""
    numbers = number_sources(rendering.body)
    return TextAnswer(
        title=to_plain(rendering.title),
        body=write_plain_body(rendering),
        safety=rendering.safety,
        disclaimer=rendering.disclaimer,
        sources=tuple(
            TextSource(
                number=number,
                slug=slug,
                text=to_plain(describe_source(references[slug])),
                address=find_address(references[slug]),
            )
            for slug, number in numbers.items()
        ),
    )
