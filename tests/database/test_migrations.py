"""The migrations make the tables that the models say, and take them away again."""

from collections.abc import Callable

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect

from app.content.publish import differs
from tests.databases import migrate
from tests.factories import make_bundle
from tests.publishing import PUBLISHED_AT, publish


def run_on(engine: Engine, config: Config, do: Callable[[Config], object]) -> None:
    """Run an Alembic command on the database of the test."""
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        do(config)
        del config.attributes["connection"]


def downgrade(engine: Engine, config: Config) -> None:
    run_on(engine, config, lambda one: command.downgrade(one, "base"))


def test_the_history_has_one_head(alembic_config: Config) -> None:
    script = ScriptDirectory.from_config(alembic_config)

    assert len(script.get_heads()) == 1
    assert len(script.get_bases()) == 1


def test_the_migrations_make_what_the_models_say(
    engine: Engine, alembic_config: Config
) -> None:
    run_on(engine, alembic_config, command.check)


def test_the_models_name_every_constraint(engine: Engine) -> None:
    inspector = inspect(engine)
    names = [
        constraint["name"]
        for table in inspector.get_table_names()
        if table != "alembic_version"
        for constraint in (
            inspector.get_pk_constraint(table),
            *inspector.get_foreign_keys(table),
            *inspector.get_check_constraints(table),
            *inspector.get_indexes(table),
        )
    ]

    assert names
    assert [
        one for one in names if not str(one).startswith(("pk_", "fk_", "ck_", "ix_"))
    ] == []


def test_downgrade_leaves_no_table_behind(
    engine: Engine, alembic_config: Config
) -> None:
    publish(engine, make_bundle(), at=PUBLISHED_AT)

    downgrade(engine, alembic_config)

    assert inspect(engine).get_table_names() == ["alembic_version"]


def test_a_database_can_be_built_again_after_a_downgrade(
    engine: Engine, alembic_config: Config
) -> None:
    publish(engine, make_bundle(), at=PUBLISHED_AT)
    downgrade(engine, alembic_config)

    migrate(engine)

    run_on(engine, alembic_config, command.check)
    assert publish(engine, make_bundle(), at=PUBLISHED_AT).number == 1


def test_migrating_again_keeps_what_was_published(
    engine: Engine, alembic_config: Config
) -> None:
    publish(engine, make_bundle(), at=PUBLISHED_AT)

    migrate(engine)

    assert not differs(engine, make_bundle())
