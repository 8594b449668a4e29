"""What a command is doing, for who waits for it."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console

from app.content.following import Follow, ignore


@contextmanager
def step(what: str) -> Iterator[Follow]:
    """Show a step while it lasts: on a terminal's standard error, nowhere else.

    What is yielded long work tells how far it has come.
    """
    # Not what Rich takes for a terminal: FORCE_COLOR would write into a pipe.
    if not sys.stderr.isatty():
        yield ignore
        return
    with Console(stderr=True).status(f"{what} …") as shown:

        def follow(part: str, number: int, total: int) -> None:
            shown.update(f"{what}: {part} {number} of {total} …")

        yield follow
