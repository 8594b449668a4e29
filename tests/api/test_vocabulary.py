import pytest
from fastapi.testclient import TestClient

from app.fields import FindingKind
from app.library.bundle import Bundle
from tests.api.asking import get_json, list_slugs, read_fault


@pytest.mark.parametrize("kind", [kind.value for kind in FindingKind])
def test_list_findings_keeps_those_of_a_kind(
    seeded_client: TestClient, seed_bundle: Bundle, kind: str
) -> None:
    page = get_json(seeded_client, f"/v1/findings?limit=100&kind={kind}")

    findings = seed_bundle.findings.values()
    expected = {finding.slug for finding in findings if finding.kind == kind}
    assert {item["slug"] for item in page["items"]} == expected
    assert page["total"] == len(expected)


def test_list_findings_refuses_another_kind(seeded_client: TestClient) -> None:
    response = seeded_client.get("/v1/findings?kind=symptoms")

    pointer, detail = read_fault(response)
    assert pointer == "/query/kind"
    assert detail.startswith("Not a valid word. Nearest: symptom")


def test_get_finding_says_what_it_implies_and_which_screen_asks_it(
    seeded_client: TestClient,
) -> None:
    finding = get_json(seeded_client, "/v1/findings/foot-drop")

    assert finding["implies"] == ["leg-weakness"]
    assert finding["screen"] == "legs-bladder-bowel"
    assert finding["question"].endswith("?")


def test_get_finding_has_no_screen_where_none_asks_it(
    seeded_client: TestClient, seed_bundle: Bundle
) -> None:
    screened = {
        one for screen in seed_bundle.screens.values() for one in screen.findings
    }
    alone = min(set(seed_bundle.findings) - screened)

    assert get_json(seeded_client, f"/v1/findings/{alone}")["screen"] is None


def test_get_measure_gives_its_unit_and_range(seeded_client: TestClient) -> None:
    measure = get_json(seeded_client, "/v1/measures/block-relief-percent")

    assert measure["unit"] == "percent"
    assert (measure["minimum"], measure["maximum"]) == (0, 100)


def test_every_finding_of_a_screen_names_that_screen(
    seeded_client: TestClient,
) -> None:
    screen = get_json(seeded_client, "/v1/screens/legs-bladder-bowel")

    named = {
        get_json(seeded_client, f"/v1/findings/{slug}")["screen"]
        for slug in screen["findings"]
    }
    assert named == {"legs-bladder-bowel"}


def test_get_condition_shows_the_condition_as_it_is_written(
    seeded_client: TestClient,
) -> None:
    slugs = list_slugs(seeded_client, "/v1/conditions")

    conditions = [get_json(seeded_client, f"/v1/conditions/{one}") for one in slugs]

    assert all(len(one["when"]) == 1 and one["description"] for one in conditions)
    assert "nerve-sign" in slugs
