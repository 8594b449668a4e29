"""Treatments side by side, for anybody and for one person."""

import pytest
from fastapi.testclient import TestClient

from app.fields import SectionName
from tests.api.asking import RECOMMENDATIONS, Json, get_json

COMPARE = "/v1/compare"
SLUGS = ["exercise-therapy", "nsaids", "wait-and-see"]
TOPIC = "facet-joint-injection"
GIVEN = f"{COMPARE}?treatments={','.join(SLUGS)}"


def test_columns_are_the_treatments_as_asked_and_rows_the_questions(
    seeded_client: TestClient,
) -> None:
    comparison = get_json(seeded_client, f"{GIVEN}&topic={TOPIC}")

    assert [one["slug"] for one in comparison["treatments"]] == SLUGS
    treatments = [get_json(seeded_client, f"/v1/treatments/{one}") for one in SLUGS]
    sections = [row["section"] for row in comparison["rows"]]
    assert sections == list(SectionName)
    for row in comparison["rows"]:
        assert [cell["treatment"] for cell in row["cells"]] == SLUGS
        for cell, treatment in zip(row["cells"], treatments, strict=True):
            section = treatment["sections"][row["section"]]
            assert (cell["text"], cell["sources"] or None) == (
                section["text"],
                section["sources"] or None,
            )


def test_to_wait_and_see_can_always_be_added(seeded_client: TestClient) -> None:
    waiting = get_json(seeded_client, f"{COMPARE}?treatments=nsaids,walking")[
        "wait_and_see"
    ]

    assert not waiting["is_compared"]
    with_waiting = get_json(seeded_client, waiting["links"]["compare"])
    columns = [one["slug"] for one in with_waiting["treatments"]]
    assert columns == ["nsaids", "walking", "wait-and-see"]
    assert with_waiting["wait_and_see"]["is_compared"]


def test_a_comparison_is_kept_like_any_read(seeded_client: TestClient) -> None:
    answer = seeded_client.get(GIVEN)

    headers = {"if-none-match": answer.headers["etag"]}
    assert seeded_client.get(GIVEN, headers=headers).status_code == 304
    assert answer.headers["vary"] == "Accept-Encoding, Accept"
    assert answer.headers["cache-control"].startswith("public")


@pytest.mark.parametrize(
    ("query", "pointer", "detail"),
    [
        ("treatments=nsaids", "/query/treatments", "2 to 6 treatments"),
        (f"treatments={'a,' * 6}a", "/query/treatments", "not 7"),
        ("treatments=nsaids,nsaids", "/query/treatments", "same as number 1"),
        ("treatments=nsaids,walkin", "/query/treatments", "Nearest: walking"),
        ("treatments=nsaids,", "/query/treatments", "Number 2 is not a treatment."),
        ("treatments=nsaids,walking&topic=knee", "/query/topic", "Not a topic."),
        ("treatments=nsaids,walking&length=short", "/query/length", "medium or full"),
        ("topic=facet-joint-injection", "/query/treatments", "It is missing."),
    ],
    ids=lambda given: given[:40],
)
def test_what_cannot_be_compared_is_refused(
    seeded_client: TestClient, query: str, pointer: str, detail: str
) -> None:
    answer = seeded_client.get(f"{COMPARE}?{query}")

    assert answer.status_code == 422
    [error] = answer.json()["errors"]
    assert error["pointer"] == pointer
    assert detail in error["detail"]


def ask(client: TestClient, profile: Json, **query: str) -> Json:
    """Compare for a profile."""
    body = {"treatments": SLUGS, "region": "uk", "profile": profile}
    answer = client.post(COMPARE, json=body, params=query)
    assert answer.status_code == 200, answer.text
    assert answer.headers["cache-control"] == "no-store"
    answered: Json = answer.json()
    return answered


@pytest.mark.parametrize(
    "profile",
    [
        {},
        {"has": ["kidney-disease"], "age": 70},
        {"has": ["saddle-numbness"]},
        {"age": 12},
    ],
    ids=str,
)
def test_for_a_person_every_column_stands_as_in_the_recommendation(
    seeded_client: TestClient, profile: Json
) -> None:
    body = {"region": "uk", "profile": profile}
    advice = seeded_client.post(RECOMMENDATIONS, json=body).json()

    comparison = ask(seeded_client, profile)

    options = {one["slug"]: one for one in advice["options"]}
    for column in comparison["treatments"]:
        option = options[column["slug"]]
        for name in ("standing", "because", "cautions", "against", "missing"):
            assert column[name] == option[name]
    assert comparison["urgency"] == advice["urgency"]
    assert comparison["safety"][0]["text"] == advice["urgency"]["headline"]


@pytest.mark.parametrize("form", ["json", "markdown", "plain"])
@pytest.mark.parametrize("length", ["medium", "full"])
def test_an_emergency_is_in_every_text_of_a_comparison(
    seeded_client: TestClient, form: str, length: str
) -> None:
    profile = {"has": ["saddle-numbness"]}
    urgency = ask(seeded_client, profile)["urgency"]

    query = {"format": form, "length": length}
    body = {"treatments": SLUGS, "region": "uk", "profile": profile}
    said = seeded_client.post(COMPARE, json=body, params=query).text

    for line in (urgency["headline"], *urgency["what_to_do"]):
        assert line in said


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"treatments": ["nsaids"]}, "/treatments"),
        ({"treatments": ["nsaids", "walkin"]}, "/treatments/1"),
        ({"treatments": ["nsaids", "nsaids"]}, "/treatments/1"),
        ({"treatments": SLUGS, "profile": {"has": ["green"]}}, "/profile/has/0"),
        ({"treatments": SLUGS, "topic": "knee"}, "/topic"),
        ({"treatments": SLUGS, "region": "mars"}, "/region"),
        ({}, "/treatments"),
    ],
    ids=str,
)
def test_what_cannot_be_compared_for_a_person_is_refused(
    seeded_client: TestClient, body: Json, pointer: str
) -> None:
    answer = seeded_client.post(COMPARE, json=body)

    assert answer.status_code == 422
    assert [one["pointer"] for one in answer.json()["errors"]] == [pointer]
    assert "green" not in answer.text
