"""Every rule is served with the id that the reasons of a recommendation name it by."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from app.fields import Kind
from app.library.bundle import Bundle
from app.library.profile import normalise
from app.library.rule_lists import list_rules
from tests.api.asking import Json, advise, get_json

RULED_KINDS = (
    Kind.TREATMENTS,
    Kind.FAILURE_CAUSES,
    Kind.WARNING_SIGNS,
    Kind.TOPICS,
)
NO_OFFER = "engine/no-offer"
CASES = (
    "empty-profile",
    "block-relief-85",
    "kidney-disease",
    "cancer-and-weak-leg-for-weeks",
    "leg-pain",
    "many-causes-at-once",
)


def nodes_of(data: object) -> Iterator[Json]:
    if isinstance(data, dict):
        yield data
    for one in data.values() if isinstance(data, dict) else data:  # type: ignore[attr-defined]
        if isinstance(one, dict | list):
            yield from nodes_of(one)


@pytest.fixture(scope="module")
def served_rules(seeded_client: TestClient, seed_bundle: Bundle) -> dict[str, Json]:
    """Every rule of every document that is served, by id."""
    documents = [
        get_json(seeded_client, f"/v1/{kind.value}/{slug}")
        for kind in RULED_KINDS
        for slug in seed_bundle.of_kind(kind)
    ]
    return {
        node["id"]: node
        for document in documents
        for node in nodes_of(document)
        if {"id", "because"} <= node.keys()
    }


def test_every_rule_of_the_library_is_served_under_its_id(
    served_rules: dict[str, Json], seed_bundle: Bundle
) -> None:
    rules = {
        listed.id: listed.rule.because
        for kind, entry in seed_bundle
        for listed in list_rules(kind, entry)
    }

    served = {one: rule["because"] for one, rule in served_rules.items()}

    assert served == rules


@pytest.mark.parametrize("slug", CASES)
def test_every_reason_is_a_rule_that_is_served(
    seeded_client: TestClient,
    served_rules: dict[str, Json],
    seed_bundle: Bundle,
    slug: str,
) -> None:
    profile = normalise(seed_bundle.cases[slug].profile)

    advice = advise(seeded_client, **profile)

    reasons = [node for node in nodes_of(advice) if {"rule", "facts"} <= node.keys()]
    named = {reason["rule"] for reason in reasons} - {NO_OFFER}
    assert named
    assert named <= served_rules.keys()
