"""A release is published whole or not at all, whoever else publishes meanwhile."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Barrier

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select

from app.content.log import read_bundle
from app.content.publish import differs
from app.database import read_session
from app.errors import StaleReleaseError
from app.fields import Kind
from app.library.bundle import Bundle
from app.library.entry import Entry
from app.queries.releases import load_documents
from app.tables import Release
from tests.factories import (
    make_bundle,
    make_finding,
    make_option,
    make_topic,
    make_treatment,
)
from tests.publishing import PUBLISHED_AT, publish, stored

THREADS = 4


def make_finding_bundle(slug: str) -> Bundle:
    return make_bundle({Kind.FINDINGS: [make_finding(slug)]})


@dataclass(frozen=True)
class OvertakenBundle(Bundle):
    """A bundle that takes so long to read that somebody else publishes meanwhile."""

    engine: Engine | None = None

    def __iter__(self) -> Iterator[tuple[Kind, Entry]]:
        assert self.engine is not None
        publish(self.engine, make_finding_bundle("rival"), at=PUBLISHED_AT)
        return super().__iter__()


def make_overtaken(engine: Engine) -> OvertakenBundle:
    bundle = make_finding_bundle("late")
    return OvertakenBundle(**vars(bundle), engine=engine)


def test_publish_refuses_what_was_prepared_against_an_older_release(
    engine: Engine,
) -> None:
    publish(engine, make_bundle(), at=PUBLISHED_AT)

    with pytest.raises(StaleReleaseError) as caught:
        publish(engine, make_overtaken(engine), at=PUBLISHED_AT)

    assert caught.value.prepared_against == 1
    assert caught.value.present == 2


def test_publish_refuses_a_first_release_when_there_is_one_by_now(
    engine: Engine,
) -> None:
    with pytest.raises(StaleReleaseError, match="against release 0, but 1 is out now"):
        publish(engine, make_overtaken(engine), at=PUBLISHED_AT)


def test_a_refused_release_leaves_no_trace(engine: Engine) -> None:
    publish(engine, make_bundle(), at=PUBLISHED_AT)
    with pytest.raises(StaleReleaseError):
        publish(engine, make_overtaken(engine), at=PUBLISHED_AT)

    after = stored(engine)

    assert not any("late" in row for rows in after.values() for row in rows)
    assert not differs(engine, make_finding_bundle("rival"))


def test_of_publishers_at_once_the_winners_are_logged_and_the_losers_are_told(
    engine: Engine,
) -> None:
    publish(engine, make_bundle(), at=PUBLISHED_AT)
    slugs = [f"finding-{index}" for index in range(THREADS)]
    start = Barrier(THREADS)

    def publish_one(slug: str) -> int | None:
        start.wait()
        try:
            return publish(
                engine, make_finding_bundle(slug), at=PUBLISHED_AT, note=slug
            ).number
        except StaleReleaseError:
            return None

    with ThreadPoolExecutor(THREADS) as pool:
        numbers = list(pool.map(publish_one, slugs))

    won = {number: slug for slug, number in zip(slugs, numbers, strict=True) if number}
    with read_session(engine) as session:
        logged = session.exec(select(Release).order_by(col(Release.number))).all()
        present = read_bundle(load_documents(session, release=len(logged)))
    assert won
    assert {one.number: one.note for one in logged[1:]} == won
    assert [one.number for one in logged] == list(range(1, len(won) + 2))
    assert present == make_finding_bundle(won[len(logged)])


@pytest.mark.parametrize(
    "unique",
    [
        pytest.param("release (significance)", id="the release"),
        pytest.param("revision (format) WHERE release > 1", id="its revisions"),
        pytest.param("treatment (release) WHERE release > 1", id="its items"),
        pytest.param(
            "listedtreatment (among) WHERE among = 'part_of=walking'", id="its links"
        ),
    ],
)
def test_a_release_that_cannot_be_written_leaves_no_trace(
    engine: Engine, unique: str
) -> None:
    publish(engine, make_bundle(), at=PUBLISHED_AT)
    before = stored(engine)
    with engine.begin() as connection:
        connection.execute(text(f"CREATE UNIQUE INDEX refuse_a_second ON {unique}"))
    parts = [make_treatment(slug, part_of="walking") for slug in ("hills", "stairs")]
    topic = make_topic(options=[make_option(), make_option("hills")])
    bundle = make_bundle({Kind.TREATMENTS: parts, Kind.TOPICS: [topic]})

    with pytest.raises(IntegrityError):
        publish(engine, bundle, at=PUBLISHED_AT)

    assert stored(engine) == before


def test_a_release_that_cannot_be_rendered_leaves_no_trace(engine: Engine) -> None:
    publish(engine, make_bundle(), at=PUBLISHED_AT)
    before = stored(engine)
    position = {"guideline": "none-of-ours", "stance": "for"}
    unchecked = make_bundle({Kind.TREATMENTS: [make_treatment(positions=[position])]})

    with pytest.raises(KeyError):
        publish(engine, unchecked, at=PUBLISHED_AT)

    assert stored(engine) == before
