"""Which treatments somebody wants to compare: at least two of them, all different."""

from collections.abc import Collection, Iterator, Sequence

from app.errors import Fault, InvalidRequestError
from app.library.nearest import name_choices

COMPARED_MIN, COMPARED_MAX = 2, 6


def check_compared(
    asked: Sequence[str], known: Collection[str], *, pointer: str
) -> None:
    """Refuse what cannot be compared. Raises `InvalidRequestError` with every fault.

    `pointer` is where the slugs stand: in a body each has a place of its own there, in
    a query (`/query/treatments`) it has none, and is told by its number.
    """
    if not COMPARED_MIN <= len(asked) <= COMPARED_MAX:
        wanted = f"{COMPARED_MIN} to {COMPARED_MAX}"
        detail = f"Needs {wanted} treatments to compare, not {len(asked)}."
        raise InvalidRequestError([Fault(pointer, detail)])
    faults = [
        Fault(_place(pointer, index), detail)
        for index, detail in _find_faults(asked, known)
    ]
    if faults:
        raise InvalidRequestError(faults)


def _find_faults(
    asked: Sequence[str], known: Collection[str]
) -> Iterator[tuple[int, str]]:
    for index, slug in enumerate(asked):
        first = asked.index(slug)
        if slug not in known:
            choices = name_choices(slug, known)
            yield index, f"Number {index + 1} is not a treatment. {choices}"
        elif first < index:
            yield index, f"Number {index + 1} is the same as number {first + 1}."


def _place(pointer: str, index: int) -> str:
    is_query = pointer.startswith("/query/")
    return pointer if is_query else f"{pointer}/{index}"
