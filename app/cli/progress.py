"""What a command is doing, for who waits for it."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console


@contextmanager
def step(what: str) -> Iterator[None]:
    """Show a step while it lasts: on a terminal's standard error, nowhere else."""
    # Not what Rich takes for a terminal: FORCE_COLOR would write into a pipe.
    if not sys.stderr.isatty():
        yield
        return
    with Console(stderr=True).status(f"{what} …"):
        yield
