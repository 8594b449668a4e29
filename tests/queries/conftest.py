from collections.abc import Iterator

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from app.database import read_session
from app.queries.snapshots import Snapshot
from tests.databases import Databases
from tests.factories import make_bundle
from tests.publishing import PUBLISHED_AT, publish
from tests.queries.library import LIBRARY


@pytest.fixture(scope="module")
def session(databases: Databases) -> Iterator[Session]:
    """A session on the published small library."""
    with databases.opened(publish_library) as engine, read_session(engine) as session:
        yield session


def publish_library(engine: Engine) -> None:
    publish(engine, make_bundle(LIBRARY), at=PUBLISHED_AT)


@pytest.fixture(scope="module")
def snapshot(session: Session) -> Snapshot:
    """A snapshot of the published small library."""
    return Snapshot(session.connection())
