"""Publishes libraries as they are: past the gate, which most tests are not about."""

from datetime import UTC, datetime

from sqlalchemy import Engine, select
from sqlmodel import SQLModel

from app.content.change import Change
from app.content.check import Checked, judge_library
from app.content.present import read_present
from app.content.publish import Published, Signature, publish_change, refresh
from app.database import read_session
from app.fields import Significance
from app.library.bundle import Bundle
from tests.factories import make_bundle

PUBLISHED_AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


def publish(  # noqa: PLR0913 - most of them say what the release is
    engine: Engine,
    bundle: Bundle,
    *,
    at: datetime,
    note: str = "",
    significance: Significance = Significance.CLINICAL,
    by: str | None = None,
    checked: Checked | None = None,
) -> Published:
    """Publish a library whose entries fit each other; the same makes no release."""
    present = read_present(engine)
    change = Change.of(present.bundle, bundle)
    if not change.items:
        refresh(engine, at=at)
        return Published(present.number, (), ())
    return publish_change(
        engine,
        present,
        change,
        checked or judge_library(bundle),
        Signature(at, by, note, significance),
    )


def stored(engine: Engine) -> dict[str, list[str]]:
    """Return every row of every table; when it was made anew is not part of it."""
    made_at = SQLModel.metadata.tables["rendering"].c.made_at
    with read_session(engine) as session:
        connection = session.connection()
        return {
            table.name: sorted(map(str, connection.execute(rows)))
            for table in SQLModel.metadata.sorted_tables
            for rows in [select(*(one for one in table.c if one is not made_at))]
        }


def publish_factories(engine: Engine) -> None:
    """Publish the small library of the factories."""
    publish(engine, make_bundle(), at=PUBLISHED_AT)
