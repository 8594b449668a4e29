"""What is done once before several processes serve one database."""

from pathlib import Path

import pytest
import sqlalchemy as sa
from fastapi.testclient import TestClient
from sqlalchemy import Engine
from sqlmodel import col, update

from app.cli.prepare import require_ready
from app.database import write_session
from app.queries.projection import mark_renderer
from app.settings import Settings
from app.tables import Treatment
from tests.api.asking import get_json
from tests.api.publishing import WALKING_PATH
from tests.databases import Databases, making_app, migrate, show_url
from tests.directories import write_file
from tests.shell import YOGA, Place, run, settle

ADVICE = "run `whatnext publish`"
OLDER = "3557b3918f76"
REFUSAL = "The database is not at the newest schema: run `whatnext prepare` first.\n"


def test_prepare_publishes_into_an_empty_database_and_never_again(
    place: Place,
) -> None:
    first = run("prepare")
    place.write(YOGA)
    again = run("prepare")

    assert (first.exit_code, first.stdout) == (0, "Published content as release 1.\n")
    assert again.exit_code == 0
    assert f"Serving release 1. content differs from it: {ADVICE}" in again.stdout
    assert place.release == (1, "The first release.")


def test_prepare_says_nothing_when_the_content_is_the_same(place: Place) -> None:
    place.publish({})
    for _ in range(2):
        said = prepare()
        assert ADVICE not in said
        assert "Published" not in said

    # What was found the same is that content, and that release.
    place.publish(YOGA)
    assert ADVICE in prepare()
    place.write(YOGA)
    assert ADVICE not in prepare()


def test_prepare_makes_anew_what_another_renderer_made(place: Place) -> None:
    place.publish({})
    older = update(Treatment).where(col(Treatment.slug) == "walking")
    with write_session(place.engine) as session:
        session.exec(older.values(document='{"slug":"older"}', hash="sha256:older"))
        mark_renderer(session, "sha256:older")

    prepare()

    with making_app(place.engine) as app:
        assert get_json(TestClient(app), WALKING_PATH)["name"] == "Walking"


def test_prepare_says_when_the_content_has_problems(place: Place) -> None:
    place.publish({})
    write_file(place.content, "screens.yaml", "- slug: x\n")

    assert "content has 2 problems" in prepare()


def prepare() -> str:
    """Return what is said before the service starts."""
    result = run("prepare")
    assert result.exit_code == 0
    return result.output


def test_what_is_prepared_may_be_served(place: Place) -> None:
    run("prepare")

    require_ready(Settings(database_url=show_url(place.engine)))


@pytest.mark.parametrize("revision", [None, OLDER])
def test_without_the_newest_schema_nothing_is_served_and_nothing_is_changed(
    databases: Databases,
    revision: str | None,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with databases.opened_empty() as engine:
        if revision:
            migrate(engine, revision)
        before = sa.inspect(engine).get_table_names()
        settle(tmp_path, engine, monkeypatch)

        # What follows the option would stop it if nothing else did.
        done = run("serve", "--prepared", "--host", "256.0.0.1")

        assert (done.exit_code, done.stderr) == (2, REFUSAL)
        assert sa.inspect(engine).get_table_names() == before


def test_a_newer_schema_is_served_until_the_program_is_newer_too(
    engine: Engine,
) -> None:
    with engine.begin() as connection:
        newer = "UPDATE alembic_version SET version_num = 'ffffffffffff'"
        connection.execute(sa.text(newer))

    require_ready(Settings(database_url=show_url(engine)))
