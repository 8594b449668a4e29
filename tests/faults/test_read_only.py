"""A database that nothing can be written to is served, and says so to writers."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine, text

from app.database import build_engine
from app.keys import Key, KeyRole
from tests.api.asking import RECOMMENDATIONS
from tests.api.keys import store_key
from tests.api.publishing import WALKING_PATH, Writer, publish_small
from tests.databases import Databases, making_app, show_url
from tests.directories import write_directory
from tests.factories import COMPLETE, make_treatment
from tests.faults.asked import KEPT, NOT_KEPT, READ_ONLY, read_refusal
from tests.shell import run


@contextmanager
def opened_read_only(engine: Engine) -> Iterator[Engine]:
    """Open the same database so that it refuses to be written to."""
    url = show_url(engine)
    if engine.dialect.name == "sqlite":
        url = f"sqlite:///file:{engine.url.database}?mode=ro&uri=true"
    else:
        with engine.begin() as connection:
            name = engine.url.database
            # Whoever connects from now on cannot write: as on a replica.
            setting = "default_transaction_read_only TO on"
            connection.execute(text(f"ALTER DATABASE {name} SET {setting}"))
    engine.dispose()
    locked = build_engine(url)
    yield locked
    locked.dispose()


@pytest.fixture
def key_and_engine(databases: Databases) -> Iterator[tuple[Key, Engine]]:
    """A publisher's key, and a read-only database that holds it and a release."""
    with databases.opened(publish_small) as engine:
        key = store_key(engine, KeyRole.PUBLISHER)
        with opened_read_only(engine) as locked:
            yield key, locked


def test_reads_are_answered_and_writes_are_told_why_not(
    key_and_engine: tuple[Key, Engine],
) -> None:
    key, engine = key_and_engine
    with making_app(engine) as app:
        client = TestClient(app, raise_server_exceptions=False)

        write = Writer(client, key).put(WALKING_PATH, make_treatment(summary="New."))

        assert read_refusal(write) == READ_ONLY
        reads = [client.get(path) for path in ("/readyz", KEPT, *NOT_KEPT)]
        reads.append(client.post(RECOMMENDATIONS, json={}))
        assert {one.status_code for one in reads} == {200}


@pytest.mark.parametrize("command", ["prepare", "migrate"])
def test_what_is_ready_to_be_served_is_left_as_it_is(
    key_and_engine: tuple[Key, Engine], tmp_path: Path, command: str
) -> None:
    _, engine = key_and_engine
    settings = {"DATABASE_URL": show_url(engine), "SEED_DATA": str(tmp_path / "small")}
    write_directory(tmp_path / "small", COMPLETE)

    result = run(command, env=settings)

    assert (result.exit_code, result.output) == (0, "")


def test_a_command_that_must_write_says_that_it_cannot(
    key_and_engine: tuple[Key, Engine],
) -> None:
    _, engine = key_and_engine
    settings = {"DATABASE_URL": show_url(engine)}

    result = run("keys", "create", "--name", "A", "--role", "admin", env=settings)

    assert result.exit_code == 4
    assert "The database does not answer: " in result.output
    assert "read" in result.output
    assert "INSERT INTO" not in result.output
