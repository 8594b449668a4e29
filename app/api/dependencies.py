"""What routes ask for: a session, the compiled guides, and what time it is."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Annotated

from fastapi import Depends, Request
from sqlalchemy import Engine
from sqlmodel import Session

from app.api.guides import Guides
from app.database import read_session, write_session

Clock = Callable[[], datetime]


def open_session(request: Request) -> Iterator[Session]:
    engine: Engine = request.app.state.engine
    with read_session(engine) as session:
        yield session


def open_write_session(request: Request) -> Iterator[Session]:
    engine: Engine = request.app.state.engine
    with write_session(engine) as session:
        yield session


def get_guides(request: Request) -> Guides:
    guides: Guides = request.app.state.guides
    return guides


def read_clock() -> datetime:
    return datetime.now(UTC)


def get_now(request: Request) -> datetime:
    clock: Clock = request.app.state.clock
    return clock()


# The function scope closes the session before the response is sent.
SessionDep = Annotated[Session, Depends(open_session, scope="function")]
# It commits, too: what fails to be stored is not answered as if it was.
WriteSessionDep = Annotated[Session, Depends(open_write_session, scope="function")]
NowDep = Annotated[datetime, Depends(get_now)]
GuidesDep = Annotated[Guides, Depends(get_guides)]
