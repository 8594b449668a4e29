from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from weakref import ref

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from app.api.guides import EDITIONS_KEPT, Guides
from app.content.advice_diff import GuidedLibrary
from app.database import read_session
from app.engine.answers import NOTHING_SAID
from app.engine.guide import Guide
from app.engine.recommend import recommend
from app.engine.rules import rule_on
from app.errors import NoReleaseError, NotFoundError
from app.fields import Kind
from app.library.bundle import Bundle
from app.library.profile import PatientProfile
from tests.factories import TOPIC, make_bundle, make_topic, make_treatment
from tests.publishing import PUBLISHED_AT, publish, publish_factories
from tests.queries.statements import count_statements

FILLED = {"released": publish_factories}


@pytest.fixture
def released(engine: Engine) -> Engine:
    """A database with the first release."""
    return engine


@pytest.fixture
def first_session(released: Engine) -> Iterator[Session]:
    """A session that sees the first release, whatever comes after it."""
    with read_session(released) as session:
        Guides().guide(session, TOPIC)
        yield session


def publish_walking(engine: Engine, *summaries: str) -> None:
    """Publish a release for each summary of walking."""
    for summary in summaries:
        own = {Kind.TREATMENTS: [make_treatment(summary=summary)]}
        publish(engine, make_bundle(own), at=PUBLISHED_AT)


def publish_second(engine: Engine) -> None:
    publish_walking(engine, "Walk more.")


def publish_until(engine: Engine, number: int) -> None:
    """Publish releases after the first, up to this number."""
    publish_walking(engine, *(f"Walk {one} miles." for one in range(2, number + 1)))


def guide_now(guides: Guides, engine: Engine, release: int | None = None) -> Guide:
    """Return the guide that a request of this moment gets."""
    with read_session(engine) as session:
        return guides.guide(session, TOPIC, release=release)


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


def test_the_present_release_is_the_same_named_or_not(released: Engine) -> None:
    guides = Guides()

    assert guide_now(guides, released, 1) is guide_now(guides, released)


def test_the_guides_of_the_releases_last_asked_for_are_kept(released: Engine) -> None:
    guides = Guides()
    publish_until(released, EDITIONS_KEPT)
    numbers = range(1, EDITIONS_KEPT + 1)

    first = [guide_now(guides, released, number) for number in numbers]

    again = [guide_now(guides, released, number) for number in numbers]
    assert [one.release for one in first] == list(numbers)
    assert all(one is other for one, other in zip(first, again, strict=True))


def test_the_guide_that_was_not_asked_for_the_longest_makes_room(
    released: Engine,
) -> None:
    guides = Guides()
    publish_until(released, EDITIONS_KEPT + 1)
    first, second = (guide_now(guides, released, number) for number in (1, 2))
    guide_now(guides, released, 1)

    for number in range(3, EDITIONS_KEPT + 2):
        guide_now(guides, released, number)

    assert guide_now(guides, released, 1) is first
    again = guide_now(guides, released, 2)
    assert again is not second
    assert (again.release, again.hash) == (2, second.hash)


def test_what_was_advised_is_let_go_with_the_releases(released: Engine) -> None:
    guides = Guides()
    guide = guide_now(guides, released)
    recommend(guide, PatientProfile())
    first, *_ = guide.rules
    kept_guide, kept_ruling = ref(guide), ref(rule_on(first, NOTHING_SAID))
    del guide
    assert kept_guide() is not None
    assert kept_ruling() is not None

    publish_until(released, EDITIONS_KEPT + 1)
    for number in range(2, EDITIONS_KEPT + 2):
        recommend(guide_now(guides, released, number), PatientProfile())

    assert kept_guide() is None
    assert kept_ruling() is None


def test_requests_at_once_for_several_releases_get_their_own(released: Engine) -> None:
    guides, together = Guides(), Barrier(8)
    publish_until(released, EDITIONS_KEPT + 2)
    wanted = [number % (EDITIONS_KEPT + 2) + 1 for number in range(8)]

    def ask(number: int) -> list[tuple[int, str]]:
        together.wait()
        asked = [guide_now(guides, released, one) for one in (number, 1, number)]
        return [(one.release, one.options[0].treatment.summary) for one in asked]

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(ask, wanted))

    told = {1: "A summary."} | {one: f"Walk {one} miles." for one in wanted if one > 1}
    expected = [[(one, told[one]) for one in (number, 1, number)] for number in wanted]
    assert found == expected


def test_all_guides_of_a_release_are_of_it(released: Engine) -> None:
    publish(
        released, make_bundle({Kind.TOPICS: [make_topic("other")]}), at=PUBLISHED_AT
    )

    with read_session(released) as session:
        told = Guides().compare(session, (1, 2), tell_releases)

    assert told == f"{{'{TOPIC}': 1}} {{'{TOPIC}': 2, 'other': 2}}"


def tell_releases(*libraries: GuidedLibrary) -> str:
    releases = (
        {slug: guides[slug].release for slug in sorted(guides)}
        for _, guides in libraries
    )
    return " ".join(map(str, releases))


@pytest.mark.parametrize("number", [-1, 0, 2])
def test_a_release_that_is_not_there_is_not_found(
    released: Engine, number: int
) -> None:
    with read_session(released) as session, pytest.raises(NotFoundError):
        Guides().bundle(session, release=number)


def test_an_older_session_does_not_find_a_later_release(
    released: Engine, first_session: Session
) -> None:
    publish_second(released)

    with pytest.raises(NotFoundError):
        Guides().guide(first_session, TOPIC, release=2)


def write_summaries(before: GuidedLibrary, after: GuidedLibrary) -> str:
    first, then = (
        bundle.treatments["walking"].summary for bundle, _ in (before, after)
    )
    return f"{first} {then}"


def write_nothing(before: GuidedLibrary, after: GuidedLibrary) -> str:
    pytest.fail("It was written already.")


def test_two_releases_are_compared_once_even_if_their_guides_have_made_room(
    released: Engine,
) -> None:
    guides = Guides()
    publish_until(released, EDITIONS_KEPT + 2)
    with read_session(released) as session:
        first = guides.compare(session, (1, 2), write_summaries)
        for number in range(3, EDITIONS_KEPT + 3):
            guides.bundle(session, release=number)

        with count_statements(session) as statements:
            again = guides.compare(session, (1, 2), write_nothing)

    assert first == again == "A summary. Walk 2 miles."
    assert not [one for one in statements if "revision" in one]


def test_an_older_session_does_not_compare_with_a_later_release(
    released: Engine, first_session: Session
) -> None:
    guides = Guides()
    publish_second(released)
    with read_session(released) as session:
        guides.compare(session, (1, 2), write_summaries)

    with pytest.raises(NotFoundError):
        guides.compare(first_session, (1, 2), write_nothing)
