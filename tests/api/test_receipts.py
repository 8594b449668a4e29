"""The same question gets the same bytes, and a receipt that only it gets."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.library.bundle import Bundle
from tests.api.asking import RECOMMENDATIONS, advise

PROFILE: dict[str, Any] = {
    "age": 58,
    "has": ["leg-pain", {"finding": "kidney-disease", "since_days": 700}],
    "has_not": ["fever", "foot-drop"],
    "measures": {"block-relief-percent": 60},
    "tried": {"walking": "partly", "physical-therapy": "no-help"},
}


def turn_round(data: Any) -> Any:
    """Return the same profile with its keys and lists the other way round."""
    if isinstance(data, dict):
        return {key: turn_round(data[key]) for key in reversed(data)}
    return (
        [turn_round(one) for one in reversed(data)] if isinstance(data, list) else data
    )


def test_an_answer_is_not_kept_by_caches(seeded_client: TestClient) -> None:
    response = seeded_client.post(RECOMMENDATIONS, json={"profile": PROFILE})

    assert response.headers["cache-control"] == "no-store"
    assert "etag" not in response.headers


def test_an_answer_names_its_release(seeded_client: TestClient) -> None:
    response = seeded_client.post(RECOMMENDATIONS, json={"profile": PROFILE})

    assert response.headers["library-release"] == "1"
    assert response.json()["release"] == 1


@pytest.mark.parametrize(
    "again",
    [
        pytest.param(PROFILE, id="sent twice"),
        pytest.param(turn_round(PROFILE), id="in another order"),
        pytest.param(
            {**PROFILE, "has_not": ["fever"] * 9 + ["foot-drop"]}, id="repeated"
        ),
        pytest.param({**PROFILE, "pain": {}, "not_sure": []}, id="with empty parts"),
    ],
)
def test_the_same_profile_gets_the_same_bytes(
    seeded_client: TestClient, again: dict[str, Any]
) -> None:
    first = seeded_client.post(RECOMMENDATIONS, json={"profile": PROFILE})

    second = seeded_client.post(RECOMMENDATIONS, json={"profile": again})

    assert second.content == first.content


@pytest.mark.parametrize(
    "other",
    [
        pytest.param({"age": 59}, id="another age"),
        pytest.param({"has_not": ["fever"]}, id="an answer less"),
        pytest.param({"not_sure": ["very-unwell"]}, id="an answer more"),
        pytest.param({"measures": {"block-relief-percent": 61}}, id="another measure"),
        pytest.param({"tried": {"walking": "helped"}}, id="another outcome"),
    ],
)
def test_the_digest_changes_with_the_profile(
    seeded_client: TestClient, other: dict[str, Any]
) -> None:
    digest = advise(seeded_client, **PROFILE)["digest"]

    assert advise(seeded_client, **{**PROFILE, **other})["digest"] != digest


def test_the_digest_changes_with_the_region(seeded_client: TestClient) -> None:
    digest = advise(seeded_client, **PROFILE)["digest"]

    assert advise(seeded_client, region="uk", **PROFILE)["digest"] != digest


def test_the_default_topic_is_the_one_that_is_answered(
    seeded_client: TestClient, seed_bundle: Bundle
) -> None:
    default = seed_bundle.library.default_topic

    named = seeded_client.post(RECOMMENDATIONS, json={"topic": default})

    assert named.content == seeded_client.post(RECOMMENDATIONS, json={}).content
    assert named.json()["topic"] == default


def test_every_answer_carries_the_disclaimer(
    seeded_client: TestClient, seed_bundle: Bundle
) -> None:
    advice = advise(seeded_client)

    assert advice["disclaimer"] == seed_bundle.library.disclaimer
