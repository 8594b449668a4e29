"""An answer that explains itself: the same answer, and what every rule says."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.engine.guide import Guide
from app.fields import VerdictWord
from tests.api.asking import RECOMMENDATIONS, Json, read_fault
from tests.factories import Data

EMERGENCY: Data = {"has": ["saddle-numbness"]}
PROFILES: dict[str, Data] = {
    "nothing told": {},
    "an emergency": EMERGENCY,
    "not sure of an emergency": {"not_sure": ["saddle-numbness"]},
    "out of the topic's scope": {"age": 15},
    "a positive block": {"age": 58, "measures": {"block-relief-percent": 85}},
    "a contradiction": {"has": ["fever"], "has_not": ["fever"]},
}

every_profile = pytest.mark.parametrize(
    "profile", list(PROFILES.values()), ids=list(PROFILES)
)


def ask(client: TestClient, query: str = "", **profile: Any) -> Json:
    response = client.post(f"{RECOMMENDATIONS}{query}", json={"profile": profile})
    assert response.status_code == 200, response.text
    answer: Json = response.json()
    return answer


def explain(client: TestClient, **profile: Any) -> Json:
    return ask(client, "?explain=true", **profile)


def trace_of(client: TestClient, **profile: Any) -> dict[str, Json]:
    """Return what each rule says, by its id."""
    return {one["rule"]: one for one in explain(client, **profile)["trace"]}


CLUES = ("because", "against")
REASONS = ("because", "cautions", "against")


def reasons_of(answer: Json) -> list[Json]:
    """Return every reason of an answer that a rule of the library gives."""
    urgency, options = answer["urgency"], answer["options"]
    lists = [sign["because"] for sign in urgency["signs"]]
    lists += [cause[name] for cause in answer["causes"] for name in CLUES]
    lists += [option[name] for option in options for name in REASONS]
    given = [reason for reasons in lists for reason in reasons]
    return [one for one in given if one["rule"] != "engine/no-offer"]


@every_profile
def test_an_explained_answer_is_the_same_answer_with_a_trace(
    seeded_client: TestClient, profile: Data
) -> None:
    plain = ask(seeded_client, **profile)

    explained = explain(seeded_client, **profile)

    assert list(explained) == [*plain, "trace"]
    del explained["trace"]
    assert explained == plain


@every_profile
def test_the_trace_has_every_rule_once_by_id(
    seeded_client: TestClient, seed_guide: Guide, profile: Data
) -> None:
    traced = [one["rule"] for one in explain(seeded_client, **profile)["trace"]]

    assert traced == sorted({rule.id for rule in seed_guide.rules})


@every_profile
def test_every_reason_is_a_rule_that_matches_or_an_offer_that_fits(
    seeded_client: TestClient, profile: Data
) -> None:
    explained = explain(seeded_client, **profile)

    verdicts = {one["rule"]: one["verdict"] for one in explained["trace"]}
    reasons = {one["rule"] for one in reasons_of(explained)}
    # An offer fits when its condition matches and nothing is known to call it off.
    unmatched = [one for one in reasons if verdicts[one] != VerdictWord.MATCH]
    assert {verdicts[one] for one in unmatched} <= {VerdictWord.UNKNOWN}
    assert all("/recommend_when/" in one for one in unmatched)
    assert len(unmatched) < len(reasons)


@every_profile
def test_a_rule_that_is_unknown_names_what_it_misses(
    seeded_client: TestClient, profile: Data
) -> None:
    trace = explain(seeded_client, **profile)["trace"]

    assert [
        one["rule"]
        for one in trace
        if one["verdict"] == VerdictWord.UNKNOWN and not one["missing"]
    ] == []


def test_a_rule_that_matches_names_the_facts_that_made_it(
    seeded_client: TestClient,
) -> None:
    rule = "treatments/nsaids/avoid_when/kidney-disease"
    fact = "finding/kidney-disease"

    told, silent, denied = (
        trace_of(seeded_client, **profile)[rule]
        for profile in (
            {"has": ["kidney-disease"]},
            {},
            {"has_not": ["kidney-disease"]},
        )
    )

    assert told == {"rule": rule, "verdict": "match", "facts": [fact], "missing": []}
    assert (silent["verdict"], silent["missing"]) == ("unknown", [fact])
    assert (denied["verdict"], denied["missing"]) == ("no-match", [])


def test_urgency_stays_in_an_explained_answer(seeded_client: TestClient) -> None:
    urgency = explain(seeded_client, **EMERGENCY)["urgency"]

    assert urgency["level"] == "emergency"
    assert urgency["headline"]
    assert urgency["what_to_do"]


@pytest.mark.parametrize("word", ["false", "0"])
def test_an_answer_that_need_not_explain_has_no_trace(
    seeded_client: TestClient, word: str
) -> None:
    plain = seeded_client.post(RECOMMENDATIONS, json={})

    unexplained = seeded_client.post(f"{RECOMMENDATIONS}?explain={word}", json={})

    assert unexplained.content == plain.content


def test_a_past_release_explains_itself_with_the_same_bytes(
    seeded_client: TestClient,
) -> None:
    named, unnamed = (
        seeded_client.post(f"{RECOMMENDATIONS}?explain=true{more}", json={})
        for more in ("&release=1", "")
    )

    assert named.content == unnamed.content
    assert named.headers["cache-control"] == "no-store"
    assert named.json()["trace"]


@pytest.mark.parametrize(
    "sent",
    [
        pytest.param("maybe", id="another word"),
        pytest.param("2", id="another number"),
        pytest.param("", id="nothing"),
        pytest.param("true&explain=true", id="given twice"),
    ],
)
def test_what_is_neither_yes_nor_no_is_refused(
    seeded_client: TestClient, sent: str
) -> None:
    response = seeded_client.post(f"{RECOMMENDATIONS}?explain={sent}", json={})

    assert read_fault(response)[0] == "/query/explain"
