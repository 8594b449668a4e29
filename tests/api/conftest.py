from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine

from app.keys import KeyRole
from tests.api.history import publish_past
from tests.api.keys import Clock, store_key
from tests.api.printing import Printed
from tests.api.publishing import Writer, publish_small
from tests.databases import Databases, Fill, making_app
from tests.publishing import publish_factories


@pytest.fixture(scope="module")
def small_client(databases: Databases) -> Iterator[TestClient]:
    """A client of the application that serves the small library of the factories."""
    with (
        databases.opened(publish_factories) as engine,
        making_app(engine) as app,
        TestClient(app, raise_server_exceptions=False) as client,
    ):
        yield client


@pytest.fixture(scope="module")
def past_client(databases: Databases) -> Iterator[TestClient]:
    """A client of the application that serves the fifth release of a small library."""
    with (
        databases.opened(publish_past) as engine,
        making_app(engine) as app,
        TestClient(app, raise_server_exceptions=False) as client,
    ):
        yield client


@pytest.fixture
def fill(fill: Fill | None, request: pytest.FixtureRequest) -> Fill | None:
    """What the module says, or the small library of a writer."""
    return fill or (publish_small if "writer" in request.fixturenames else None)


@pytest.fixture
def clock() -> Clock:
    """What time it is for `keyed_client`."""
    return Clock()


@pytest.fixture
def keyed_client(engine: Engine, clock: Clock) -> Iterator[TestClient]:
    """A client of an application whose time stands still."""
    with (
        making_app(engine, clock=clock) as app,
        TestClient(app, raise_server_exceptions=False) as client,
    ):
        yield client


@pytest.fixture
def printed(
    capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> Printed:
    """Whatever the application prints and logs."""
    return Printed(capfd, caplog)


@pytest.fixture
def writer(engine: Engine, keyed_client: TestClient) -> Writer:
    """Anna, a publisher, of an application that serves the small library."""
    return Writer(keyed_client, store_key(engine, KeyRole.PUBLISHER, name="Anna"))


@pytest.fixture
def first_writer(engine: Engine, keyed_client: TestClient) -> Writer:
    """Anna before the first release."""
    return Writer(keyed_client, store_key(engine, KeyRole.PUBLISHER, name="Anna"))
