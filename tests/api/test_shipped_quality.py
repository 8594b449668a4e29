"""What the library that we ship keeps to, and what editors still have to do."""

from fastapi.testclient import TestClient

from app.library.bundle import Bundle
from tests.api.asking import get_json
from tests.api.quality import AS_OF, list_criteria, list_marks


def test_of_what_we_ship_only_notices_are_not_met(seeded_client: TestClient) -> None:
    unmet = list_marks(seeded_client, f"{AS_OF}&outcome=not-met")

    assert {one["criterion"] for one in unmet} == {
        "benefits-and-harms-even",
        "clinical-sign-off",
        "uncertainty-stated",
    }


def test_of_what_we_ship_no_clinician_has_signed_anything_off(
    seeded_client: TestClient, seed_bundle: Bundle
) -> None:
    unmet = list_marks(
        seeded_client, f"{AS_OF}&outcome=not-met&criterion=clinical-sign-off"
    )

    assert {one["slug"] for one in unmet} == set(seed_bundle.treatments)


def test_of_what_we_ship_every_criterion_finds_something(
    seeded_client: TestClient,
) -> None:
    criteria = list_criteria(seeded_client, AS_OF)

    assert [slug for slug, one in criteria.items() if not one["met"]] == [
        "clinical-sign-off"
    ]
    assert 2 < criteria["reading-grade-aim"]["average"] < 6


def test_a_treatment_says_that_nobody_reviewed_it_and_shows_its_figures(
    seeded_client: TestClient, seed_bundle: Bundle
) -> None:
    measured = [one for one in seed_bundle.treatments.values() if one.evidence.figures]

    assert measured
    for one in measured:
        shown = get_json(seeded_client, f"/v1/treatments/{one.slug}")
        assert shown["reviewed_by"] is None
        assert shown["evidence"] == one.evidence.model_dump(mode="json")
