"""Refuses what a request says twice, or to nobody: nothing is lost in silence."""

import json

from fastapi import Request
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from pydantic import BaseModel

from app.errors import Fault, InvalidRequestError
from app.library.entry import plain_type
from app.library.nearest import name_choices


def refuse_stray_parameters(request: Request) -> None:
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


async def refuse_repeated_keys(request: Request) -> None:
    """Raise `InvalidRequestError` if an object of the body says a key twice.

    JSON readers keep the last one: an emergency that stood first would be lost.
    """
    try:
        json.loads(await request.body(), object_pairs_hook=_refuse_repeated)
    except InvalidRequestError:
        raise
    except (ValueError, RecursionError):
        # The reader of the body says what is wrong with it.
        return


def _refuse_repeated(pairs: list[tuple[str, object]]) -> dict[str, object]:
    if len({key for key, _ in pairs}) < len(pairs):
        detail = "An object of the body says the same key twice."
        raise InvalidRequestError([Fault("", detail)])
    return dict(pairs)
