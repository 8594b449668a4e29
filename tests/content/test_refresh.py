"""Where the renderer has changed, what is served is made anew from the log."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Connection, Engine
from sqlmodel import col, delete, insert, select, update

from app.content.change import Change
from app.content.check import check_restored, judge_library
from app.content.publish import is_outdated, refresh
from app.database import read_session, write_session
from app.fields import Kind
from app.queries.projection import mark_renderer
from app.tables import ListedTreatment, ProjectionMark, Topic, Treatment
from tests.conftest import REMADE_AT
from tests.factories import make_bundle, make_option, make_topic, make_treatment
from tests.publishing import PUBLISHED_AT, publish, stored

OWN = {
    Kind.TREATMENTS: [
        make_treatment("nsaids"),
        make_treatment("ibuprofen", part_of="nsaids"),
    ],
    Kind.TOPICS: [make_topic(options=[make_option(), make_option("ibuprofen")])],
}


def make_older(connection: Connection) -> None:
    """Make the row of ibuprofen what another renderer would have made of it."""
    older = update(Treatment).where(col(Treatment.slug) == "ibuprofen")
    connection.execute(older.values(document="{}", card="{}", hash="sha256:older"))


def lose_treatment(connection: Connection) -> None:
    is_its = col(ListedTreatment.slug) == "ibuprofen"
    connection.execute(delete(ListedTreatment).where(is_its))
    connection.execute(delete(Treatment).where(col(Treatment.slug) == "ibuprofen"))


def lose_topics(connection: Connection) -> None:
    connection.execute(delete(Topic))


def add_treatment(connection: Connection) -> None:
    """Add a row of what stands in no library, with its links."""
    walking = select(Treatment.__table__).where(  # type: ignore[attr-defined]
        col(Treatment.slug) == "walking"
    )
    row = connection.execute(walking).mappings().one()
    connection.execute(insert(Treatment).values({**row, "slug": "zumba"}))
    listed = select(ListedTreatment.__table__).where(  # type: ignore[attr-defined]
        col(ListedTreatment.slug) == "walking", col(ListedTreatment.among) == ""
    )
    place = connection.execute(listed).mappings().one()
    for among in ("", "topic=t"):
        own = {**place, "slug": "zumba", "among": among}
        connection.execute(insert(ListedTreatment).values(own))


CHANGES = [
    pytest.param(make_older, id="a row that another renderer made"),
    pytest.param(lose_treatment, id="a row that is missing with its links"),
    pytest.param(lose_topics, id="a row without links that is missing"),
    pytest.param(add_treatment, id="a row of what is not in the library"),
]


@pytest.mark.parametrize("change", CHANGES)
def test_refresh_makes_every_row_as_the_log_says_and_no_release(
    engine: Engine, change: Callable[[Connection], None]
) -> None:
    publish(engine, make_bundle(OWN), at=PUBLISHED_AT)
    published = stored(engine)
    with engine.begin() as connection:
        change(connection)
    assert stored(engine) != published

    assert refresh(engine, at=REMADE_AT)

    assert stored(engine) == published


@pytest.mark.parametrize("change", CHANGES)
def test_publishing_the_same_content_makes_every_row_as_the_log_says(
    engine: Engine, change: Callable[[Connection], None]
) -> None:
    publish(engine, make_bundle(OWN), at=PUBLISHED_AT)
    before = stored(engine)
    with engine.begin() as connection:
        change(connection)

    published = publish(engine, make_bundle(OWN), at=PUBLISHED_AT)

    assert not published.is_new
    assert stored(engine) == before


def find_made_at(engine: Engine) -> datetime | None:
    with read_session(engine) as session:
        return session.exec(select(ProjectionMark.made_at)).one()


def test_the_tables_say_when_some_rows_were_made_anew(engine: Engine) -> None:
    publish(engine, make_bundle(OWN), at=PUBLISHED_AT)
    refresh(engine, at=PUBLISHED_AT)
    assert find_made_at(engine) is None
    with engine.begin() as connection:
        make_older(connection)

    refresh(engine, at=REMADE_AT)
    refresh(engine, at=REMADE_AT + timedelta(days=1))

    assert find_made_at(engine) == REMADE_AT


def test_refresh_makes_nothing_anew_a_second_time(engine: Engine) -> None:
    publish(engine, make_bundle(OWN), at=PUBLISHED_AT)
    with engine.begin() as connection:
        make_older(connection)
    refresh(engine, at=REMADE_AT)

    assert not refresh(engine, at=REMADE_AT)


def test_what_another_renderer_made_is_outdated_until_all_is_made_anew(
    engine: Engine,
) -> None:
    publish(engine, make_bundle(OWN), at=PUBLISHED_AT)
    assert not is_outdated(engine)
    with write_session(engine) as session:
        mark_renderer(session, "sha256:older")
    assert is_outdated(engine)

    # This renderer makes a row of one item beside those of the other.
    change = Change.of(make_bundle(OWN), make_bundle())
    publish(engine, change.after, at=PUBLISHED_AT, checked=check_restored(change, {}))
    assert is_outdated(engine)

    assert not refresh(engine, at=REMADE_AT)
    assert not is_outdated(engine)


def test_refresh_makes_nothing_of_a_library_that_no_longer_stands(
    engine: Engine,
) -> None:
    publish(engine, make_bundle(OWN), at=PUBLISHED_AT)
    published = stored(engine)

    assert not refresh(engine, judge_library(make_bundle()), at=REMADE_AT)

    assert stored(engine) == published


def test_refresh_makes_nothing_anew_right_after_a_release(engine: Engine) -> None:
    publish(engine, make_bundle(OWN), at=PUBLISHED_AT)

    assert not refresh(engine, at=REMADE_AT)


def test_refresh_makes_what_was_removed_from_the_library_not_anew(
    engine: Engine,
) -> None:
    publish(engine, make_bundle(OWN), at=PUBLISHED_AT)
    publish(engine, make_bundle(), at=PUBLISHED_AT)
    with engine.begin() as connection:
        connection.execute(delete(Topic))

    refresh(engine, at=REMADE_AT)

    with read_session(engine) as session:
        slugs = session.exec(select(Treatment.slug)).all()
    assert sorted(slugs) == ["facet-joint-injection", "walking"]


def test_refresh_makes_nothing_of_an_empty_database(engine: Engine) -> None:
    empty = stored(engine)

    assert not refresh(engine, at=REMADE_AT)

    assert stored(engine) == empty
