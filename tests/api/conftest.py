from collections.abc import Iterator

import pytest
from alembic.config import Config
from fastapi.testclient import TestClient
from sqlalchemy import Engine

from app.keys import KeyRole
from app.main import create_app
from app.settings import Settings
from tests.api.history import publish_past
from tests.api.keys import Clock, store_key
from tests.api.printing import Printed
from tests.api.publishing import Writer, publish_small
from tests.conftest import PUBLISHED_AT, migrate, open_empty
from tests.factories import make_bundle
from tests.publishing import publish


@pytest.fixture(scope="module")
def small_client(
    tmp_path_factory: pytest.TempPathFactory, alembic_config: Config
) -> Iterator[TestClient]:
    """A client of the application that serves the small library of the factories."""
    engine = open_empty(tmp_path_factory.mktemp("small"))
    migrate(engine, alembic_config)
    publish(engine, make_bundle(), at=PUBLISHED_AT)
    url = engine.url.render_as_string(hide_password=False)
    app = create_app(Settings(database_url=url))
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client
    engine.dispose()
    app.state.engine.dispose()


@pytest.fixture(scope="module")
def past_client(
    tmp_path_factory: pytest.TempPathFactory, alembic_config: Config
) -> Iterator[TestClient]:
    """A client of the application that serves the fifth release of a small library."""
    engine = open_empty(tmp_path_factory.mktemp("past"))
    migrate(engine, alembic_config)
    publish_past(engine)
    url = engine.url.render_as_string(hide_password=False)
    app = create_app(Settings(database_url=url))
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client
    engine.dispose()
    app.state.engine.dispose()


@pytest.fixture
def clock() -> Clock:
    """What time it is for `keyed_client`."""
    return Clock()


@pytest.fixture
def keyed_client(engine: Engine, clock: Clock) -> Iterator[TestClient]:
    """A client of an application whose time stands still, without a release."""
    url = engine.url.render_as_string(hide_password=False)
    app = create_app(Settings(database_url=url), clock=clock)
    yield TestClient(app, raise_server_exceptions=False)
    app.state.engine.dispose()


@pytest.fixture
def printed(
    capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> Printed:
    """Whatever the application prints and logs."""
    return Printed(capfd, caplog)


@pytest.fixture
def writer(engine: Engine, keyed_client: TestClient) -> Writer:
    """Anna, a publisher, of an application that serves the small library."""
    publish_small(engine)
    return Writer(keyed_client, store_key(engine, KeyRole.PUBLISHER, name="Anna"))


@pytest.fixture
def first_writer(engine: Engine, keyed_client: TestClient) -> Writer:
    """Anna before the first release."""
    return Writer(keyed_client, store_key(engine, KeyRole.PUBLISHER, name="Anna"))
