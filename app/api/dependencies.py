"""What routes ask for: a session on one snapshot, and the compiled guides."""

from collections.abc import Iterator
from typing import Annotated

from fastapi import Depends, Request
from sqlalchemy import Engine
from sqlmodel import Session

from app.api.guides import Guides
from app.database import read_session


def open_session(request: Request) -> Iterator[Session]:
    engine: Engine = request.app.state.engine
    with read_session(engine) as session:
        yield session


def get_guides(request: Request) -> Guides:
    guides: Guides = request.app.state.guides
    return guides


# The function scope closes the session before the response is sent.
SessionDep = Annotated[Session, Depends(open_session, scope="function")]
GuidesDep = Annotated[Guides, Depends(get_guides)]
