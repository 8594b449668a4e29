"""Counts of clients in the memory of a process, for sliding windows.

The storage that `limits` has for it looks through all that it holds at every request:
many addresses at once would stop the service. Here a window is forgotten as a whole.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from math import floor
from time import monotonic

from limits.aio.storage import SlidingWindowCounterSupport, Storage


@dataclass(slots=True)
class _Windows:
    """The counts of the present window and of the one before it, by client."""

    number: int = 0
    present: dict[str, int] = field(default_factory=dict)
    past: dict[str, int] = field(default_factory=dict)

    def turn_to(self, number: int) -> None:
        if number == self.number:
            return
        self.past = self.present if number == self.number + 1 else {}
        self.present = {}
        self.number = number


class WindowMemory(SlidingWindowCounterSupport, Storage):
    """Holds nothing longer than two windows."""

    STORAGE_SCHEME = None

    def __init__(self) -> None:
        super().__init__()
        self._windows: dict[int, _Windows] = {}

    def __len__(self) -> int:
        """Return how many counts are held."""
        return sum(len(one.present) + len(one.past) for one in self._windows.values())

    async def acquire_sliding_window_entry(
        self, key: str, limit: int, expiry: int, amount: int = 1
    ) -> bool:
        past, left, present, _ = self._look(key, expiry)
        if floor(past * left / expiry + present) + amount > limit:
            return False
        self._windows[expiry].present[key] = present + amount
        return True

    async def get_sliding_window(
        self, key: str, expiry: int
    ) -> tuple[int, float, int, float]:
        return self._look(key, expiry)

    async def clear_sliding_window(self, key: str, expiry: int) -> None:
        windows = self._windows.get(expiry, _Windows())
        windows.present.pop(key, None)
        windows.past.pop(key, None)

    def _look(self, key: str, expiry: int) -> tuple[int, float, int, float]:
        """Return the counts of both windows, and in how many seconds each is over."""
        # A clock that jumps counts for nothing.
        number, passed = divmod(monotonic(), expiry)
        windows = self._windows.setdefault(expiry, _Windows())
        windows.turn_to(int(number))
        left = expiry - passed
        past, present = windows.past.get(key, 0), windows.present.get(key, 0)
        return past, left if past else 0.0, present, left + expiry

    @property
    def base_exceptions(self) -> tuple[type[Exception], ...]:
        return ()

    async def check(self) -> bool:
        return True

    async def reset(self) -> int:
        count = len(self)
        self._windows.clear()
        return count

    async def clear(self, key: str) -> None:
        for expiry in self._windows:
            await self.clear_sliding_window(key, expiry)

    async def get(self, key: str) -> int:
        return sum(windows.present.get(key, 0) for windows in self._all())

    async def get_expiry(self, key: str) -> float:
        raise NotImplementedError("Windows slide: no count has an end of its own.")

    async def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        raise NotImplementedError("Only sliding windows are counted here.")

    def _all(self) -> Iterator[_Windows]:
        yield from self._windows.values()
