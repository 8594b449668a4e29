"""Long work tells who waits for it how far it has come."""

from collections.abc import Callable, Collection, Iterator
from typing import TypeVar

One = TypeVar("One")

Follow = Callable[[str, int, int], None]
"""Is told what is worked on, the how manieth it is, from 1, and of how many."""


def ignore(what: str, number: int, total: int) -> None:
    """Tell nobody."""


def each(items: Collection[One], what: str, follow: Follow) -> Iterator[One]:
    """Yield the items in order, and tell of each before it is worked on."""
    for number, item in enumerate(items, 1):
        follow(what, number, len(items))
        yield item
