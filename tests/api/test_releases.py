"""The releases: what was published when, why, and how many items it changed."""

import pytest
from fastapi.testclient import TestClient

from tests.api.asking import follow, get_json, read_fault, read_problem
from tests.api.history import RELEASES
from tests.factories import make_bundle

NEWEST_FIRST = [5, 4, 3, 2, 1]


def test_releases_are_listed_newest_first(past_client: TestClient) -> None:
    page = get_json(past_client, RELEASES)

    assert list(page) == ["items", "total", "limit", "offset"]
    assert [one["number"] for one in page["items"]] == NEWEST_FIRST
    assert (page["total"], page["limit"], page["offset"]) == (5, 20, 0)


def test_a_release_says_what_it_is(past_client: TestClient) -> None:
    release = get_json(past_client, f"{RELEASES}/4")

    assert release.pop("checksum").startswith("sha256:")
    assert release == {
        "number": 4,
        "created_at": "2026-11-25T09:30:00Z",
        "note": "Note 4.",
        "significance": "safety",
        "added": 0,
        "changed": 1,
        "removed": 1,
        "links": {"self": "/v1/releases/4", "changes": "/v1/releases/4/changes"},
    }


@pytest.mark.parametrize(
    ("number", "added", "changed", "removed"),
    [
        pytest.param(1, len(list(make_bundle())), 0, 0, id="the first adds all"),
        pytest.param(2, 2, 0, 0, id="added"),
        pytest.param(3, 0, 1, 1, id="changed and removed"),
        pytest.param(5, 1, 1, 0, id="what comes back is added"),
    ],
)
def test_a_release_counts_what_it_changed(
    past_client: TestClient, number: int, added: int, changed: int, removed: int
) -> None:
    release = get_json(past_client, f"{RELEASES}/{number}")

    counts = (release["added"], release["changed"], release["removed"])
    assert counts == (added, changed, removed)


def test_every_listed_release_is_found_under_its_link(past_client: TestClient) -> None:
    releases = get_json(past_client, RELEASES)["items"]

    for release in releases:
        links = release["links"]
        assert get_json(past_client, links["self"]) == release
        assert get_json(past_client, links["changes"])["release"] == release["number"]


@pytest.mark.parametrize(
    ("significance", "expected"),
    [("safety", [4]), ("clinical", [5, 3, 1]), ("editorial", [2])],
)
def test_releases_are_filtered_by_significance(
    past_client: TestClient, significance: str, expected: list[int]
) -> None:
    address = f"{RELEASES}?significance={significance}"

    page = get_json(past_client, address)

    assert [one["number"] for one in page["items"]] == expected
    assert page["total"] == len(expected)


def test_an_unknown_significance_is_refused_with_the_valid_ones(
    past_client: TestClient,
) -> None:
    response = past_client.get(f"{RELEASES}?significance=great")

    valid = "Not a valid word. Valid: clinical, editorial, safety."
    assert read_fault(response) == ("/query/significance", valid)


def test_next_leads_to_every_release_that_passes_the_filter(
    past_client: TestClient,
) -> None:
    address = f"{RELEASES}?significance=clinical&limit=2"

    pages = list(follow(past_client, address, "next"))

    numbers = [one["number"] for page in pages for one in page.json()["items"]]
    assert numbers == [5, 3, 1]
    assert [len(page.json()["items"]) for page in pages] == [2, 1]


def test_prev_leads_back_to_the_first_page(past_client: TestClient) -> None:
    last = past_client.get(f"{RELEASES}?limit=2").links["last"]["url"]

    pages = list(follow(past_client, last, "prev"))

    assert [page.json()["offset"] for page in pages] == [4, 2, 0]


def test_an_offset_beyond_the_end_is_an_empty_page(past_client: TestClient) -> None:
    page = get_json(past_client, f"{RELEASES}?offset=50")

    assert page == {"items": [], "total": 5, "limit": 20, "offset": 50}


@pytest.mark.parametrize("what", ["", "/changes"])
@pytest.mark.parametrize("number", [6, 10**30], ids=["the next", "a huge number"])
def test_a_release_that_is_not_out_is_not_found(
    past_client: TestClient, number: int, what: str
) -> None:
    response = past_client.get(f"{RELEASES}/{number}{what}")

    assert read_problem(response, 404)["detail"] == "There is no such release."


@pytest.mark.parametrize("what", ["", "/changes"])
@pytest.mark.parametrize("sent", ["0", "-1", "1.5", "newest"])
def test_what_is_no_number_of_a_release_is_refused(
    past_client: TestClient, sent: str, what: str
) -> None:
    pointer, _ = read_fault(past_client.get(f"{RELEASES}/{sent}{what}"))

    assert pointer == "/path/number"


@pytest.mark.parametrize(
    ("address", "valid"),
    [
        (RELEASES, "Valid: limit, offset, significance."),
        (f"{RELEASES}/1", "There are none to choose from."),
        (f"{RELEASES}/1/changes", "Valid: kind, limit, offset."),
        ("/v1/changes?since=1", "Valid: kind, limit, offset, since."),
        ("/v1/treatments/yoga/revisions", "Valid: limit, offset."),
    ],
)
def test_an_unknown_parameter_of_history_is_refused(
    past_client: TestClient, address: str, valid: str
) -> None:
    response = past_client.get(f"{address}{'&' if '?' in address else '?'}zzz=1")

    assert read_fault(response) == ("/query", f"Unknown parameter. {valid}")
