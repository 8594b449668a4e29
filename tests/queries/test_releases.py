import json
from datetime import timedelta

import pytest
from sqlalchemy import Engine

from app.database import read_session
from app.errors import NoReleaseError, NotFoundError
from app.fields import Kind
from app.library.canonical import sha256
from app.queries.releases import (
    LoggedDocument,
    find_release,
    get_release,
    load_documents,
)
from tests.factories import make_bundle, make_treatment
from tests.publishing import PUBLISHED_AT, publish


def publish_yoga(engine: Engine, *summaries: str | None) -> None:
    """Publish a release for each summary of yoga; none means without yoga."""
    for days, summary in enumerate(summaries):
        own = [make_treatment("yoga", summary=summary)] if summary else []
        bundle = make_bundle({Kind.TREATMENTS: own})
        publish(engine, bundle, at=PUBLISHED_AT + timedelta(days=days))


def load(engine: Engine, release: int) -> list[LoggedDocument]:
    with read_session(engine) as session:
        return load_documents(session, release=release)


def yoga_summaries(engine: Engine, release: int) -> list[str]:
    """Return the summary of yoga as of a release, as often as it is there."""
    documents = load(engine, release)
    return [
        json.loads(one.document)["summary"] for one in documents if one.slug == "yoga"
    ]


def test_find_release_finds_none_before_the_first(engine: Engine) -> None:
    with read_session(engine) as session:
        assert find_release(session) is None


def test_find_release_returns_the_newest(engine: Engine) -> None:
    publish_yoga(engine, "One.", "Two.")

    with read_session(engine) as session:
        found = find_release(session)

    assert found is not None
    assert found.number == 2
    assert found.created_at == PUBLISHED_AT + timedelta(days=1)


def test_get_release_raises_before_the_first(engine: Engine) -> None:
    with read_session(engine) as session, pytest.raises(NoReleaseError):
        get_release(session)


def test_get_release_returns_the_newest(engine: Engine) -> None:
    publish_yoga(engine, "One.", "Two.", "Three.")

    with read_session(engine) as session:
        assert get_release(session).number == 3


@pytest.mark.parametrize("number", [1, 2])
def test_get_release_returns_the_one_that_is_named(engine: Engine, number: int) -> None:
    publish_yoga(engine, "One.", "Two.")

    with read_session(engine) as session:
        found = get_release(session, number=number)

    assert found.created_at == PUBLISHED_AT + timedelta(days=number - 1)


@pytest.mark.parametrize("number", [-1, 0, 3])
def test_get_release_raises_if_it_is_not_out(engine: Engine, number: int) -> None:
    publish_yoga(engine, "One.", "Two.")

    with read_session(engine) as session, pytest.raises(NotFoundError):
        get_release(session, number=number)


@pytest.mark.parametrize(
    ("release", "expected"),
    [
        pytest.param(1, ["One."], id="as it was first"),
        pytest.param(2, ["Two."], id="as it was changed"),
        pytest.param(3, [], id="removed"),
        pytest.param(4, ["Four."], id="back again"),
    ],
)
def test_load_documents_reads_the_library_as_of_a_release(
    engine: Engine, release: int, expected: list[str]
) -> None:
    publish_yoga(engine, "One.", "Two.", None, "Four.")

    assert yoga_summaries(engine, release) == expected


def test_load_documents_keeps_what_later_releases_left_alone(engine: Engine) -> None:
    publish_yoga(engine, "One.", "Two.", None)

    first = {(one.kind, one.slug) for one in load(engine, 1)}
    third = {(one.kind, one.slug) for one in load(engine, 3)}

    assert first - third == {(Kind.TREATMENTS, "yoga")}
    assert third < first


def test_load_documents_is_empty_before_the_first_release(engine: Engine) -> None:
    publish_yoga(engine, "One.")

    assert load(engine, 0) == []


def test_load_documents_is_ordered_by_kind_and_slug(engine: Engine) -> None:
    publish_yoga(engine, "One.", "Two.")

    identities = [(one.kind.value, one.slug) for one in load(engine, 2)]

    assert identities == sorted(identities)


def test_a_logged_hash_is_that_of_its_document(engine: Engine) -> None:
    publish_yoga(engine, "One.")

    assert all(one.hash == sha256(one.document) for one in load(engine, 1))
