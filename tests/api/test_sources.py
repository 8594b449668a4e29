from fastapi.testclient import TestClient

from tests.api.asking import follow, get_json


def all_items(client: TestClient, address: str) -> list[dict[str, object]]:
    return [
        item
        for page in follow(client, address, "next")
        for item in page.json()["items"]
    ]


def test_every_guideline_rests_on_a_listed_reference(
    seeded_client: TestClient,
) -> None:
    references = all_items(seeded_client, "/v1/references?limit=100")
    guidelines = all_items(seeded_client, "/v1/guidelines?limit=100")

    listed = {one["slug"] for one in references}
    assert {one["reference"] for one in guidelines} <= listed


def test_every_reference_says_how_it_was_read(seeded_client: TestClient) -> None:
    references = all_items(seeded_client, "/v1/references?limit=100&fields=seen")

    assert {one["seen"] for one in references} <= {"read", "secondary", "recalled"}


def test_references_are_listed_by_title(seeded_client: TestClient) -> None:
    titles = [
        str(one["title"]) for one in all_items(seeded_client, "/v1/references?limit=90")
    ]

    assert titles == sorted(titles)


def test_get_reference_gives_what_finds_the_source(seeded_client: TestClient) -> None:
    reference = get_json(seeded_client, "/v1/references/cohen-2020")

    assert reference["year"] == 2020
    assert reference["doi"] or reference["pmid"] or reference["url"]


def test_get_guideline_gives_its_jurisdiction_scope_and_status(
    seeded_client: TestClient,
) -> None:
    guideline = get_json(seeded_client, "/v1/guidelines/nice-ng59")

    assert (guideline["jurisdiction"], guideline["year"]) == ("UK", 2016)
    assert guideline["scope"]
    assert guideline["status"] == "current"
