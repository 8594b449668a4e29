"""When Python looks for garbage: a large library is made once, and kept."""

import atexit
import gc

_YOUNG, _MIDDLE, _OLD = 50_000, 100, 100
"""So many new objects, and rounds of the younger ones, before a generation's turn.

With Python's own numbers a third of the time of a publish goes into looking through a
library that is still being made.
"""


def collect_rarely() -> None:
    """Have this process look for garbage less often than Python does by itself.

    As it ends it does not look at all: a fifth of the time of a short command went
    into what the system then takes back at once.
    """
    gc.set_threshold(_YOUNG, _MIDDLE, _OLD)
    atexit.register(gc.freeze)


def keep_for_good() -> None:
    """Never look again through what there is now, as it is to last."""
    gc.freeze()
