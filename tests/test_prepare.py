"""What is done once before several processes serve one database."""

from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from app.cli.prepare import require_ready
from app.settings import Settings
from tests.databases import Databases, migrate, show_url
from tests.shell import YOGA, Place, run, settle

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
    assert "content differs from it: run `whatnext publish`" in again.stdout
    assert place.release == (1, "The first release.")


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
