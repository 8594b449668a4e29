from typing import Any

import pytest
from fastapi.testclient import TestClient
from jsonschema import Draft202012Validator

from app.engine.guide import Guide
from app.library.bundle import Bundle
from app.library.profile import normalise
from tests.api.asking import (
    RECOMMENDATIONS,
    Json,
    advise,
    get_json,
    list_slugs,
    read_problem,
)

TOPIC = "facet-joint-injection"
QUESTIONNAIRE = f"/v1/topics/{TOPIC}/questionnaire"


@pytest.fixture(scope="module")
def form(seeded_client: TestClient) -> Json:
    return get_json(seeded_client, QUESTIONNAIRE)


@pytest.fixture(scope="module")
def validator(form: Json) -> Draft202012Validator:
    Draft202012Validator.check_schema(form["profile_schema"])
    return Draft202012Validator(form["profile_schema"])


def test_list_topics_lists_the_default_topic(seeded_client: TestClient) -> None:
    default = get_json(seeded_client, "/v1/meta")["default_topic"]

    assert default in list_slugs(seeded_client, "/v1/topics")


def test_get_topic_shows_every_option_and_when_it_fits(
    seeded_client: TestClient, seed_guide: Guide
) -> None:
    topic = get_json(seeded_client, f"/v1/topics/{TOPIC}")

    options = {option["treatment"]: option for option in topic["options"]}
    assert set(options) == {option.slug for option in seed_guide.options}
    assert options["radiofrequency-ablation"]["recommend_when"]


@pytest.mark.parametrize(
    "name", ["questionnaire", "treatments", "failure_causes", "warning_signs"]
)
def test_the_links_of_a_topic_lead_somewhere(
    seeded_client: TestClient, name: str
) -> None:
    links = get_json(seeded_client, f"/v1/topics/{TOPIC}")["links"]

    assert get_json(seeded_client, links[name])


def test_a_topic_links_to_its_recommendations(seeded_client: TestClient) -> None:
    links = get_json(seeded_client, f"/v1/topics/{TOPIC}")["links"]

    response = seeded_client.post(links["recommendations"], json={"topic": TOPIC})

    assert response.json()["topic"] == TOPIC


def test_the_questionnaire_of_a_topic_that_is_not_there_is_not_found(
    seeded_client: TestClient,
) -> None:
    response = seeded_client.get("/v1/topics/no-topic/questionnaire")

    assert read_problem(response, 404)["detail"] == "There is no such topic."


def test_the_questionnaire_asks_whatever_an_answer_can_miss(
    seeded_client: TestClient, form: Json
) -> None:
    advice = seeded_client.post(RECOMMENDATIONS, json={}).json()
    missing = {fact for option in advice["options"] for fact in option["missing"]}
    missing |= set(advice["urgency"]["screening"]["unanswered"])

    assert missing <= _asked(form)


def _asked(form: Json) -> set[str]:
    """Return the facts that the form asks, as recommendations name them."""
    findings = [one for screen in form["screens"] for one in screen["findings"]]
    measures = [one["path"].removeprefix("measures.") for one in form["measures"]]
    return {
        *(f"finding/{one['slug']}" for one in findings),
        *(
            f"finding/{one['slug']}.{name}"
            for one in findings
            for name in one["qualifiers"]
        ),
        *(f"field/{one['path']}" for one in form["fields"]),
        *(f"measure/{slug}" for slug in measures),
        *(f"tried/{one['slug']}" for one in form["tried"]),
    }


def test_the_questionnaire_asks_for_an_emergency_first(
    seeded_client: TestClient, form: Json
) -> None:
    first = advise(seeded_client)["ask_next"][0]

    assert form["screens"][0]["slug"] == first["slug"]
    assert first["could_reveal"] == "emergency"


def test_the_questionnaire_asks_a_finding_once(form: Json) -> None:
    asked = [one["slug"] for screen in form["screens"] for one in screen["findings"]]

    assert len(asked) == len(set(asked))


def test_the_questionnaire_asks_how_long_where_a_rule_asks_it(form: Json) -> None:
    findings = {
        one["slug"]: one for screen in form["screens"] for one in screen["findings"]
    }

    assert findings["saddle-numbness"]["qualifiers"] == ["since_days", "trend"]
    assert findings["kidney-disease"]["qualifiers"] == []


def test_a_field_has_a_range_or_words(form: Json) -> None:
    fields = {one["path"]: one for one in form["fields"]}

    age, trend = fields["age"], fields["pain.trend"]
    assert (age["minimum"], age["maximum"], age["unit"]) == (0, 120, "years")
    assert trend["words"] == ["worse", "unchanged", "better"]
    assert trend["minimum"] is None


def test_the_schema_accepts_the_profile_of_every_case(
    validator: Draft202012Validator, seed_bundle: Bundle
) -> None:
    refused = [
        case.slug
        for case in seed_bundle.cases.values()
        if not validator.is_valid(normalise(case.profile))
    ]

    assert refused == []


@pytest.mark.parametrize(
    ("profile", "is_valid"),
    [
        pytest.param({}, True, id="nothing"),
        pytest.param({"age": 58, "sex": "female"}, True, id="age and sex"),
        pytest.param({"age": 58.0}, True, id="a whole number with a point"),
        pytest.param({"age": 58.5}, False, id="half a year"),
        pytest.param({"age": True}, False, id="a yes for a number"),
        pytest.param({"age": 300}, False, id="too old"),
        pytest.param({"age": None}, False, id="null"),
        pytest.param({"age": "58"}, False, id="a number as text"),
        pytest.param({"sex": "x"}, False, id="another word"),
        pytest.param({"weight": 80}, False, id="another key"),
        pytest.param({"pain": {"place": "back"}}, False, id="another key of the pain"),
        pytest.param({"last_treatment": {"days_ago": 0.25}}, True, id="six hours"),
        pytest.param({"last_treatment": {"days_ago": -1}}, False, id="in the future"),
        pytest.param({"has": ["leg-pain"]}, True, id="a finding"),
        pytest.param({"has": ["leg-pains"]}, False, id="no finding"),
        pytest.param(
            {"has": [{"finding": "leg-pain", "since_days": 3, "trend": "worse"}]},
            True,
            id="a finding with qualifiers",
        ),
        pytest.param({"has": [{"since_days": 3}]}, False, id="qualifiers alone"),
        pytest.param({"has_not": [{"finding": "leg-pain"}]}, False, id="absent since"),
        pytest.param({"has": ["leg-pain"] * 201}, False, id="201 findings"),
        pytest.param(
            {"not_sure": ["leg-pain.trend", "pain.months", "measures.block-count"]},
            True,
            id="not sure of a trend, a field and a measure",
        ),
        pytest.param({"not_sure": ["weight"]}, False, id="not sure of another thing"),
        pytest.param({"measures": {"block-relief-percent": 80}}, True, id="a measure"),
        pytest.param(
            {"measures": {"block-relief-percent": 101}}, False, id="out of range"
        ),
        pytest.param({"measures": {"height": 1}}, False, id="no measure"),
        pytest.param({"tried": {"walking": "helped"}}, True, id="tried"),
        pytest.param({"tried": {"walking": "yes"}}, False, id="no outcome"),
        pytest.param({"tried": {"magic": "helped"}}, False, id="no treatment"),
    ],
)
def test_the_schema_and_the_api_accept_the_same_profiles(
    seeded_client: TestClient,
    validator: Draft202012Validator,
    profile: dict[str, Any],
    is_valid: bool,  # noqa: FBT001 - it comes from the table
) -> None:
    response = seeded_client.post(RECOMMENDATIONS, json={"profile": profile})

    assert validator.is_valid(profile) is is_valid
    assert response.status_code == (200 if is_valid else 422)
