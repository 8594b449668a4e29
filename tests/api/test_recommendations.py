"""What the advice must hold to over HTTP, on the library that we ship."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.engine.guide import Guide
from app.library.bundle import Bundle, ancestors
from tests.api.asking import RECOMMENDATIONS, Json, advise, option_in

TOPIC = "facet-joint-injection"
RFA = "radiofrequency-ablation"
SURGERY = (
    "facet-fusion",
    "lumbar-fusion",
    "lumbar-decompression",
    "minimally-invasive-spine-surgery",
)
OLD_SADDLE = {"finding": "saddle-numbness", "since_days": 700, "trend": "unchanged"}
FAILED = {"facet-joint-injection": "no-help"}


def standings(advice: Json) -> set[str]:
    return {option["standing"] for option in advice["options"]}


def rules_of(option: Json) -> list[str]:
    return [reason["rule"] for reason in option["because"]]


@pytest.mark.parametrize("asked", [{"profile": {}}, {}], ids=["empty", "left out"])
def test_an_empty_profile_is_routine_and_rules_no_emergency_out(
    seeded_client: TestClient, asked: Json
) -> None:
    response = seeded_client.post(RECOMMENDATIONS, json=asked)

    assert response.status_code == 200
    urgency = response.json()["urgency"]
    assert (urgency["level"], urgency["could_be"]) == ("routine", "emergency")
    assert urgency["screening"]["complete"] is False
    assert urgency["headline"].startswith("An emergency is not ruled out yet.")


def test_an_empty_profile_is_recommended_only_what_cannot_harm(
    seeded_client: TestClient, seed_bundle: Bundle
) -> None:
    options = advise(seeded_client)["options"]

    recommended = [one for one in options if one["standing"] == "recommended"]
    treatments = seed_bundle.treatments
    assert "walking" in [one["slug"] for one in recommended]
    for one in recommended:
        lineage = [one["slug"], *ancestors(treatments, one["slug"])]
        assert not any(treatments[slug].avoid_when for slug in lineage)
        assert one["category"] == "self-care"


def test_an_empty_profile_is_first_asked_for_an_emergency(
    seeded_client: TestClient,
) -> None:
    questions = advise(seeded_client)["ask_next"]

    assert questions[0]["could_reveal"] == "emergency"
    assert questions[0]["asks"]


@pytest.mark.parametrize("name", ["has", "has_not", "not_sure"])
def test_an_empty_list_says_nothing(seeded_client: TestClient, name: str) -> None:
    silent = seeded_client.post(RECOMMENDATIONS, json={"profile": {}})
    empty = seeded_client.post(RECOMMENDATIONS, json={"profile": {name: []}})

    assert empty.content == silent.content


@pytest.mark.parametrize(
    "profile",
    [
        pytest.param({"has": ["saddle-numbness"]}, id="nothing more told"),
        pytest.param(
            {"has": [{"finding": "saddle-numbness", "since_days": 2}]},
            id="for two days",
        ),
        pytest.param(
            {"has": [{"finding": "saddle-numbness", "trend": "unchanged"}]},
            id="unchanged since nobody knows when",
        ),
        pytest.param(
            {"has": [{"finding": "saddle-numbness", "since_days": 700}]},
            id="old, and perhaps worse",
        ),
        pytest.param(
            {"has": [{**OLD_SADDLE, "trend": "worse"}]}, id="old and getting worse"
        ),
        pytest.param({"not_sure": ["saddle-numbness"]}, id="not sure of it"),
        pytest.param(
            {"has": [OLD_SADDLE, "bladder-change"]}, id="old, with a new change"
        ),
        pytest.param(
            {"has": ["saddle-numbness"], "age": 15}, id="out of the topic's scope"
        ),
    ],
)
def test_saddle_numbness_is_an_emergency_that_stops_every_option(
    seeded_client: TestClient, profile: dict[str, Any]
) -> None:
    advice = advise(seeded_client, **profile)

    assert advice["urgency"]["level"] == "emergency"
    assert standings(advice) == {"not-now"}
    assert advice["plan"] == advice["ask_next"] == []


def test_old_saddle_numbness_that_does_not_change_is_urgent_and_no_emergency(
    seeded_client: TestClient,
) -> None:
    advice = advise(seeded_client, has=[OLD_SADDLE])

    assert advice["urgency"]["level"] == "urgent"
    assert advice["urgency"]["could_be"] == "emergency"
    assert standings(advice) == {"not-now"}


@pytest.mark.parametrize(
    "tried",
    [FAILED, {**FAILED, RFA: "not-tried"}, {}],
    ids=["injections failed", "ablation never tried", "nothing told"],
)
def test_a_positive_block_offers_ablation_as_the_first_procedure(
    seeded_client: TestClient, tried: dict[str, str]
) -> None:
    advice = advise(seeded_client, measures={"block-relief-percent": 85}, tried=tried)

    procedures = [one for one in advice["options"] if one["category"] == "procedure"]
    assert procedures[0]["slug"] == RFA
    assert procedures[0]["standing"] in ("recommended", "consider")
    assert rules_of(procedures[0]) == [
        f"topics/{TOPIC}/options/{RFA}/recommend_when/block-was-positive"
    ]


def test_ablation_names_guidelines_on_both_sides(seeded_client: TestClient) -> None:
    advice = advise(seeded_client, measures={"block-relief-percent": 85}, tried=FAILED)

    stances = {one["stance"] for one in option_in(advice, RFA)["positions"]}
    assert {"for", "against"} <= stances


def test_ablation_is_recommended_once_its_safety_questions_are_answered(
    seeded_client: TestClient, seed_bundle: Bundle
) -> None:
    profile = seed_bundle.cases["block-relief-85"].profile
    sent = profile.model_dump(mode="json", exclude_none=True)

    advice = advise(seeded_client, **sent)

    assert option_in(advice, RFA)["standing"] == "recommended"
    assert RFA in [slug for step in advice["plan"] for slug in step["treatments"]]


@pytest.mark.parametrize(
    ("percent", "standing"), [(79, "consider"), (60, "consider"), (50, "consider"),
                              (49, "not-now"), (10, "not-now"), (0, "not-now")]
)  # fmt: skip
def test_a_weaker_block_speaks_less_for_ablation(
    seeded_client: TestClient, percent: int, standing: str
) -> None:
    advice = advise(seeded_client, measures={"block-relief-percent": percent})

    option = option_in(advice, RFA)
    assert option["standing"] == standing
    assert not any("recommend_when" in rule for rule in rules_of(option))


@pytest.mark.parametrize("slug", ["nsaids", "ibuprofen", "naproxen"])
@pytest.mark.parametrize("finding", ["kidney-disease", "past-stomach-bleed"])
def test_nsaids_and_their_parts_are_avoided_for_the_reason_of_the_parent(
    seeded_client: TestClient, finding: str, slug: str
) -> None:
    option = option_in(advise(seeded_client, has=[finding]), slug)

    assert option["standing"] == "avoid"
    [reason] = option["because"]
    assert reason["rule"] == f"treatments/nsaids/avoid_when/{finding}"
    assert reason["facts"] == [f"finding/{finding}"]
    assert reason["sources"]


def test_an_epidural_is_considered_for_leg_pain(seeded_client: TestClient) -> None:
    advice = advise(seeded_client, has=["leg-pain"])

    assert option_in(advice, "epidural-steroid-injection")["standing"] == "consider"


@pytest.mark.parametrize(
    "profile",
    [{"has_not": ["leg-pain"]}, {"has_not": ["leg-pain", "leg-numbness"]}, {}],
    ids=["pain in the back only", "nothing in the legs", "not asked"],
)
def test_an_epidural_is_not_for_pain_in_the_back_only(
    seeded_client: TestClient, profile: dict[str, Any]
) -> None:
    advice = advise(seeded_client, **profile)

    assert option_in(advice, "epidural-steroid-injection")["standing"] == "not-now"


@pytest.mark.parametrize("slug", SURGERY)
@pytest.mark.parametrize(
    ("tried", "standing"),
    [
        pytest.param({"physical-therapy": "not-tried"}, "not-now", id="not tried"),
        pytest.param({}, "not-now", id="not told"),
        pytest.param({"physical-therapy": "no-help"}, "consider", id="did not help"),
    ],
)
def test_surgery_comes_after_care_without_it(
    seeded_client: TestClient, slug: str, tried: dict[str, str], standing: str
) -> None:
    advice = advise(
        seeded_client,
        has=["leg-pain", "disc-herniation-on-scan", "unstable-spine"],
        pain={"months": 14},
        tried=tried,
    )

    assert option_in(advice, slug)["standing"] == standing


@pytest.mark.parametrize(
    "profile",
    [{}, {"has": ["saddle-numbness"]}, {"has": ["kidney-disease"]}, {"age": 12}],
    ids=["nothing told", "an emergency", "a contraindication", "out of scope"],
)
def test_every_option_of_the_topic_comes_back_once_with_a_reason(
    seeded_client: TestClient, seed_guide: Guide, profile: dict[str, Any]
) -> None:
    options = advise(seeded_client, **profile)["options"]

    found = sorted(option["slug"] for option in options)
    assert found == [option.slug for option in seed_guide.options]
    assert all(option["because"] for option in options)
