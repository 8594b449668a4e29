"""A past release answers as it did then, however many have come after it."""

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response
from sqlalchemy import Engine

from app.api.guides import EDITIONS_KEPT
from app.fields import Kind
from app.library.bundle import Bundle
from tests.api.asking import RECOMMENDATIONS, Json, read_fault, read_problem
from tests.factories import (
    BASE,
    Data,
    make_bundle,
    make_finding,
    make_option,
    make_rule,
    make_topic,
)
from tests.publishing import PUBLISHED_AT, publish

FEVERISH: Json = {"region": "uk", "profile": {"age": 58, "has": ["fever"]}}


def publish_reasons(engine: Engine, *reasons: str) -> None:
    """Publish a release for each reason to walk."""
    for because in reasons:
        walking = make_option(recommend_when=[make_rule(because=because)])
        publish_own(engine, {Kind.TOPICS: [make_topic(options=[walking])]})


def publish_own(engine: Engine, own: dict[Kind, list[Data]]) -> None:
    publish(engine, make_bundle(own), at=PUBLISHED_AT)


def ask(client: TestClient, release: int | str, asked: Json = FEVERISH) -> Response:
    return client.post(f"{RECOMMENDATIONS}?release={release}", json=asked)


def ask_now(client: TestClient, asked: Json = FEVERISH) -> Response:
    response = client.post(RECOMMENDATIONS, json=asked)
    assert response.status_code == 200, response.text
    return response


def publish_first(engine: Engine) -> None:
    publish_reasons(engine, "It was right at first.")


FILLED = {"reader": publish_first}


@pytest.fixture
def reader(client: TestClient) -> TestClient:
    """A client of an application that serves the first release."""
    return client


def test_a_past_release_answers_with_the_bytes_of_then(
    reader: TestClient, engine: Engine
) -> None:
    then = ask_now(reader)
    publish_reasons(engine, "It is right today.", "It will be right tomorrow.")

    again = ask(reader, 1)

    assert again.content == then.content
    assert again.json()["digest"] == then.json()["digest"]
    assert ask_now(reader).json()["digest"] != then.json()["digest"]


def test_a_past_release_is_named_in_the_answer_and_kept_by_no_cache(
    reader: TestClient, engine: Engine
) -> None:
    publish_reasons(engine, "It is right today.")

    response = ask(reader, 1)

    assert response.json()["release"] == 1
    assert response.headers["library-release"] == "1"
    assert response.headers["cache-control"] == "no-store"


def test_the_present_release_answers_alike_named_or_not(reader: TestClient) -> None:
    assert ask(reader, 1).content == ask_now(reader).content


def test_a_release_that_leaves_the_topic_alone_keeps_the_digest(
    reader: TestClient, engine: Engine
) -> None:
    publish_own(engine, {})
    publish_own(engine, {Kind.REFERENCES: [{**BASE[Kind.REFERENCES][0], "slug": "x"}]})

    before, after = ask(reader, 2).json(), ask(reader, 3).json()

    assert before.pop("release") != after.pop("release")
    assert before == after


def test_more_past_releases_than_are_kept_all_answer_as_then(
    reader: TestClient, engine: Engine
) -> None:
    then = {1: ask_now(reader).content}
    for number in range(2, EDITIONS_KEPT + 3):
        publish_reasons(engine, f"It is reason {number}.")
        then[number] = ask_now(reader).content

    for number in [*then, *reversed(then)]:
        assert ask(reader, number).content == then[number], number


def test_a_word_of_today_is_refused_by_a_release_that_lacks_it(
    reader: TestClient, engine: Engine
) -> None:
    publish_own(engine, {Kind.FINDINGS: [make_finding("hiccups")]})
    asked = {"profile": {"has": ["hiccups"]}}

    pointer, _ = read_fault(ask(reader, 1, asked))

    assert pointer == "/profile/has/0"
    assert ask_now(reader, asked).json()["release"] == 2


def test_a_word_that_is_gone_is_still_answered_by_its_release(
    engine: Engine, client: TestClient
) -> None:
    publish_own(engine, {Kind.FINDINGS: [make_finding("hiccups")]})
    asked = {"profile": {"has": ["hiccups"]}}
    then = ask_now(client, asked)

    publish_own(engine, {})

    assert read_fault(client.post(RECOMMENDATIONS, json=asked))[0] == "/profile/has/0"
    assert ask(client, 1, asked).content == then.content


@pytest.mark.parametrize("release", [1, 2])
def test_a_topic_is_answered_by_the_releases_that_have_it(
    reader: TestClient, engine: Engine, release: int
) -> None:
    publish_own(engine, {Kind.TOPICS: [make_topic("other")]})

    response = ask(reader, release, {"topic": "other"})

    assert response.status_code == (422 if release == 1 else 200)


def test_the_default_topic_is_that_of_the_release(
    reader: TestClient, engine: Engine
) -> None:
    about = {**BASE[Kind.LIBRARY][0], "default_topic": "other"}
    publish_own(engine, {Kind.LIBRARY: [about], Kind.TOPICS: [make_topic("other")]})

    topics = [ask(reader, number).json()["topic"] for number in (1, 2)]

    assert topics == ["facet-joint-injection", "other"]


@pytest.mark.parametrize(
    "number", [3, 99, 10**30], ids=["the next", "a later", "a huge number"]
)
def test_a_release_that_is_not_there_is_refused_with_the_newest(
    reader: TestClient, engine: Engine, number: int
) -> None:
    publish_reasons(engine, "It is right today.")

    fault = read_fault(ask(reader, number))

    expected = "There is no such release; the newest is 2."
    assert fault == ("/query/release", expected)


@pytest.mark.parametrize(
    "sent",
    [
        pytest.param("0", id="zero"),
        pytest.param("-1", id="below zero"),
        pytest.param("1.5", id="half a release"),
        pytest.param("newest", id="a word"),
        pytest.param("", id="nothing"),
        pytest.param("1&release=1", id="given twice"),
    ],
)
def test_what_is_no_number_of_a_release_is_refused(
    reader: TestClient, sent: str
) -> None:
    pointer, detail = read_fault(ask(reader, sent))

    assert pointer == "/query/release"
    assert "newest" not in detail


def test_no_release_can_be_replayed_before_the_first(client: TestClient) -> None:
    read_problem(ask(client, 1), 503)


@pytest.mark.parametrize("slug", ["empty-profile", "block-relief-85"])
def test_the_shipped_library_replays_its_release(
    seeded_client: TestClient, seed_bundle: Bundle, slug: str
) -> None:
    profile = seed_bundle.cases[slug].profile.model_dump(mode="json", exclude_none=True)

    then = ask_now(seeded_client, {"profile": profile})

    assert ask(seeded_client, 1, {"profile": profile}).content == then.content
