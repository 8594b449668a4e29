"""What is asked for beside a profile: a region, a topic, and what options show."""

import pytest
from fastapi.testclient import TestClient

from tests.api.asking import RECOMMENDATIONS, advise, get_json, option_in, read_fault

TOPIC = "facet-joint-injection"
RFA = "radiofrequency-ablation"


@pytest.mark.parametrize(
    ("region", "words"),
    [("uk", "999"), ("us", "911"), (None, "your local emergency number")],
)
def test_a_region_fills_its_emergency_number_in(
    seeded_client: TestClient, region: str | None, words: str
) -> None:
    advice = advise(seeded_client, region=region, has=["saddle-numbness"])

    text = " ".join(advice["urgency"]["what_to_do"])
    assert words in text
    assert "{" not in text


@pytest.mark.parametrize(
    ("include", "included"),
    [
        ("", set()),
        ("?include=evidence", {"evidence"}),
        ("?include=positions,%20evidence", {"evidence", "positions"}),
    ],
)
def test_evidence_and_positions_stand_beside_options_where_they_are_asked_for(
    seeded_client: TestClient, include: str, included: set[str]
) -> None:
    advice = seeded_client.post(f"{RECOMMENDATIONS}{include}", json={}).json()

    for option in advice["options"]:
        beside = {name: option[name] for name in ("evidence", "positions")}
        assert {name for name, told in beside.items() if told is not None} == included
    linked = get_json(seeded_client, advice["options"][0]["links"]["evidence"])
    assert linked.keys() == {"slug", "evidence", "positions"}


def test_what_cannot_be_included_is_refused(seeded_client: TestClient) -> None:
    response = seeded_client.post(f"{RECOMMENDATIONS}?include=prices", json={})

    assert read_fault(response) == (
        "/query/include",
        "Not to be included. Valid: evidence, positions.",
    )


def test_a_region_puts_its_own_guidelines_first_and_hides_none(
    seeded_client: TestClient,
) -> None:
    anywhere = option_in(advise(seeded_client), RFA)["positions"]

    here = option_in(advise(seeded_client, region="uk"), RFA)["positions"]

    own = [one["jurisdiction"] == "UK" for one in here]
    assert own == sorted(own, reverse=True)
    assert own[0]
    assert {str(one) for one in here} == {str(one) for one in anywhere}


@pytest.mark.parametrize(
    ("name", "sent", "detail"),
    [
        ("region", "ukk", "Not a region. Nearest: uk, au, eu."),
        ("topic", "facet-joint", f"Not a topic. Nearest: {TOPIC}."),
    ],
)
def test_an_unknown_region_or_topic_is_refused_with_near_choices(
    seeded_client: TestClient, name: str, sent: str, detail: str
) -> None:
    response = seeded_client.post(RECOMMENDATIONS, json={name: sent})

    assert read_fault(response) == (f"/{name}", detail)
