from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from app.api.guides import Guides
from app.content.publish import publish
from app.database import read_session
from app.engine.guide import Guide
from app.errors import NoReleaseError, NotFoundError
from app.fields import Kind
from app.library.bundle import Bundle
from tests.conftest import PUBLISHED_AT
from tests.factories import TOPIC, make_bundle, make_topic, make_treatment


@pytest.fixture
def released(engine: Engine) -> Engine:
    """A database with the first release."""
    publish(engine, make_bundle(), at=PUBLISHED_AT)
    return engine


@pytest.fixture
def first_session(released: Engine) -> Iterator[Session]:
    """A session that sees the first release, whatever comes after it."""
    with read_session(released) as session:
        Guides().guide(session, TOPIC)
        yield session


def publish_second(engine: Engine) -> None:
    own = {Kind.TREATMENTS: [make_treatment(summary="Walk more.")]}
    publish(engine, make_bundle(own), at=PUBLISHED_AT)


def guide_now(guides: Guides, engine: Engine) -> Guide:
    """Return the guide that a request of this moment gets."""
    with read_session(engine) as session:
        return guides.guide(session, TOPIC)


def test_a_guide_is_compiled_once_for_a_release(released: Engine) -> None:
    guides = Guides()

    first = guide_now(guides, released)

    assert guide_now(guides, released) is first


def test_a_bundle_is_read_once_for_a_release(released: Engine) -> None:
    guides = Guides()

    with read_session(released) as one, read_session(released) as other:
        assert guides.bundle(one) is guides.bundle(other)


def test_requests_at_once_share_one_bundle(released: Engine) -> None:
    guides, together = Guides(), Barrier(8)

    def ask() -> Bundle:
        with read_session(released) as session:
            together.wait()
            return guides.bundle(session)

    with ThreadPoolExecutor(8) as pool:
        asked = [pool.submit(ask) for _ in range(8)]

    assert len({id(one.result()) for one in asked}) == 1


def test_each_topic_has_a_guide_of_its_own(engine: Engine) -> None:
    guides = Guides()
    bundle = make_bundle({Kind.TOPICS: [make_topic("other")]})
    publish(engine, bundle, at=PUBLISHED_AT)

    with read_session(engine) as session:
        found = [guides.guide(session, slug).topic.slug for slug in (TOPIC, "other")]

    assert found == [TOPIC, "other"]


def test_a_new_release_swaps_the_guide(released: Engine) -> None:
    guides = Guides()
    old = guide_now(guides, released)

    publish_second(released)

    new = guide_now(guides, released)
    assert (old.release, new.release) == (1, 2)
    assert new.hash != old.hash


def test_an_older_session_gets_the_guide_of_what_it_sees(
    released: Engine, first_session: Session
) -> None:
    guides = Guides()
    publish_second(released)
    new = guide_now(guides, released)

    old = guides.guide(first_session, TOPIC)

    assert (old.release, new.release) == (1, 2)


def test_an_older_session_does_not_put_the_old_guide_back(
    released: Engine, first_session: Session
) -> None:
    guides = Guides()
    publish_second(released)
    new = guide_now(guides, released)

    guides.guide(first_session, TOPIC)

    assert guide_now(guides, released) is new


def test_a_topic_that_is_not_there_is_not_found(released: Engine) -> None:
    with read_session(released) as session, pytest.raises(NotFoundError):
        Guides().guide(session, "no-topic")


def test_there_is_no_guide_before_the_first_release(engine: Engine) -> None:
    with read_session(engine) as session, pytest.raises(NoReleaseError):
        Guides().guide(session, TOPIC)
