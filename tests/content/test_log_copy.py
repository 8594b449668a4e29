"""A copy of a database has all that it had, or nothing, wherever it goes."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from app.cli.migrations import find_newest
from app.content.log_copy import NotCopiedError, read_copy, write_copy
from app.content.publish import refresh
from app.database import build_engine, write_session
from app.keys import KeyRole
from app.queries.projection import mark_made, mark_same
from app.queries.releases import Edition, find_edition
from app.queries.snapshots import open_snapshot
from tests.api.keys import store_key
from tests.content.damage import damage, diagnose, publish_past
from tests.content.entangled import Author
from tests.database.same.databases import EnglishDatabases
from tests.databases import Databases, SqliteFiles, migrate
from tests.postgres import PostgresServer
from tests.publishing import PUBLISHED_AT, publish, stored

COPIED_AT = PUBLISHED_AT + timedelta(days=9)


@pytest.fixture
def source(databases: Databases) -> Iterator[Engine]:
    """A database with four releases."""
    with databases.opened(publish_past) as engine:
        yield engine


@pytest.fixture(scope="module")
def others(
    databases: Databases,
    postgres: PostgresServer,
    tmp_path_factory: pytest.TempPathFactory,
) -> Databases:
    """Makes databases of the other kind than those of the test."""
    if isinstance(databases.maker, SqliteFiles):
        return Databases(EnglishDatabases(postgres))
    return Databases(SqliteFiles(tmp_path_factory.mktemp("others")))


@pytest.fixture
def target(others: Databases) -> Iterator[Engine]:
    """A database of the other kind, with tables and no release."""
    with others.opened() as engine:
        yield engine


def copy(source: Engine, target: Engine) -> None:
    write_copy(target, read_copy(source, newest=find_newest()), at=COPIED_AT)


def read_edition(engine: Engine) -> Edition:
    with open_snapshot(engine) as snapshot:
        return find_edition(snapshot)


def test_a_copy_has_every_row(source: Engine, target: Engine) -> None:
    store_key(source, KeyRole.ADMIN, name="Zoë 😀")

    copy(source, target)

    assert stored(target) == stored(source)
    assert diagnose(target).is_healthy


def test_a_copy_of_a_copy_is_the_same(
    source: Engine, target: Engine, databases: Databases
) -> None:
    copy(source, target)

    with databases.opened() as third:
        copy(target, third)

        assert stored(third) == stored(source)


def test_a_copy_was_last_changed_when_what_was_copied_was(
    source: Engine, target: Engine
) -> None:
    with write_session(source) as session:
        mark_made(session, PUBLISHED_AT + timedelta(days=1))

    copy(source, target)

    assert read_edition(target) == read_edition(source)


def test_what_was_damaged_is_made_anew_and_says_when(
    source: Engine, target: Engine
) -> None:
    healthy = stored(source)
    damage(source, "UPDATE treatment SET card = '{}'", "DELETE FROM searchword")

    copy(source, target)

    assert stored(target) == healthy
    assert read_edition(target).changed_at == COPIED_AT


def test_nothing_of_the_source_is_changed(source: Engine, target: Engine) -> None:
    before = stored(source)

    copy(source, target)

    assert stored(source) == before


def test_what_was_found_the_same_is_looked_for_again(
    source: Engine, target: Engine
) -> None:
    with write_session(source) as session:
        mark_same(session, "4:sha256:x")

    copy(source, target)

    assert stored(target)["rendering"] != stored(source)["rendering"]
    assert not refresh(target, at=COPIED_AT)


def test_publishing_goes_on_after_a_copy(source: Engine, target: Engine) -> None:
    copy(source, target)

    published = publish(target, Author(1).open(), at=COPIED_AT)

    assert published.number == 5
    assert diagnose(target).is_healthy


def test_keys_are_copied_before_the_first_release(
    engine: Engine, target: Engine
) -> None:
    store_key(engine, KeyRole.ADMIN, name="Anna")

    copy(engine, target)

    assert stored(target) == stored(engine)


@pytest.mark.parametrize("has_release", [True, False], ids=["a release", "a key"])
def test_nothing_is_copied_into_a_database_that_is_not_empty(
    source: Engine, target: Engine, *, has_release: bool
) -> None:
    if has_release:
        publish(target, Author(1).open(), at=PUBLISHED_AT)
    else:
        store_key(target)
    before = stored(target)

    with pytest.raises(NotCopiedError, match="into is not empty"):
        copy(source, target)

    assert stored(target) == before


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        pytest.param(
            "UPDATE revision SET hash = 'x' WHERE slug = 'yoga' AND release = 2",
            "release 2: Its revisions",
            id="a hash",
        ),
        pytest.param(
            "UPDATE release SET checksum = 'x' WHERE number = 2",
            "release 2: Its revisions",
            id="a checksum",
        ),
        pytest.param(
            "DELETE FROM release WHERE number = 3", "release 3", id="a release"
        ),
        pytest.param(
            "UPDATE revision SET document = '{}' WHERE slug = 'yoga' AND release = 2",
            "treatments/yoga of release 2",
            id="a document",
        ),
        pytest.param(
            "UPDATE alembic_version SET version_num = 'old'",
            "It is at old",
            id="another schema",
        ),
    ],
)
def test_nothing_is_copied_from_a_database_whose_log_has_problems(
    source: Engine, target: Engine, statement: str, said: str
) -> None:
    before = stored(target)
    damage(source, statement)

    with pytest.raises(NotCopiedError, match="has problems") as found:
        copy(source, target)

    assert said in str(found.value)
    assert stored(target) == before


def test_an_empty_database_is_not_copied(engine: Engine, target: Engine) -> None:
    with pytest.raises(NotCopiedError, match="from is empty"):
        copy(engine, target)


def test_a_file_that_is_not_there_is_not_made(tmp_path: Path, target: Engine) -> None:
    with Databases(SqliteFiles(tmp_path)).opened_empty() as nowhere:
        with pytest.raises(NotCopiedError, match="There is no such file"):
            copy(nowhere, target)

        assert not list(tmp_path.iterdir())


def test_a_database_that_does_not_keep_every_sign_is_refused(
    tmp_path: Path, postgres: PostgresServer
) -> None:
    postgres.execute("CREATE DATABASE latin TEMPLATE template0 ENCODING 'LATIN1'")
    target = build_engine(postgres.url("latin"))
    migrate(target)
    with Databases(SqliteFiles(tmp_path)).opened() as source:
        store_key(source, name="Zoë 😀")

        with pytest.raises(NotCopiedError, match="UTF-8"):
            copy(source, target)

    assert not any(stored(target).values())
    target.dispose()
