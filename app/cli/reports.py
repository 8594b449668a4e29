"""Turns what stands in a command's way into text and an exit code."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import typer
from sqlalchemy.exc import InternalError, OperationalError

from app.cli.exit_codes import ExitCode
from app.cli.stores import MisusedError, RefusedError, UnreachableError
from app.content.places import EntryFault, FaultyLibraryError
from app.errors import (
    ContentError,
    ContentProblem,
    Fault,
    LowSignificanceError,
    StaleReleaseError,
    WhatnextError,
)


@contextmanager
def reporting() -> Iterator[None]:
    """Say on standard error why a command cannot go on, and end it with a code.

    As a decorator it holds for all of a command.
    """
    try:
        yield
    except WhatnextError as error:
        for line in _describe(error):
            typer.echo(line, err=True)
        raise typer.Exit(_code_of(error)) from error
    except (InternalError, OperationalError) as error:
        # Only the words of the driver: a statement may hold what nobody should read.
        [reason, *_] = str(error.orig).splitlines() or [""]
        typer.echo(f"The database does not answer: {reason}", err=True)
        raise typer.Exit(ExitCode.UNREACHABLE) from error


def tell_faults(faults: Iterable[EntryFault]) -> None:
    """Say each mistake with the item that it is in."""
    for one in faults:
        typer.echo(_describe_fault(one), err=True)


def _describe(error: WhatnextError) -> list[str]:
    match error:
        case ContentError():
            lines = [str(problem) for problem in error.problems]
            return [*lines, f"Problems: {len(lines)}."]
        case FaultyLibraryError():
            return [_describe_fault(one) for one in error.faults]
        case StaleReleaseError():
            lines = [f"{one.pointer[1:]}: {one.detail}." for one in error.changed]
            return [*lines, f"{error} Nothing was published."]
        case LowSignificanceError():
            return [f"{error} Nothing was published."]
        case RefusedError():
            return [*map(_describe_place, error.faults), str(error)]
        case _:
            return [str(error)]


def _describe_place(fault: Fault | ContentProblem) -> str:
    if isinstance(fault, ContentProblem):
        return str(fault)
    return f"{fault.pointer}: {fault.detail}" if fault.pointer else fault.detail


def _describe_fault(fault: EntryFault) -> str:
    return f"{fault.kind.value}/{fault.slug}{fault.pointer}: {fault.detail}"


def _code_of(error: WhatnextError) -> ExitCode:
    match error:
        case StaleReleaseError():
            return ExitCode.STALE
        case MisusedError():
            return ExitCode.MISUSED
        case UnreachableError():
            return ExitCode.UNREACHABLE
        case _:
            return ExitCode.PROBLEMS
