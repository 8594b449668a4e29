"""Puts content files into a directory: all of them, or nothing is changed."""

from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from app.content.files import LIBRARY_FILE, list_files
from app.errors import ContentError, ContentProblem


def put_files(directory: Path, files: Mapping[str, str], *, replace: bool) -> list[str]:
    """Make these the content files of a directory, and return the names of those gone.

    A directory that has files is refused, or with `replace` only if it has others than
    content; what begins with a dot stays. Raises `ContentError`.
    """
    try:
        present = _list_present(directory, replace=replace)
        with ExitStack() as undo:
            if not directory.exists():
                directory.mkdir()
                undo.callback(directory.rmdir)
            _swap(directory, present, files)
            undo.pop_all()
    except OSError as error:
        raise _refuse(directory, f"Cannot be written: {error.strerror}.") from error
    return sorted(present - files.keys())


def _list_present(directory: Path, *, replace: bool) -> set[str]:
    if not directory.exists():
        return set()
    present, strangers = list_files(directory)
    if (present or strangers) and not replace:
        raise _refuse(directory, "It is not empty. Use --replace to replace content.")
    strangers += [
        ContentProblem(name, 0, "", "Not a file.")
        for name in present
        if not (directory / name).is_file()
    ]
    if strangers:
        raise ContentError(strangers)
    return set(present)


def _refuse(directory: Path, detail: str) -> ContentError:
    return ContentError([ContentProblem(str(directory), 0, "", detail)])


def _swap(directory: Path, present: Iterable[str], files: Mapping[str, str]) -> None:
    """Write all files beside their places, then put them there.

    `library.yaml` goes first and comes last: without it nobody takes half a library
    for a whole one, whatever happens in between.
    """
    with TemporaryDirectory(
        prefix=".export-", dir=directory, ignore_cleanup_errors=True
    ) as staging:
        fresh, former = Path(staging, "fresh"), Path(staging, "former")
        for name, text in files.items():
            _write(fresh / name, text)
        with ExitStack() as undo:
            for name in _ordered(present):
                _move(directory / name, former / name, undo)
            for name in reversed(_ordered(files)):
                _move(fresh / name, directory / name, undo)
            undo.pop_all()


def _ordered(names: Iterable[str]) -> list[str]:
    return sorted(names, key=lambda name: (name != LIBRARY_FILE, name))


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def _move(source: Path, target: Path, undo: ExitStack) -> None:
    if not target.parent.exists():
        target.parent.mkdir(parents=True)
        undo.callback(target.parent.rmdir)
    source.rename(target)
    undo.callback(target.rename, source)
