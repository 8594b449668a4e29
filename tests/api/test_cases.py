from fastapi.testclient import TestClient

from app.library.bundle import Bundle
from tests.api.asking import advise, follow, get_json


def test_list_cases_lists_every_case_with_why_it_is_kept(
    seeded_client: TestClient, seed_bundle: Bundle
) -> None:
    pages = list(follow(seeded_client, "/v1/cases?limit=25", "next"))

    cases = [case for page in pages for case in page.json()["items"]]
    assert {case["slug"] for case in cases} == set(seed_bundle.cases)
    assert all(case["because"] for case in cases)


def test_get_case_shows_the_profile_and_the_advice_that_it_must_get(
    seeded_client: TestClient,
) -> None:
    case = get_json(seeded_client, "/v1/cases/kidney-disease")

    assert [one["finding"] for one in case["profile"]["has"]] == ["kidney-disease"]
    assert case["expect"]["options"]["nsaids"] == ["avoid"]
    assert case["expect"]["level"] == "routine"


def test_the_profile_of_a_case_can_be_asked_as_it_is_served(
    seeded_client: TestClient,
) -> None:
    cases = get_json(seeded_client, "/v1/cases?limit=25")["items"]

    for case in cases:
        urgency = advise(seeded_client, **case["profile"])["urgency"]

        expected = case["expect"]["level"], case["expect"]["could_be"]
        assert (urgency["level"], urgency["could_be"]) == expected, case["slug"]
