import pytest
from fastapi.testclient import TestClient

from app.library.bundle import Bundle
from tests.api.asking import get_json, list_slugs, read_fault

ADDRESS = "/v1/failure-causes?limit=100"


def test_list_failure_causes_keeps_those_of_a_topic(
    seeded_client: TestClient, seed_bundle: Bundle
) -> None:
    found = list_slugs(seeded_client, f"{ADDRESS}&topic=facet-joint-injection")

    topic = seed_bundle.topics["facet-joint-injection"]
    assert sorted(found) == sorted(topic.failure_causes)


def test_list_failure_causes_keeps_those_that_point_to_a_treatment(
    seeded_client: TestClient, seed_bundle: Bundle
) -> None:
    found = list_slugs(seeded_client, f"{ADDRESS}&points_to=radiofrequency-ablation")

    expected = {
        cause.slug
        for cause in seed_bundle.failure_causes.values()
        for one in cause.points_to
        if one.treatment == "radiofrequency-ablation"
    }
    assert set(found) == expected
    assert 0 < len(expected) < len(seed_bundle.failure_causes)


@pytest.mark.parametrize("query", ["topic=no-topic", "points_to=no-treatment"])
def test_list_failure_causes_answers_an_empty_page_when_nothing_passes(
    seeded_client: TestClient, query: str
) -> None:
    page = get_json(seeded_client, f"/v1/failure-causes?{query}")

    assert (page["items"], page["total"]) == ([], 0)


@pytest.mark.parametrize("name", ["topic", "points_to"])
def test_list_failure_causes_refuses_what_is_not_a_slug(
    seeded_client: TestClient, name: str
) -> None:
    response = seeded_client.get("/v1/failure-causes", params={name: "Not a slug"})

    pointer, _ = read_fault(response)
    assert pointer == f"/query/{name}"


def test_get_failure_cause_shows_its_clues_and_how_to_check_it(
    seeded_client: TestClient,
) -> None:
    cause = get_json(seeded_client, "/v1/failure-causes/nerve-root-pressure")

    clues = [*cause["clues_for"], *cause["clues_against"]]
    assert {"has": "leg-pain"} in [clue["when"] for clue in clues]
    assert all(clue["because"] and clue["sources"] for clue in clues)
    assert cause["how_to_check"]
    assert cause["in_topics"] == ["facet-joint-injection"]


def test_every_treatment_that_a_cause_points_to_is_addressed_by_it(
    seeded_client: TestClient,
) -> None:
    cause = get_json(seeded_client, "/v1/failure-causes/nerve-root-pressure")

    found = list_slugs(
        seeded_client, "/v1/treatments?limit=100&addresses=nerve-root-pressure"
    )

    assert set(found) == {one["treatment"] for one in cause["points_to"]}
