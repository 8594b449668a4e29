"""What a release made different, and what all since a release did."""

import pytest
from fastapi.testclient import TestClient

from app.library.bundle import Bundle
from tests.api.asking import Json, follow, get_json, read_fault
from tests.api.history import RELEASES
from tests.factories import make_bundle

CHANGES = "/v1/changes"
YOGA, WALKING, CHILLS = "treatments/yoga", "treatments/walking", "findings/chills"


def name_all(bundle: Bundle) -> set[str]:
    return {f"{kind.value}/{entry.slug}" for kind, entry in bundle}


def list_changed(client: TestClient, address: str) -> dict[str, str]:
    """Return what became of each item that is listed."""
    items = get_json(client, address)["items"]
    return {f"{one['kind']}/{one['slug']}": one["change"] for one in items}


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        pytest.param(2, {YOGA: "added", CHILLS: "added"}, id="added"),
        pytest.param(3, {YOGA: "changed", CHILLS: "removed"}, id="removed"),
        pytest.param(4, {YOGA: "removed", WALKING: "changed"}, id="changed"),
        pytest.param(5, {YOGA: "added", WALKING: "changed"}, id="back again"),
    ],
)
def test_a_release_lists_what_it_changed(
    past_client: TestClient, number: int, expected: dict[str, str]
) -> None:
    assert list_changed(past_client, f"{RELEASES}/{number}/changes") == expected


def test_the_first_release_adds_everything(past_client: TestClient) -> None:
    changed = list_changed(past_client, f"{RELEASES}/1/changes?limit=100")

    assert changed == dict.fromkeys(name_all(make_bundle()), "added")


def test_what_was_removed_keeps_its_name(past_client: TestClient) -> None:
    page = get_json(past_client, f"{RELEASES}/4/changes")

    assert page["items"][1] == {
        "kind": "treatments",
        "slug": "yoga",
        "name": "Yoga",
        "change": "removed",
        "release": 4,
        "links": {"revisions": "/v1/treatments/yoga/revisions"},
    }


def test_every_change_leads_to_the_revisions_of_its_item(
    past_client: TestClient,
) -> None:
    changes = get_json(past_client, f"{RELEASES}/3/changes")["items"]

    for one in changes:
        assert get_json(past_client, one["links"]["revisions"])["total"] >= 2


@pytest.mark.parametrize(
    ("kind", "expected"),
    [("findings", {CHILLS: "removed"}), ("topics", {})],
)
@pytest.mark.parametrize("address", [f"{RELEASES}/3/changes?", f"{CHANGES}?since=2&"])
def test_changes_are_filtered_by_kind(
    past_client: TestClient, address: str, kind: str, expected: dict[str, str]
) -> None:
    assert list_changed(past_client, f"{address}kind={kind}") == expected


@pytest.mark.parametrize("address", [f"{RELEASES}/1/changes?", f"{CHANGES}?since=0&"])
def test_next_leads_to_every_change_once_by_kind_and_slug(
    past_client: TestClient, address: str
) -> None:
    pages = list(follow(past_client, f"{address}limit=4", "next"))

    items: list[Json] = [one for page in pages for one in page.json()["items"]]
    visited = [(one["kind"], one["slug"]) for one in items]
    assert visited == sorted(set(visited))
    assert len(visited) == pages[0].json()["total"]


@pytest.mark.parametrize(
    ("since", "expected"),
    [
        pytest.param(1, {YOGA: "added"}, id="what came and went is left out"),
        pytest.param(2, {YOGA: "changed", CHILLS: "removed"}, id="what differs"),
        pytest.param(3, {}, id="what is as it was is left out"),
        pytest.param(4, {YOGA: "added", WALKING: "changed"}, id="the last release"),
        pytest.param(5, {}, id="nothing since the present release"),
    ],
)
def test_changes_since_a_release_are_what_differs_now(
    past_client: TestClient, since: int, expected: dict[str, str]
) -> None:
    assert list_changed(past_client, f"{CHANGES}?since={since}") == expected


def test_since_the_beginning_everything_that_is_there_was_added(
    past_client: TestClient,
) -> None:
    changed = list_changed(past_client, f"{CHANGES}?since=0&limit=100")

    assert changed == dict.fromkeys(name_all(make_bundle()) | {YOGA}, "added")


def test_changes_since_name_the_last_release_that_changed_the_item(
    past_client: TestClient,
) -> None:
    page = get_json(past_client, f"{CHANGES}?since=2")

    assert [(one["slug"], one["release"]) for one in page["items"]] == [
        ("chills", 3), ("yoga", 5)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("address", "since", "release"),
    [(f"{CHANGES}?since=2", 2, 5), (f"{RELEASES}/3/changes", 2, 3)],
)
def test_changes_say_which_releases_they_are_between(
    past_client: TestClient, address: str, since: int, release: int
) -> None:
    page = get_json(past_client, address)

    assert list(page) == ["items", "total", "limit", "offset", "since", "release"]
    assert (page["since"], page["release"]) == (since, release)
    assert page["total"] == len(page["items"]) == 2


@pytest.mark.parametrize("since", [6, 10**30], ids=["the next", "a huge number"])
def test_since_a_release_that_is_not_out_the_present_one_is_named(
    past_client: TestClient, since: int
) -> None:
    response = past_client.get(f"{CHANGES}?since={since}")

    detail = "It is not out yet: the present release is 5."
    assert read_fault(response) == ("/query/since", detail)


@pytest.mark.parametrize("query", ["", "?since=-1", "?since=first", "?since="])
def test_changes_need_the_number_of_a_release(
    past_client: TestClient, query: str
) -> None:
    assert read_fault(past_client.get(CHANGES + query))[0] == "/query/since"
