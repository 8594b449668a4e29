"""Changes documents in one place, and says where the change must be found."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from app.content.field_changes import CONDITIONS, NAMES, Edit
from app.errors import Step, to_pointer

Steps = tuple[Step, ...]
GONE = object()
"""The value of a place that is left out."""


def put(document: Any, pointer: str, value: Any) -> None:
    """Put a value in its place, `-` for the end of a list, or leave it out."""
    *steps, last = pointer.split("/")[1:]
    inner = document
    for step in steps:
        inner = inner[int(step) if isinstance(inner, list) else step]
    if isinstance(inner, list):
        index = len(inner) if last == "-" else int(last)
        inner[index : index + 1] = [] if value is GONE else [value]
    elif value is GONE:
        del inner[last]
    else:
        inner[last] = value


def look_up(document: Any, pointer: str) -> Any:
    """Return what a pointer leads to."""
    inner = document
    for step in pointer.split("/")[1:]:
        plain = step.replace("~1", "/").replace("~0", "~")
        inner = inner[int(step) if isinstance(inner, list) else plain]
    return inner


def leaves(data: Any, *steps: Step) -> Iterator[Steps]:
    """Yield the steps to every text, number and truth value of a document."""
    inner = data.items() if isinstance(data, dict) else enumerate(data)
    for step, one in inner:
        if isinstance(one, (dict, list)):
            yield from leaves(one, *steps, step)
        else:
            yield (*steps, step)


def alter(document: Any, steps: Steps) -> Any:
    """Return the document with another leaf of the same type."""
    altered = deepcopy(document)
    inner = altered
    for step in steps[:-1]:
        inner = inner[step]
    leaf = inner[steps[-1]]
    match leaf:
        case bool():
            inner[steps[-1]] = not leaf
        case str():
            inner[steps[-1]] = f"{leaf}-anew"
        case _:
            inner[steps[-1]] = leaf + 1
    return altered


def where(document: Any, steps: Steps) -> list[tuple[str, Edit]]:
    """Return where the alteration of a leaf must be found, and as what.

    Another name is another thing, and so is another list among lists: one is gone,
    the other new.
    """
    inner = outer = document
    for index, step in enumerate(steps):
        if step in CONDITIONS:
            return [(to_pointer(steps[: index + 1]), Edit.CHANGED)]
        inner, outer = inner[step], inner
    anew = [Edit.REMOVED, Edit.ADDED]
    if isinstance(outer, list):
        is_inner = len(steps) > 1 and isinstance(steps[-2], int)
        place = to_pointer(steps[:-1] if is_inner else steps)
        return [(place, edit) for edit in anew]
    is_member = len(steps) > 1 and isinstance(steps[-2], int)
    if is_member and steps[-1] == next(name for name in NAMES if name in outer):
        return [(to_pointer(steps[:-1]), edit) for edit in anew]
    return [(to_pointer(steps), Edit.CHANGED)]
