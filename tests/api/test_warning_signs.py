import pytest
from fastapi.testclient import TestClient

from app.fields import Urgency
from app.library.bundle import Bundle
from tests.api.asking import get_json, list_slugs, read_fault

ADDRESS = "/v1/warning-signs?limit=100"
WORDS = [word.value for word in Urgency]


def test_list_warning_signs_puts_the_most_urgent_first(
    seeded_client: TestClient,
) -> None:
    items = get_json(seeded_client, ADDRESS)["items"]

    ranks = [WORDS.index(item["urgency"]) for item in items]
    assert ranks == sorted(ranks)
    assert {"emergency", "urgent", "soon"} <= {item["urgency"] for item in items}


@pytest.mark.parametrize("urgency", WORDS)
def test_list_warning_signs_keeps_those_of_an_urgency(
    seeded_client: TestClient, seed_bundle: Bundle, urgency: str
) -> None:
    found = list_slugs(seeded_client, f"{ADDRESS}&urgency={urgency}")

    signs = seed_bundle.warning_signs.values()
    assert set(found) == {sign.slug for sign in signs if sign.urgency == urgency}


def test_a_sign_without_topics_holds_for_every_topic_that_there_is(
    seeded_client: TestClient, seed_bundle: Bundle
) -> None:
    found = list_slugs(seeded_client, f"{ADDRESS}&topic=facet-joint-injection")
    nowhere = list_slugs(seeded_client, f"{ADDRESS}&topic=no-topic")

    signs = seed_bundle.warning_signs.values()
    assert {sign.slug for sign in signs if not sign.topics} <= set(found)
    assert nowhere == []


def test_list_warning_signs_refuses_another_urgency(seeded_client: TestClient) -> None:
    response = seeded_client.get("/v1/warning-signs?urgency=high")

    pointer, detail = read_fault(response)
    assert pointer == "/query/urgency"
    assert detail == "Not a valid word. Valid: emergency, routine, soon, urgent."


def test_a_card_of_a_warning_sign_says_what_to_do(seeded_client: TestClient) -> None:
    items = get_json(seeded_client, ADDRESS)["items"]

    assert all(item["what_to_do"] and item["what_to_say"] for item in items)


def test_get_warning_sign_names_no_region(seeded_client: TestClient) -> None:
    sign = get_json(seeded_client, "/v1/warning-signs/cauda-equina")

    text = " ".join(sign["what_to_do"])
    assert "your local emergency number" in text
    assert "{" not in text


def test_get_warning_sign_shows_its_rules_with_reasons_and_sources(
    seeded_client: TestClient,
) -> None:
    sign = get_json(seeded_client, "/v1/warning-signs/cauda-equina")

    assert {"saddle", "bladder"} <= {rule["slug"] for rule in sign["rules"]}
    assert all(rule["because"] and rule["sources"] for rule in sign["rules"])
    assert sign["in_topics"] == ["epidural-steroid-injection", "facet-joint-injection"]
