"""A database with a past, damage that none allows, and the doctor's word on it."""

import sqlite3
from contextlib import closing

from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

from app.content.doctor import examine
from app.content.doctor_report import Diagnosis
from app.content.log import read_bundle
from app.database import read_session
from app.fields import Kind
from app.queries.releases import load_documents
from app.settings import ROOT
from tests.factories import complete, make_bundle, make_cause, make_treatment
from tests.publishing import PUBLISHED_AT, publish

WALKS = make_cause(points_to=[{"treatment": "walking", "because": "It may help."}])
SMALL = make_bundle(complete({Kind.FAILURE_CAUSES: [WALKS]}))
YOGA = make_bundle(
    complete({Kind.FAILURE_CAUSES: [WALKS], Kind.TREATMENTS: [make_treatment("yoga")]})
)


def publish_past(engine: Engine) -> None:
    """Publish four releases: yoga comes, goes, and is restored."""
    for bundle in SMALL, YOGA, SMALL:
        publish(engine, bundle, at=PUBLISHED_AT)
    with read_session(engine) as session:
        restored = read_bundle(load_documents(session, release=2))
    publish(engine, restored, at=PUBLISHED_AT)


def diagnose(engine: Engine) -> Diagnosis:
    """Examine a database by the migrations of today."""
    script = ScriptDirectory.from_config(Config(toml_file=ROOT / "pyproject.toml"))
    return examine(engine, newest=str(script.get_current_head()))


def list_problems(diagnosis: Diagnosis) -> dict[str, list[str]]:
    """Return the problems of each check that has some.

    SQLite's word on its file comes on top of what is found on both databases.
    """
    return {
        check.name: [str(one) for one in check.problems]
        for check in diagnosis.checks
        if check.problems and check.name != "file"
    }


def damage(engine: Engine, *statements: str) -> None:
    """Run statements with triggers, foreign keys and checks off as far as they can be.

    On PostgreSQL the user must be a superuser; checks of words hold there all the same.
    """
    engine.dispose()
    if engine.dialect.name == "sqlite":
        _damage_file(str(engine.url.database), statements)
        return
    with engine.begin() as connection:
        connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        for statement in statements:
            connection.exec_driver_sql(statement)


def _damage_file(path: str, statements: tuple[str, ...]) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA ignore_check_constraints=ON")
        triggers = connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall()
        for name, _ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            connection.execute(statement)
        for _, made_by in triggers:
            connection.execute(made_by)
