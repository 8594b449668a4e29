from collections.abc import Iterator

import pytest
from alembic.config import Config
from sqlmodel import Session

from app.database import read_session
from app.queries.snapshots import Snapshot
from tests.conftest import PUBLISHED_AT, migrate, open_empty
from tests.factories import make_bundle
from tests.publishing import publish
from tests.queries.library import LIBRARY


@pytest.fixture(scope="module")
def session(
    tmp_path_factory: pytest.TempPathFactory, alembic_config: Config
) -> Iterator[Session]:
    """A session on the published small library."""
    engine = open_empty(tmp_path_factory.mktemp("queries"))
    migrate(engine, alembic_config)
    publish(engine, make_bundle(LIBRARY), at=PUBLISHED_AT)
    with read_session(engine) as session:
        yield session
    engine.dispose()


@pytest.fixture(scope="module")
def snapshot(session: Session) -> Snapshot:
    """A snapshot of the published small library."""
    return Snapshot(session.connection())
