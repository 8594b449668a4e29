"""Where several processes of a service count together, so that any can tell it all."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

SHARED_DIRECTORY = "PROMETHEUS_MULTIPROC_DIR"
"""The variable that names the directory: Prometheus' library reads it as it loads."""


@contextmanager
def counting_together(processes: int) -> Iterator[None]:
    """Give the processes that start meanwhile a directory; one alone needs none.

    A directory that the environment names already stays, with what is in it.
    """
    if processes == 1 or SHARED_DIRECTORY in os.environ:
        yield
        return
    with TemporaryDirectory(prefix="whatnext-metrics-") as directory:
        os.environ[SHARED_DIRECTORY] = directory
        try:
            yield
        finally:
            del os.environ[SHARED_DIRECTORY]


def list_counting(directory: str | None) -> list[int]:
    """Return the ids of the processes that count into a directory; else of this one."""
    if directory is None:
        return [os.getpid()]
    # The library names its files so; those of the dead stay, as counts only grow.
    paths = Path(directory).glob("counter_*.db")
    return sorted(int(path.stem.removeprefix("counter_")) for path in paths)


def list_begun(directory: str) -> list[str]:
    """Return the files of counts that have something in them.

    For a moment a process that starts has one without: the library fails to read it.
    """
    return [str(path) for path in Path(directory).glob("*.db") if path.stat().st_size]
