"""Reads lists in parameters, and refuses what a request says twice, or to nobody.

Nothing is lost in silence.
"""

from collections.abc import Collection

from fastapi import Request
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from pydantic import BaseModel

from app.errors import Fault, InvalidRequestError
from app.library.entry import plain_type
from app.library.nearest import name_choices


def read_list(
    given: str, choices: Collection[str], *, name: str, refusal: str
) -> list[str]:
    """Return the words of a parameter, which commas separate.

    Raises `InvalidRequestError` naming the valid ones.
    """
    wanted = [word.strip() for word in given.split(",")]
    faults = [
        Fault(f"/query/{name}", f"{refusal} {name_choices(word, choices)}")
        for word in wanted
        if word not in choices
    ]
    if faults:
        raise InvalidRequestError(faults)
    return wanted


def refuse_future_release(number: int | None, *, newest: int) -> None:
    """Raise `InvalidRequestError` if `release` names one that is not out yet."""
    if number is not None and number > newest:
        detail = f"There is no such release; the newest is {newest}."
        raise InvalidRequestError([Fault("/query/release", detail)])


# Not in a thread: where all of them wait for the database, this must not.
async def refuse_stray_parameters(request: Request) -> None:
    """Raise `InvalidRequestError` for unknown query parameters and repeated ones."""
    known = _parameter_names(request.scope["route"])
    given = [name for name, _ in request.query_params.multi_items()]
    faults = [
        Fault("/query", f"Unknown parameter. {name_choices(name, known)}")
        for name in dict.fromkeys(given)
        if name not in known
    ]
    faults += [
        Fault(f"/query/{name}", "It is given twice.")
        for name in known
        if given.count(name) > 1
    ]
    if faults:
        raise InvalidRequestError(faults)


def _parameter_names(route: APIRoute) -> list[str]:
    names: list[str] = []
    dependants: list[Dependant] = [route.dependant]
    while dependants:
        dependant = dependants.pop()
        dependants += dependant.dependencies
        for field in dependant.query_params:
            model = plain_type(field.field_info.annotation)
            if isinstance(model, type) and issubclass(model, BaseModel):
                names += model.model_fields
            else:
                names.append(field.alias)
    return names
