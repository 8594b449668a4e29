"""Reads JSON in which nothing is said twice.

Readers of JSON keep the last one: an emergency that stood first would be lost.
"""

import json


class RepeatedKeyError(ValueError):
    """An object says the same key twice."""

    def __init__(self) -> None:
        super().__init__("An object says the same key twice.")


def read_json(text: str | bytes) -> object:
    """Return what a text says. Raises `ValueError`, `RecursionError`."""
    return json.loads(text, object_pairs_hook=_refuse_repeated)


def _refuse_repeated(pairs: list[tuple[str, object]]) -> dict[str, object]:
    if len({key for key, _ in pairs}) < len(pairs):
        raise RepeatedKeyError
    return dict(pairs)
