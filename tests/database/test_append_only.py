"""The database itself refuses to change or remove what is in the log."""

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError
from sqlmodel import SQLModel

from app.fields import Kind
from tests.databases import migrate
from tests.factories import make_bundle, make_treatment
from tests.publishing import PUBLISHED_AT, publish

BEFORE_THE_TRIGGERS = "3557b3918f76"
COPY_OF_RELEASE = "INTO release SELECT * FROM release WHERE number = 1"
COPY_OF_REVISIONS = "INTO revision SELECT * FROM revision WHERE release = 1"
KEY = "kind, slug, release"
REFUSED = (
    "UPDATE release SET note = 'Another note.'",
    "UPDATE release SET number = number + 7 WHERE number = 2",
    "UPDATE revision SET document = '{}' WHERE slug = 'walking'",
    "UPDATE revision SET release = 1 WHERE release = 2",
    "DELETE FROM revision",
    "DELETE FROM revision WHERE release = 2",
    "DELETE FROM release WHERE number = 2",
    f"INSERT {COPY_OF_RELEASE} ON CONFLICT (number) DO UPDATE SET note = 'Other.'",
    f"INSERT {COPY_OF_REVISIONS} ON CONFLICT ({KEY}) DO UPDATE SET document = '{{}}'",
)
REFUSED_BY_ONE = {
    "sqlite": (
        f"REPLACE {COPY_OF_RELEASE}",
        f"INSERT OR REPLACE {COPY_OF_REVISIONS}",
    ),
    "postgresql": (
        "TRUNCATE revision",
        "TRUNCATE release CASCADE",
    ),
}
"""What only one of the databases has words for."""


def publish_both(engine: Engine) -> None:
    publish(engine, make_bundle(), at=PUBLISHED_AT)
    treatment = make_treatment(summary="Walk more.")
    publish(engine, make_bundle({Kind.TREATMENTS: [treatment]}), at=PUBLISHED_AT)


FILLED = {"logged": publish_both}


@pytest.fixture
def logged(engine: Engine) -> Engine:
    """A database with two releases."""
    return engine


def read_log(engine: Engine) -> dict[str, list[str]]:
    tables = SQLModel.metadata.tables
    with engine.connect() as connection:
        return {
            name: sorted(str(row) for row in connection.execute(tables[name].select()))
            for name in ("release", "revision")
        }


def run(engine: Engine, statement: str) -> None:
    with engine.begin() as connection:
        connection.execute(text(statement))


def refuse(engine: Engine, statement: str) -> None:
    with pytest.raises(IntegrityError, match="The log is append-only"):
        run(engine, statement)


@pytest.mark.parametrize("statement", REFUSED)
def test_the_log_cannot_be_changed(logged: Engine, statement: str) -> None:
    before = read_log(logged)

    refuse(logged, statement)

    assert read_log(logged) == before


@pytest.mark.parametrize("index", [0, 1], ids=["the first way", "the second way"])
def test_the_log_cannot_be_changed_in_the_ways_of_one_database(
    logged: Engine, index: int
) -> None:
    before = read_log(logged)

    refuse(logged, REFUSED_BY_ONE[logged.dialect.name][index])

    assert read_log(logged) == before


def test_a_downgrade_takes_the_triggers_away_and_an_upgrade_brings_them_back(
    logged: Engine, alembic_config: Config
) -> None:
    with logged.begin() as connection:
        alembic_config.attributes["connection"] = connection
        command.downgrade(alembic_config, BEFORE_THE_TRIGGERS)
        del alembic_config.attributes["connection"]
    for statement in REFUSED[0], "DELETE FROM revision WHERE slug = 'walking'":
        run(logged, statement)

    migrate(logged)

    refuse(logged, REFUSED[0])
