"""Walks the texts of an entry: every string with the pointer to it."""

from collections.abc import Iterator

from pydantic import JsonValue

from app.errors import to_pointer
from app.library.entry import Entry


def texts_of(entry: Entry) -> Iterator[tuple[str, str]]:
    """Yield (pointer, text) of every string in an entry, slugs and words included."""
    yield from _texts(entry.model_dump(mode="json"), "")


def _texts(data: JsonValue, pointer: str) -> Iterator[tuple[str, str]]:
    if isinstance(data, str):
        yield pointer, data
    elif isinstance(data, list):
        for index, one in enumerate(data):
            yield from _texts(one, f"{pointer}/{index}")
    elif isinstance(data, dict):
        for key, one in data.items():
            # Numbers and truth values are many, and no texts.
            if one and isinstance(one, (str, list, dict)):
                yield from _texts(one, pointer + to_pointer((key,)))
