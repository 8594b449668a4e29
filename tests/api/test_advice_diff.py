"""Whose advice changes from one release to another, over HTTP."""

from collections.abc import Iterable, Mapping
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response
from sqlalchemy import Engine

from app.engine.recommend import ENGINE_VERSION
from app.fields import Kind
from app.library.bundle import Bundle
from tests.api.asking import Json, read_fault, read_problem
from tests.factories import (
    Data,
    make_bundle,
    make_case,
    make_cause,
    make_finding,
    make_option,
    make_rule,
    make_sign,
    make_topic,
    make_treatment,
)
from tests.publishing import PUBLISHED_AT, publish

Own = Mapping[Kind, Iterable[Data]]

FEVER = {"has": "fever"}
WALKING = make_option(consider_when=[make_rule()])
FEVERISH = make_case("feverish", name="A fever", profile={"has": ["fever"]})
WELL = make_case("well", profile={"has_not": ["fever"]})
FIRST: Own = {
    Kind.TREATMENTS: [make_treatment("yoga")],
    Kind.WARNING_SIGNS: [
        make_sign("infection", urgency="soon", rules=[make_rule(when=FEVER)])
    ],
    Kind.FAILURE_CAUSES: [make_cause(clues_for=[make_rule(when=FEVER)])],
    Kind.TOPICS: [make_topic(options=[WALKING], failure_causes=["cause"])],
    Kind.CASES: [FEVERISH, WELL],
}
SECOND: Own = {
    Kind.WARNING_SIGNS: [make_sign("sepsis", rules=[make_rule(when=FEVER)])],
    Kind.FAILURE_CAUSES: [make_cause()],
    Kind.TOPICS: [
        make_topic(options=[WALKING, make_option("yoga")], failure_causes=["cause"])
    ],
}
"""With a fever it is now an emergency; a clue is gone, an option is new."""


def publish_releases(engine: Engine, *owns: Own) -> None:
    """Publish releases, each the first library with these entries over its own."""
    for own in owns:
        entries = {kind: [*FIRST.get(kind, []), *own.get(kind, [])] for kind in Kind}
        publish(engine, make_bundle(entries), at=PUBLISHED_AT)


def ask(client: TestClient, before: Any, after: Any, **headers: str) -> Response:
    address = f"/v1/releases/{before}/advice-diff/{after}"
    return client.get(address, headers=headers)


def diff(client: TestClient, before: int, after: int) -> Json:
    response = ask(client, before, after)
    assert response.status_code == 200, response.text
    found: Json = response.json()
    return found


def publish_both(engine: Engine) -> None:
    publish_releases(engine, {}, SECOND)


FILLED = {"reader": publish_both}


@pytest.fixture
def reader(client: TestClient) -> TestClient:
    """A client of an application with two releases."""
    return client


def test_a_diff_says_what_it_compared(reader: TestClient) -> None:
    found = diff(reader, 1, 2)

    assert (found["before"], found["after"]) == (1, 2)
    assert found["engine"] == ENGINE_VERSION
    assert found["cases"] == 2
    assert found["uncompared"] == []


def test_a_case_whose_advice_changes_is_told_whole(reader: TestClient) -> None:
    feverish = diff(reader, 1, 2)["changed"][0]

    assert feverish == {
        "case": "feverish",
        "name": "A fever",
        "topic": "facet-joint-injection",
        "level": {"before": "soon", "after": "emergency"},
        "could_be": None,
        "signs_added": ["sepsis"],
        "signs_removed": [],
        "options": [
            {"option": "walking", "before": "consider", "after": "not-now"},
            {"option": "yoga", "before": None, "after": "not-now"},
        ],
        "causes": [{"cause": "cause", "before": "likely", "after": "possible"}],
    }


def test_the_other_direction_is_the_mirror_image(reader: TestClient) -> None:
    there, back = diff(reader, 1, 2), diff(reader, 2, 1)

    assert (back["before"], back["after"]) == (2, 1)
    assert back["cases"] == there["cases"]
    assert back["changed"] == [mirror(one) for one in there["changed"]]


def mirror(change: Json) -> Json:
    added, removed = change["signs_added"], change["signs_removed"]
    turned: Json = turn_round({**change, "signs_added": removed})
    return {**turned, "signs_removed": added}


def turn_round(data: Any) -> Any:
    """Return plain data in which before and after have changed places."""
    if isinstance(data, list):
        return [turn_round(one) for one in data]
    if not isinstance(data, dict):
        return data
    if "before" in data:
        return {**data, "before": data["after"], "after": data["before"]}
    return {name: turn_round(value) for name, value in data.items()}


def test_what_follows_a_diff_does_not_change_its_advice(
    reader: TestClient, engine: Engine
) -> None:
    then = diff(reader, 1, 2)

    publish_releases(engine, {Kind.TREATMENTS: [make_treatment(summary="More.")]})

    assert diff(reader, 1, 2) == then


@pytest.mark.parametrize("number", [1, 2])
def test_a_release_changes_nothing_from_itself(reader: TestClient, number: int) -> None:
    found = diff(reader, number, number)

    assert found["cases"] == 2
    assert found["changed"] == found["uncompared"] == []


def test_a_release_of_other_words_changes_no_advice(
    engine: Engine, client: TestClient
) -> None:
    words = [make_treatment(summary="Go for a walk.")]
    publish_releases(engine, {}, {Kind.TREATMENTS: words})

    assert diff(client, 1, 2)["changed"] == []


@pytest.mark.parametrize(("before", "after"), [(1, 2), (2, 1)])
def test_a_case_that_only_one_release_has_is_compared(
    engine: Engine, client: TestClient, before: int, after: int
) -> None:
    case = make_case("in-between", profile={"has": ["fever"]})
    publish_releases(engine, {}, {**SECOND, Kind.CASES: [case]})

    found = diff(client, before, after)

    assert found["cases"] == 3
    assert "in-between" in [one["case"] for one in found["changed"]]


def test_a_topic_that_only_one_release_has_is_not_compared(
    engine: Engine, client: TestClient
) -> None:
    other = {
        Kind.TOPICS: [make_topic("other")],
        Kind.CASES: [make_case(topic="other")],
    }
    publish_releases(engine, {}, other)

    found = diff(client, 1, 2)

    reason = "before: There is no topic other."
    assert found["cases"] == 2
    assert found["uncompared"] == [{"case": "case", "because": reason}]


def test_a_word_that_one_release_does_not_know_is_not_compared(
    engine: Engine, client: TestClient
) -> None:
    knowing = {
        Kind.FINDINGS: [make_finding("hiccups")],
        Kind.CASES: [make_case(profile={"has": ["hiccups"]})],
    }
    publish_releases(engine, knowing, {})

    found = diff(client, 1, 2)

    reason = "after: The profile names what is not there: /has/0."
    assert found["changed"] == []
    assert found["uncompared"] == [{"case": "case", "because": reason}]


@pytest.mark.parametrize(
    ("before", "after"),
    [(1, 3), (3, 1), (3, 3), (1, 10**30)],
    ids=["after", "before", "both", "a huge number"],
)
def test_a_release_that_is_not_there_is_not_found(
    reader: TestClient, before: int, after: int
) -> None:
    problem = read_problem(ask(reader, before, after), 404)

    assert problem["detail"] == "There is no such release."


@pytest.mark.parametrize("sent", ["0", "-1", "1.5", "newest"])
def test_what_is_no_number_of_a_release_is_refused(
    reader: TestClient, sent: str
) -> None:
    pointer, detail = read_fault(ask(reader, 1, sent))

    assert pointer == "/path/after"
    assert detail.endswith(".")


def test_a_diff_takes_nothing_from_the_query(reader: TestClient) -> None:
    assert read_fault(ask(reader, 1, "2?topic=other"))[0] == "/query"


def test_there_is_no_diff_before_the_first_release(client: TestClient) -> None:
    read_problem(ask(client, 1, 1), 503)


def test_a_diff_that_the_client_has_already_comes_without_a_body(
    reader: TestClient,
) -> None:
    first = ask(reader, 1, 2)

    tag = first.headers["etag"]
    again = ask(reader, 1, 2, **{"if-none-match": tag})

    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == tag
    assert again.headers["library-release"] == "2"
    assert ask(reader, 2, 1).headers["etag"] != tag


def test_the_shipped_library_compares_every_case_with_itself(
    seeded_client: TestClient, seed_bundle: Bundle
) -> None:
    found = diff(seeded_client, 1, 1)

    assert found["cases"] == len(seed_bundle.cases)
    assert found["changed"] == found["uncompared"] == []
