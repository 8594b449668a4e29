"""One item as each release left it."""

import pytest
from fastapi.testclient import TestClient

from app.content.log import FORMAT
from tests.api.asking import follow, get_json, read_fault, read_problem
from tests.api.history import YOGA
from tests.factories import make_bundle

CHILLS = "/v1/findings/chills"


def test_revisions_are_listed_newest_first(past_client: TestClient) -> None:
    page = get_json(past_client, f"{YOGA}/revisions")

    assert list(page) == ["items", "total", "limit", "offset"]
    assert [(one["release"], one["change"]) for one in page["items"]] == [
        (5, "added"), (4, "removed"), (3, "changed"), (2, "added")
    ]  # fmt: skip


def test_revisions_show_the_item_as_each_release_left_it(
    past_client: TestClient,
) -> None:
    items = get_json(past_client, f"{YOGA}/revisions")["items"]

    documents = [one["document"] for one in items]
    assert [one and one["summary"] for one in documents] == [
        "Two.", None, "Two.", "One."
    ]  # fmt: skip


def test_a_revision_says_when_and_why(past_client: TestClient) -> None:
    revision = get_json(past_client, f"{YOGA}/revisions")["items"][1]

    assert revision == {
        "release": 4,
        "created_at": "2026-11-25T09:30:00Z",
        "note": "Note 4.",
        "significance": "safety",
        "change": "removed",
        "format": FORMAT,
        "document": None,
    }


def test_a_document_is_the_entry_that_was_published(past_client: TestClient) -> None:
    [first] = get_json(past_client, "/v1/topics/facet-joint-injection/revisions")[
        "items"
    ]

    entry = make_bundle().topics["facet-joint-injection"]
    assert first["document"] == entry.model_dump(mode="json", exclude_none=True)


def test_an_item_that_was_removed_still_has_its_revisions(
    past_client: TestClient,
) -> None:
    gone = past_client.get(CHILLS)

    revisions = get_json(past_client, f"{CHILLS}/revisions")["items"]

    assert gone.status_code == 404
    assert [one["change"] for one in revisions] == ["removed", "added"]


def test_an_item_of_every_kind_has_revisions(past_client: TestClient) -> None:
    for kind, entry in make_bundle():
        address = f"/v1/{kind.value}/{entry.slug}/revisions"

        first = get_json(past_client, address)["items"][-1]

        assert (first["release"], first["change"]) == (1, "added"), address
        assert first["document"]["slug"] == entry.slug


def test_next_leads_to_every_revision_once(past_client: TestClient) -> None:
    pages = list(follow(past_client, f"{YOGA}/revisions?limit=3", "next"))

    assert [len(page.json()["items"]) for page in pages] == [3, 1]
    releases = [one["release"] for page in pages for one in page.json()["items"]]
    assert releases == [5, 4, 3, 2]


def test_an_offset_beyond_the_end_is_an_empty_page(past_client: TestClient) -> None:
    page = get_json(past_client, f"{YOGA}/revisions?offset=9")

    assert page == {"items": [], "total": 4, "limit": 20, "offset": 9}


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        pytest.param("treatments/reiki", "treatment", id="never there"),
        pytest.param("treatments/chills", "treatment", id="of another kind"),
        pytest.param("warning-signs/Chills", "warning-sign", id="no slug"),
        pytest.param("library/%00", "library", id="no text to a database"),
    ],
)
def test_what_was_never_there_is_not_found(
    past_client: TestClient, address: str, kind: str
) -> None:
    response = past_client.get(f"/v1/{address}/revisions")

    assert read_problem(response, 404)["detail"] == f"There is no such {kind}."


def test_a_kind_that_there_is_not_is_refused(past_client: TestClient) -> None:
    pointer, _ = read_fault(past_client.get("/v1/articles/yoga/revisions"))

    assert pointer == "/path/kind"
