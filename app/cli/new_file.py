"""Makes a file that is there whole or not at all, and never in another's place."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from app.errors import WhatnextError


class NewFileError(WhatnextError):
    """A file that is not made; the message says which, and why."""


@contextmanager
def making(file: Path) -> Iterator[Path]:
    """Yield an empty file that gets its name, on the disk, when the block is done.

    Nobody else may read it. Whatever is raised, nothing is left. Raises `NewFileError`.
    """
    _refuse_present(file)
    try:
        # Beside its place, or it could not be put there at one stroke.
        with TemporaryDirectory(
            prefix=f".{file.name}.", dir=file.parent, ignore_cleanup_errors=True
        ) as staging:
            draft = Path(staging, file.name)
            draft.touch(mode=0o600)
            yield draft
            _sync(draft)
            _refuse_present(file)
            draft.rename(file)
            _sync(file.parent)
    except OSError as error:
        raise NewFileError(f"{file}: Cannot be written: {error.strerror}.") from error


def _refuse_present(file: Path) -> None:
    # A link that leads nowhere is there, too.
    if os.path.lexists(file):
        raise NewFileError(f"{file}: It is there already, and is left as it is.")


def _sync(path: Path) -> None:
    """Wait until what a file holds, or a directory names, is on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
