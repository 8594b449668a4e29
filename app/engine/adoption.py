"""Takes over the parts of a guide that are no others in that of another edition.

What a part came to for an answer is kept by the part: so it is known already.
"""

from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import TypeVar

from app.engine.guide import GuideCause, GuideOption, GuideSign, Part
from app.library.bundle import Bundle

PartT = TypeVar("PartT", GuideSign, GuideCause, GuideOption)


def adopt(parts: Iterable[PartT], others: Iterable[PartT]) -> list[PartT]:
    """Return the parts, in place of each the one of the others if that is the same."""
    known = {part.slug: part for part in others}
    return [
        known[part.slug]
        if part.slug in known and _is_same(part, known[part.slug])
        else part
        for part in parts
    ]


def has_same_words(bundle: Bundle, other: Bundle) -> bool:
    """Say whether conditions and findings of two libraries are the same objects."""
    return _is_alike(bundle.conditions, other.conditions) and _is_alike(
        bundle.findings, other.findings
    )


def _is_same(part: Part, other: Part) -> bool:
    names = [field.name for field in fields(part)]
    return all(_is_alike(getattr(part, one), getattr(other, one)) for one in names)


def _is_alike(one: object, other: object) -> bool:
    """Say whether values are the same objects, or made of the same."""
    match one, other:
        case tuple(), tuple():
            return len(one) == len(other) and all(map(_is_alike, one, other))
        case frozenset(), frozenset():
            # Of slugs, or of parts, which equal but themselves.
            return one == other
        case Mapping(), Mapping():
            return one.keys() == other.keys() and all(
                _is_alike(value, other[key]) for key, value in one.items()
            )
        case _:
            return one is other
