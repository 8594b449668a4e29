"""`whatnext copy` moves a database into another, and says what it copied."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from app.database import read_session
from app.keys import KeyRole
from app.queries.keys import list_keys
from tests.api.keys import store_key
from tests.databases import Databases, show_url
from tests.factories import complete, make_bundle
from tests.publishing import PUBLISHED_AT, publish, stored
from tests.shell import YOGA, Place, run


def fill(engine: Engine) -> None:
    """Make two releases and a key."""
    for own in ({}, YOGA):
        publish(engine, make_bundle(complete(own)), at=PUBLISHED_AT)
    store_key(engine, KeyRole.ADMIN, name="Anna")


@pytest.fixture
def source(databases: Databases) -> Iterator[str]:
    """The URL of a database that was filled."""
    with databases.opened(fill) as engine:
        yield show_url(engine)


def test_all_releases_and_keys_are_copied(place: Place, source: str) -> None:
    result = run("copy", source)

    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == "Copied. Releases: 2, keys: 1.\n"
    assert place.release == (2, "")
    with read_session(place.engine) as session:
        assert [one.name for one in list_keys(session).keys] == ["Anna"]
    assert run("doctor").exit_code == 0


def test_a_second_copy_is_refused(place: Place, source: str) -> None:
    run("copy", source)
    before = stored(place.engine)

    result = run("copy", source)

    assert result.exit_code == 1
    assert result.stderr == (
        "The database to copy into is not empty. Nothing was copied.\n"
    )
    assert stored(place.engine) == before


def test_a_database_is_not_copied_into_itself(place: Place, source: str) -> None:
    result = run("copy", source, env={"DATABASE_URL": source})

    assert result.exit_code == 1
    assert "is not empty" in result.stderr


def test_what_is_wrong_with_the_source_is_said(place: Place) -> None:
    missing = place.directory / "none.db"

    result = run("copy", f"sqlite:///{missing}")

    assert result.exit_code == 1
    assert result.stderr == (
        f"{missing}: There is no such file.\n"
        "The database to copy from has problems: run `whatnext doctor` on it. "
        "Nothing was copied.\n"
    )
    assert not missing.exists()


@pytest.mark.parametrize(
    "url", ["mysql://anna:secret@db/whatnext", "secret", "sqlite"], ids=repr
)
def test_what_is_no_database_is_refused_and_not_repeated(
    place: Place, url: str
) -> None:
    result = run("copy", url)

    assert result.exit_code == 2
    assert "FROM" in result.stderr
    assert "secret" not in result.output


def test_a_server_that_does_not_answer_is_said_without_its_password(
    place: Place,
) -> None:
    result = run("copy", "postgresql://anna:secret@127.0.0.1:1/whatnext")

    assert result.exit_code == 1
    assert "connection" in result.stderr
    assert "secret" not in result.output
