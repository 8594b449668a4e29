from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.engine.guide import Guide
from app.fields import SectionName
from app.library.bundle import Bundle, ancestors
from tests.api.asking import get_json, list_slugs, read_fault

ADDRESS = "/v1/treatments?limit=100"


@pytest.mark.parametrize(
    ("query", "here", "not_here"),
    [
        ("topic=facet-joint-injection", "radiofrequency-ablation", "no-option"),
        ("category=surgery", "lumbar-fusion", "walking"),
        ("part_of=nsaids", "ibuprofen", "nsaids"),
        ("setting=hospital", "lumbar-fusion", "walking"),
        ("max_invasiveness=1", "walking", "lumbar-fusion"),
        ("min_certainty=moderate", "facet-joint-injection", "gabapentinoids"),
        ("benefit=unlikely", "facet-joint-injection", "walking"),
        ("stance=against", "radiofrequency-ablation", "walking"),
        ("jurisdiction=BE", "radiofrequency-ablation", "walking"),
        ("addresses=nerve-root-pressure", "epidural-steroid-injection", "heat"),
    ],
)
def test_list_treatments_takes_every_filter(
    seeded_client: TestClient, query: str, here: str, not_here: str
) -> None:
    found = list_slugs(seeded_client, f"{ADDRESS}&{query}")

    assert here in found
    assert not_here not in found


def test_list_treatments_joins_filters_by_and(
    seeded_client: TestClient, seed_bundle: Bundle
) -> None:
    query = "category=medication&setting=home&part_of=nsaids&benefit=possible"

    found = list_slugs(seeded_client, f"{ADDRESS}&{query}")

    expected = {
        one.slug
        for one in seed_bundle.treatments.values()
        if (one.category, one.setting, one.part_of) == ("medication", "home", "nsaids")
        and one.evidence.benefit == "possible"
    }
    assert set(found) == expected
    assert "ibuprofen" in found


def test_stance_and_jurisdiction_ask_for_one_guideline_that_is_both(
    seeded_client: TestClient, seed_bundle: Bundle
) -> None:
    found = list_slugs(seeded_client, f"{ADDRESS}&stance=against&jurisdiction=UK")

    guidelines = seed_bundle.guidelines
    expected = {
        one.slug
        for one in seed_bundle.treatments.values()
        for position in one.positions
        if position.stance == "against"
        and guidelines[position.guideline].jurisdiction == "UK"
    }
    assert set(found) == expected
    # It has guidelines against it and others of the UK, but none that is both.
    assert "radiofrequency-ablation" not in found


def test_the_links_of_a_filtered_list_keep_the_filters(
    seeded_client: TestClient,
) -> None:
    query = "category=medication&max_invasiveness=2&limit=1"

    response = seeded_client.get(f"/v1/treatments?{query}")

    first, following = response.json(), response.links["next"]["url"]
    second = get_json(seeded_client, following)
    assert second["total"] == first["total"]
    assert second["items"][0]["category"] == "medication"
    assert second["items"] != first["items"]


@pytest.mark.parametrize(
    "query",
    ["category=surgery&setting=home", "topic=no-topic", "addresses=no-cause"],
)
def test_list_treatments_answers_an_empty_page_when_nothing_passes(
    seeded_client: TestClient, query: str
) -> None:
    page = get_json(seeded_client, f"/v1/treatments?{query}")

    assert page == {"items": [], "total": 0, "limit": 20, "offset": 0}


@pytest.mark.parametrize(
    ("query", "pointer", "detail"),
    [
        (
            "category=surgeri",
            "/query/category",
            "Not a valid word. Nearest: surgery.",
        ),
        (
            "setting=x",
            "/query/setting",
            "Not a valid word. Valid: clinic, home, hospital.",
        ),
        (
            "max_invasiveness=5",
            "/query/max_invasiveness",
            "Input should be less than or equal to 4.",
        ),
    ],
)
def test_list_treatments_refuses_a_word_that_is_not_in_the_list(
    seeded_client: TestClient, query: str, pointer: str, detail: str
) -> None:
    response = seeded_client.get(f"/v1/treatments?{query}")

    assert read_fault(response) == (pointer, detail)


@pytest.mark.parametrize("name", ["topic", "part_of", "addresses"])
@pytest.mark.parametrize("slug", ["Not!a-slug", "", "a" * 81])
def test_list_treatments_refuses_what_is_not_a_slug(
    seeded_client: TestClient, name: str, slug: str
) -> None:
    response = seeded_client.get("/v1/treatments", params={name: slug})

    pointer, _ = read_fault(response)
    assert pointer == f"/query/{name}"


@pytest.mark.parametrize("key", ["invasiveness", "last_reviewed_on"])
def test_list_treatments_sorts_by_what_is_shown(
    seeded_client: TestClient, key: str
) -> None:
    rising = get_json(seeded_client, f"{ADDRESS}&sort={key}")["items"]
    falling = get_json(seeded_client, f"{ADDRESS}&sort=-{key}")["items"]

    assert [one[key] for one in rising] == sorted(one[key] for one in rising)
    assert [one[key] for one in falling] == [one[key] for one in rising][::-1]


def test_list_treatments_sorts_the_highest_certainty_first(
    seeded_client: TestClient,
) -> None:
    items = get_json(seeded_client, f"{ADDRESS}&sort=certainty")["items"]

    found = list(dict.fromkeys(one["evidence"]["certainty"] for one in items))
    order = ["high", "moderate", "low", "very-low", "none"]
    assert found == [word for word in order if word in found]


def test_get_treatment_answers_every_patient_question(
    seeded_client: TestClient,
) -> None:
    treatment = get_json(seeded_client, "/v1/treatments/radiofrequency-ablation")

    assert set(treatment["sections"]) == {name.value for name in SectionName}


def test_get_treatment_names_its_parts_and_topics(seeded_client: TestClient) -> None:
    treatment = get_json(seeded_client, "/v1/treatments/nsaids")

    assert treatment["parts"] == ["ibuprofen", "naproxen"]
    assert treatment["topics"] == [
        "epidural-steroid-injection",
        "facet-joint-injection",
    ]


def test_get_treatment_names_each_guideline_of_its_positions(
    seeded_client: TestClient,
) -> None:
    treatment = get_json(seeded_client, "/v1/treatments/radiofrequency-ablation")

    [nice] = [one for one in treatment["positions"] if one["guideline"] == "nice-ng59"]
    assert (nice["jurisdiction"], nice["year"]) == ("UK", 2016)
    assert nice["name"]


@pytest.mark.parametrize("list_name", ["avoid_when", "caution_when"])
def test_get_treatment_shows_the_guards_that_it_inherits_with_their_owner(
    seeded_client: TestClient, seed_bundle: Bundle, list_name: str
) -> None:
    part = get_json(seeded_client, "/v1/treatments/ibuprofen")

    above = ancestors(seed_bundle.treatments, "ibuprofen")
    expected = {
        f"treatments/{owner}/{list_name}/{rule.slug}"
        for owner in above
        for rule in getattr(seed_bundle.treatments[owner], list_name)
    }
    assert {rule["id"] for rule in part[f"inherited_{list_name}"]} == expected
    assert f"treatments/nsaids/{list_name}/" in " ".join(sorted(expected))


def test_every_option_of_the_topic_is_listed_once(
    seeded_client: TestClient, seed_guide: Guide
) -> None:
    found = list_slugs(seeded_client, f"{ADDRESS}&topic=facet-joint-injection")

    assert sorted(found) == [option.slug for option in seed_guide.options]


def test_a_treatment_that_is_part_of_nothing_inherits_nothing(
    seeded_client: TestClient,
) -> None:
    walking: dict[str, Any] = get_json(seeded_client, "/v1/treatments/walking")

    assert walking["part_of"] is None
    assert walking["inherited_avoid_when"] == []
