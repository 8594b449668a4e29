from collections.abc import Iterator
from typing import cast

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.mcp.endpoint import add_mcp
from app.mcp.main import create_mcp_app
from app.mcp.origins import Guests
from app.settings import Settings
from tests.api.printing import Printed
from tests.databases import Databases, show_url
from tests.mcp.conversations import Talker, serve_here
from tests.publishing import publish_factories

GUESTS = Guests(["https://chat.example"])


@pytest.fixture(scope="module")
def shipped_app(seeded_client: TestClient) -> FastAPI:
    """The application on the library that we ship, with MCP."""
    app = cast(FastAPI, seeded_client.app)
    add_mcp(app, GUESTS)
    return app


@pytest.fixture(scope="module")
def shipped(shipped_app: FastAPI) -> Talker:
    """Talks with a server on the library that we ship."""
    return Talker(serve_here(shipped_app))


@pytest.fixture(scope="module")
def small_app(databases: Databases) -> Iterator[FastAPI]:
    """The application on the small library of the factories, with MCP."""
    with databases.opened(publish_factories) as engine:
        settings = Settings(
            database_url=show_url(engine),
            hosts=("whatnext.example",),
            mcp_origins=("https://chat.example",),
        )
        app = create_mcp_app(settings)
        yield app
        app.state.engine.dispose()


@pytest.fixture(scope="module")
def small(small_app: FastAPI) -> Talker:
    """Talks with a server on the small library."""
    return Talker(serve_here(small_app))


@pytest.fixture
def printed(
    capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> Printed:
    """Whatever the server prints and logs."""
    return Printed(capfd, caplog)
