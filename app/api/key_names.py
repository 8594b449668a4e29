"""Names of API keys in open answers: only who shows a good key is told them."""

from typing import Annotated

from fastapi import Depends, Request, Response
from pydantic import BaseModel

from app.api.authentication import find_good_key, read_key
from app.api.dependencies import NowDep, SessionDep
from app.api.reads import respond
from app.errors import UnauthenticatedError
from app.keys import Key
from app.tables import Release

_NAME = {"published_by": True}


async def read_shown_key(request: Request) -> Key | None:
    """Return the key that came with a request, if one did that could be good."""
    try:
        return await read_key(request)
    except UnauthenticatedError:
        return None


def has_good_key(
    session: SessionDep,
    now: NowDep,
    key: Annotated[Key | None, Depends(read_shown_key)],
) -> bool:
    """Say whether a key came that is good; one that is not is as good as none."""
    if key is None:
        return False
    try:
        find_good_key(session, key, at=now)
    except UnauthenticatedError:
        return False
    return True


KeyedDep = Annotated[bool, Depends(has_good_key)]


def respond_by_key(
    request: Request, release: Release, answer: BaseModel, *, is_keyed: bool
) -> Response:
    """Return a read, in which keys are named for who shows one.

    No cache keeps the names, or gives one who shows a key what it keeps for the others.
    """
    if is_keyed:
        response = Response(
            answer.model_dump_json(),
            media_type="application/json",
            headers={
                "Cache-Control": "private, no-store",
                "Library-Release": str(release.number),
            },
        )
    else:
        hidden = _NAME | {"items": {"__all__": _NAME}}
        text = answer.model_dump_json(exclude=hidden)
        response = respond(request, release, text)
    response.headers["Vary"] = "Authorization"
    return response
