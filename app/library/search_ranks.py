"""Which kinds can be searched, and in which order their items are looked at."""

from collections.abc import Mapping, Sequence
from enum import IntEnum
from types import MappingProxyType
from typing import Literal, get_args

from app.fields import Kind, Urgency


class Tier(IntEnum):
    """Where in an item a line stands: among its names, what it says first, the rest."""

    NAME, HEAD, BODY = 0, 1, 2


SearchedKind = Literal[
    "warning-signs",
    "treatments",
    "failure-causes",
    "findings",
    "measures",
    "topics",
    "guidelines",
    "references",
]
_DIGITS: Mapping[Kind, str] = MappingProxyType(
    {Kind(kind): str(index) for index, kind in enumerate(get_args(SearchedKind))}
)
"""In the order of the kinds: texts sort by it."""

SIGN, FINDING = _DIGITS[Kind.WARNING_SIGNS], _DIGITS[Kind.FINDINGS]
"""What the key of a sign begins with, and that of a finding."""


def is_searched(kind: Kind) -> bool:
    return kind in _DIGITS


def key_of(kind: Kind, slug: str, urgency: Urgency | None = None) -> str:
    """Return the key of an item: signs come first, the most urgent of them."""
    place = list(Urgency).index(urgency) if urgency else 0
    return f"{_DIGITS[kind]}{place}/{slug}"


def possible_keys(kind: Kind, slug: str) -> Sequence[str]:
    """Return the keys that an item may have, however urgent it is."""
    if kind is Kind.WARNING_SIGNS:
        return [key_of(kind, slug, urgency) for urgency in Urgency]
    return [key_of(kind, slug)]


def range_of(kind: Kind) -> tuple[str, str]:
    """Return texts that stand before and after the keys of a kind."""
    return _DIGITS[kind], f"{_DIGITS[kind]}~"


def read_key(key: str) -> tuple[Kind, str]:
    """Return of which kind an item is, and its slug.

    Raises `LookupError` or `ValueError` if it is no key.
    """
    kinds: Sequence[SearchedKind] = get_args(SearchedKind)
    return Kind(kinds[int(key[0])]), key[3:]
