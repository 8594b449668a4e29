"""Caches that say nothing of the next edition of a library: it empties them."""

from typing import Protocol, TypeVar


class _Cache(Protocol):
    def cache_clear(self) -> None: ...


CacheT = TypeVar("CacheT", bound=_Cache)
_CACHES: list[_Cache] = []


def of_one_edition(cache: CacheT) -> CacheT:
    """Have a cache emptied by `forget_editions`; decorates what `lru_cache` made.

    What it keeps is known by a guide or a rule, of which the next edition has others.
    """
    _CACHES.append(cache)
    return cache


def forget_editions() -> None:
    """Let go of the guides and rules of earlier editions; who asks has them anew."""
    for cache in _CACHES:
        cache.cache_clear()
