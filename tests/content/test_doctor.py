"""The doctor finds nothing where nothing is wrong, and names damage to the log."""

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, inspect, text

from app.content.doctor_log import Log, check_documents
from app.database import read_session
from app.library.canonical import sha256
from app.queries.doctor import LoggedRelease, LoggedRevision
from app.queries.releases import load_documents
from tests.content.damage import (
    SMALL,
    YOGA,
    damage,
    diagnose,
    list_problems,
    publish_past,
)
from tests.content.whole_library import make_whole
from tests.factories import make_bundle
from tests.publishing import PUBLISHED_AT, publish, stored

REVISION = "UPDATE revision SET {} WHERE slug = 'yoga' AND release = 2"

NO_TRIGGER = """
    CREATE TRIGGER refuse_release_update BEFORE UPDATE ON release
    BEGIN SELECT 1; END
"""
FILLED = {"logged": publish_past}


@pytest.fixture
def logged(engine: Engine) -> Engine:
    """A database of four releases."""
    return engine


def test_a_database_is_healthy_after_every_release(engine: Engine) -> None:
    past = [SMALL, YOGA, make_whole(), make_bundle()]

    for number, bundle in enumerate(past, start=1):
        publish(engine, bundle, at=PUBLISHED_AT)

        diagnosis = diagnose(engine)

        assert list_problems(diagnosis) == {}
        assert diagnosis.is_healthy
        assert diagnosis.not_made == ()
        assert diagnosis.release == number


def test_a_database_is_healthy_after_a_restore_and_stays_as_it_is(
    logged: Engine,
) -> None:
    before = stored(logged)

    diagnosis = diagnose(logged)

    assert (diagnosis.is_healthy, diagnosis.release) == (True, 4)
    assert stored(logged) == before


def test_a_database_without_a_release_is_healthy(engine: Engine) -> None:
    diagnosis = diagnose(engine)

    assert (diagnosis.is_healthy, diagnosis.release) == (True, None)


def test_a_database_without_tables_lacks_its_migrations(empty_engine: Engine) -> None:
    with empty_engine.connect():
        """A connection makes the file of SQLite."""

    diagnosis = diagnose(empty_engine)

    problem = "migrations: No migration was made yet."
    assert list_problems(diagnosis) == {"schema": [problem]}
    assert {"releases", "tables"} < set(diagnosis.not_made)
    assert inspect(empty_engine).get_table_names() == []


def test_an_older_schema_is_named(logged: Engine, alembic_config: Config) -> None:
    with logged.begin() as connection:
        alembic_config.attributes["connection"] = connection
        command.downgrade(alembic_config, "3557b3918f76")
        del alembic_config.attributes["connection"]

    [problem] = list_problems(diagnose(logged))["schema"]

    assert problem.startswith("migrations: It is at 3557b3918f76, and ")


@pytest.mark.parametrize(
    ("statement", "problem"),
    [
        ("DROP TABLE qualityresult", "qualityresult: This table is missing."),
        ("DROP INDEX ix_topic_name_slug", "ix_topic_name_slug: This index is missing."),
        ("ALTER TABLE topic DROP COLUMN card", "topic.card: This column is missing."),
    ],
)
def test_what_is_missing_from_the_schema_is_named(
    engine: Engine, statement: str, problem: str
) -> None:
    damage(engine, statement)

    assert problem in list_problems(diagnose(engine))["schema"]


def test_what_others_keep_in_the_database_is_none_of_its_business(
    engine: Engine,
) -> None:
    damage(engine, "CREATE TABLE visits (day TEXT)")

    assert diagnose(engine).is_healthy


@pytest.mark.parametrize(
    "by_dialect",
    [
        pytest.param(
            {
                "sqlite": ["DROP TRIGGER refuse_release_update"],
                "postgresql": ["DROP TRIGGER refuse_release_change ON release"],
            },
            id="it is missing",
        ),
        pytest.param(
            {
                "sqlite": [
                    "DROP TRIGGER refuse_release_update",
                    NO_TRIGGER,
                ],
                "postgresql": [
                    "ALTER TABLE release DISABLE TRIGGER refuse_release_change"
                ],
            },
            id="it does nothing",
        ),
    ],
)
def test_a_trigger_that_does_not_keep_the_log_is_named(
    engine: Engine, by_dialect: dict[str, list[str]]
) -> None:
    with engine.begin() as connection:
        for statement in by_dialect[engine.dialect.name]:
            connection.execute(text(statement))

    problems = list_problems(diagnose(engine))

    [problem] = problems.pop("triggers")
    assert problem.startswith("refuse_release_")
    assert problem.endswith(": This trigger is missing, or off.")
    assert problems == {}


OTHER = sha256("Other")
LOST = "INSERT INTO revision VALUES ('treatments', '{}', {}, 1, NULL, '')"
RELEASE = "UPDATE release SET {} WHERE number = 2"
LOG_DAMAGES = [
    pytest.param(
        [
            "DELETE FROM revision WHERE release = 2",
            "DELETE FROM release WHERE number = 2",
        ],
        {"releases": ["release 2: It is missing, and release 4 is there."]},
        id="a release is missing",
    ),
    pytest.param(
        [LOST.format("zumba", 9)],
        {"releases": ["release 9: It is missing, and its revisions (1) are there."]},
        id="a revision of no release",
    ),
    pytest.param(
        [RELEASE.format(f"checksum = '{OTHER}'")],
        {"checksums": ["release 2: Its rev", "release 3: Its rev"]},
        id="another checksum",
    ),
    pytest.param(
        ["DELETE FROM revision WHERE slug = 'yoga' AND release = 2"],
        {
            "checksums": ["release 2: Its revisions (0) and the release before give"],
            "tombstones": ["treatments/yoga of release 3: It was removed, and did not"],
        },
        id="a revision is missing",
    ),
    pytest.param(
        [REVISION.format("document = replace(document, 'A text', 'Other')")],
        {"hashes": ["treatments/yoga of release 2: It is sha256:"]},
        id="another document",
    ),
    pytest.param(
        [REVISION.format(f"hash = '{OTHER}'")],
        {"checksums": ["release 2: "], "hashes": ["treatments/yoga of release 2: "]},
        id="another hash",
    ),
    pytest.param(
        [LOST.format("zumba", 4)],
        {
            "checksums": ["release 4: "],
            "tombstones": ["treatments/zumba of release 4: It was removed, and did no"],
        },
        id="a tombstone of what did not stand",
    ),
    pytest.param(
        [REVISION.format("document = '{\"slug\": 7}'")],
        {
            "documents": ["treatments/yoga of release 2: /slug: Needs text."],
            "hashes": ["treatments/yoga of release 2: "],
        },
        id="a document that cannot be read",
    ),
    pytest.param(
        [REVISION.format("format = 2")],
        {"documents": ["treatments/yoga of release 2: Only format 1 can be read, and"]},
        id="a format that cannot be read",
    ),
]


@pytest.mark.parametrize(("statements", "expected"), LOG_DAMAGES)
def test_damage_to_the_log_is_named_and_nothing_rests_on_it(
    logged: Engine,
    statements: list[str],
    expected: dict[str, list[str]],
) -> None:
    damage(logged, *statements)

    diagnosis = diagnose(logged)

    problems = list_problems(diagnosis)
    for name, beginnings in expected.items():
        for beginning in beginnings:
            assert any(one.startswith(beginning) for one in problems[name])
    assert not diagnosis.is_healthy
    assert "tables" in diagnosis.not_made


def test_a_document_that_was_exchanged_with_its_hash_is_found_by_the_checksum(
    logged: Engine,
) -> None:
    with read_session(logged) as session:
        [document] = [
            one.document
            for one in load_documents(session, release=2)
            if one.slug == "yoga"
        ]
    other = document.replace("A text.", "Another text.")
    values = f"document = '{other}', hash = '{sha256(other)}'"
    damage(logged, REVISION.format(values))

    problems = list_problems(diagnose(logged))

    assert list(problems) == ["checksums"]
    [problem] = problems["checksums"]
    assert problem.startswith(
        "release 2: Its revisions (1) and the release before give"
    )


@pytest.mark.parametrize(
    ("revision", "detail"),
    [
        (
            LoggedRevision(1, "potions", "love", 1, "{}", ""),
            "There is no kind potions.",
        ),
        (LoggedRevision(1, "library", "whatnext", 1, None, ""), "It has 0 library"),
    ],
)
def test_what_no_database_lets_in_is_named_all_the_same(
    revision: LoggedRevision, detail: str
) -> None:
    log = Log([LoggedRelease(1, "")], [revision])

    assert any(one.detail.startswith(detail) for one in check_documents(log))
