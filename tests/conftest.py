"""Real databases: built by the migrations, in a file of the test's own."""

import os
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from alembic.config import Config
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import Engine

from app.content.check import Checked, check_directory
from app.engine.compiler import compile_guide
from app.engine.guide import Guide
from app.library.bundle import Bundle
from app.settings import ROOT
from tests.databases import (
    Databases,
    Fill,
    PostgresDatabases,
    SqliteFiles,
    making_app,
)
from tests.live import There, Watched, serving_live
from tests.postgres import PostgresServer, serving_postgres
from tests.publishing import PUBLISHED_AT, publish
from tests.shell import Place, settle

# What a test publishes must be there for its next request.
os.environ["WATCH_SECONDS"] = "0"
# Tests ask often, and by any name; those of limits and hosts say what they want.
os.environ["RATE_LIMIT"] = "off"
os.environ["HOSTS"] = "*"
BOTH = os.environ.get("TEST_DATABASES", "sqlite postgresql").split()
"""The databases that tests run on; to leave one out is quick, and not enough."""

SEED_DATA = ROOT / "seed_data"
REMADE_AT = PUBLISHED_AT + timedelta(days=1)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Try what needs a database on SQLite and on PostgreSQL.

    A module whose `DATABASES` names one is long, and cannot hang on the database.
    """
    if "databases" in metafunc.fixturenames:
        wanted = getattr(metafunc.module, "DATABASES", BOTH)
        kinds = [kind for kind in wanted if kind in BOTH] or BOTH[:1]
        metafunc.parametrize("databases", kinds, indirect=True, scope="session")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Have more processes than cores: tests wait, for servers and for databases."""
    cores = os.cpu_count() or 1
    return cores + (cores + 1) // 2


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


@pytest.fixture(scope="session")
def made() -> dict[str, Databases]:
    """What makes databases, by kind: it outlives the turns that kinds have."""
    return {}


@pytest.fixture(scope="session")
def databases(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    made: dict[str, Databases],
) -> Databases:
    """Makes databases: whoever needs one, is tried on SQLite and on PostgreSQL."""
    kind: str = request.param
    if kind not in made:
        maker = (
            SqliteFiles(tmp_path_factory.mktemp("databases"))
            if kind == "sqlite"
            else PostgresDatabases(request.getfixturevalue("postgres"))
        )
        made[kind] = Databases(maker, BOTH.index(kind), len(BOTH))
    return made[kind]


@pytest.fixture
def empty_engine(databases: Databases) -> Iterator[Engine]:
    """A database without tables."""
    with databases.opened_empty() as engine:
        yield engine


@pytest.fixture
def fill(request: pytest.FixtureRequest) -> Fill | None:
    """What fills the database of a test before it begins.

    A module's `FILLED` says it, by the fixtures whose tests need it: nothing else.
    """
    filled: dict[str, Fill] = getattr(request.module, "FILLED", {})
    return next((filled[one] for one in filled if one in request.fixturenames), None)


@pytest.fixture
def engine(databases: Databases, fill: Fill | None) -> Iterator[Engine]:
    """A database with tables, and no release unless the module's `FILLED` has one."""
    with databases.opened(fill) as engine:
        yield engine


@pytest.fixture(scope="session")
def shipping(seed: Checked) -> Fill:
    """Publishes the library that we ship as the first release."""
    note = "The first release."
    return partial(
        publish, bundle=seed.bundle, at=PUBLISHED_AT, note=note, checked=seed
    )


@pytest.fixture
def place(tmp_path: Path, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Place:
    """Where commands work: the small library, and a database without a release."""
    return settle(tmp_path, engine, monkeypatch)


@pytest.fixture
def bare_place(
    tmp_path: Path, empty_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> Place:
    """Where commands work: the small library, and a database without tables."""
    return settle(tmp_path, empty_engine, monkeypatch)


@pytest.fixture
def app(engine: Engine) -> Iterator[FastAPI]:
    """The application on the database of the test."""
    with making_app(engine) as app:
        yield app


@pytest.fixture
def there(place: Place) -> Iterator[There]:
    """A live server on the database of the place, before the first release."""
    # It is of the same process: it must not log into what commands say.
    with making_app(place.engine, log_level="CRITICAL") as app:
        served = Watched(app)
        with serving_live(served) as port:
            yield There(place, served, f"http://127.0.0.1:{port}")


@pytest.fixture
def client(app: FastAPI) -> Iterator[TestClient]:
    """A client of the application on the database of the test."""
    # Entered, it has one thread for all that it asks, and takes half as long.
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


@pytest.fixture(scope="module")
def seeded_client(databases: Databases, shipping: Fill) -> Iterator[TestClient]:
    """A client of the application that serves the library that we ship."""
    with (
        databases.opened(shipping) as engine,
        making_app(engine) as app,
        TestClient(app, raise_server_exceptions=False) as client,
    ):
        yield client
