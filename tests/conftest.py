"""Real databases: built by the migrations, in a file of the test's own."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import Engine, text

from app.content.check import Checked, check_directory
from app.database import build_engine
from app.engine.compiler import compile_guide
from app.engine.guide import Guide
from app.library.bundle import Bundle
from app.main import create_app
from app.settings import ROOT, Settings
from tests.live import There, Watched, serving_live
from tests.postgres import PostgresServer, serving_postgres
from tests.publishing import publish
from tests.shell import Place, settle

# What a test publishes must be there for its next request.
os.environ["WATCH_SECONDS"] = "0"
SEED_DATA = ROOT / "seed_data"
PUBLISHED_AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
REMADE_AT = PUBLISHED_AT + timedelta(days=1)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs the library that we ship, so that quick runs can leave it out."""
    for item in items:
        if isinstance(item, pytest.Function) and "seed" in item.fixturenames:
            item.add_marker("shipped")


@pytest.fixture(scope="session")
def seed() -> Checked:
    """The library that we ship, checked, and its quality."""
    return check_directory(SEED_DATA)


@pytest.fixture(scope="session")
def seed_bundle(seed: Checked) -> Bundle:
    """The library that we ship, checked."""
    return seed.bundle


@pytest.fixture(scope="session")
def seed_guide(seed_bundle: Bundle) -> Guide:
    """The guide that we ship."""
    return compile_guide(seed_bundle, "facet-joint-injection", release=1)


@pytest.fixture(scope="session")
def alembic_config() -> Config:
    return Config(toml_file=ROOT / "pyproject.toml")


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A PostgreSQL server of this run's own."""
    with serving_postgres() as server:
        yield server


def open_empty(directory: Path) -> Engine:
    """Return an engine on an empty database: SQLite, or TEST_DATABASE_URL."""
    url = os.environ.get("TEST_DATABASE_URL")
    if url is None:
        return build_engine(f"sqlite:///{directory / 'test.db'}")
    engine = build_engine(url)
    with engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    return engine


@pytest.fixture
def empty_engine(tmp_path: Path) -> Iterator[Engine]:
    """A database without tables."""
    engine = open_empty(tmp_path)
    yield engine
    engine.dispose()


@pytest.fixture
def engine(empty_engine: Engine, alembic_config: Config) -> Engine:
    """A database with tables and no release."""
    migrate(empty_engine, alembic_config)
    return empty_engine


def migrate(engine: Engine, config: Config, revision: str = "head") -> None:
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
        del config.attributes["connection"]


@pytest.fixture
def place(
    tmp_path: Path, empty_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> Place:
    """Where commands work: the small library, and a database without tables."""
    return settle(tmp_path, empty_engine, monkeypatch)


@pytest.fixture
def app(engine: Engine) -> Iterator[FastAPI]:
    """The application on a database without a release."""
    url = engine.url.render_as_string(hide_password=False)
    app = create_app(Settings(database_url=url))
    yield app
    app.state.engine.dispose()


@pytest.fixture
def there(place: Place, app: FastAPI) -> Iterator[There]:
    """A live server on the database of the place, before the first release."""
    served = Watched(app)
    with serving_live(served) as port:
        yield There(place, served, f"http://127.0.0.1:{port}")


@pytest.fixture
def client(app: FastAPI) -> TestClient:
    """A client of the application on a database without a release."""
    return TestClient(app, raise_server_exceptions=False)


@pytest.fixture(scope="module")
def seeded_client(
    tmp_path_factory: pytest.TempPathFactory,
    alembic_config: Config,
    seed: Checked,
) -> Iterator[TestClient]:
    """A client of the application that serves the library that we ship."""
    engine = open_empty(tmp_path_factory.mktemp("seeded"))
    migrate(engine, alembic_config)
    note = "The first release."
    publish(engine, seed.bundle, at=PUBLISHED_AT, note=note, checked=seed)
    url = engine.url.render_as_string(hide_password=False)
    app = create_app(Settings(database_url=url))
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client
    engine.dispose()
    app.state.engine.dispose()
