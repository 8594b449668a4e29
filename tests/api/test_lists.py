"""What holds for every list; what a list adds is in the file of its resource."""

from itertools import pairwise

import pytest
from fastapi.testclient import TestClient

from tests.api.asking import (
    LISTS,
    follow,
    get_json,
    list_slugs,
    read_fault,
    read_problem,
)

pytestmark = pytest.mark.parametrize("kind", LISTS)
SHARED = {"limit", "offset", "fields", "sort"}
PARAMETERS = {
    "treatments": {
        "topic",
        "category",
        "part_of",
        "setting",
        "max_invasiveness",
        "min_certainty",
        "benefit",
        "stance",
        "jurisdiction",
        "addresses",
        "q",
    },
    "failure-causes": {"topic", "points_to", "q"},
    "warning-signs": {"topic", "urgency", "q"},
    "findings": {"kind"},
}


def count(client: TestClient, kind: str) -> int:
    total: int = get_json(client, f"/v1/{kind}?limit=1")["total"]
    return total


def test_a_list_is_a_page_with_its_total(seeded_client: TestClient, kind: str) -> None:
    page = get_json(seeded_client, f"/v1/{kind}")

    assert list(page) == ["items", "total", "limit", "offset"]
    assert (page["limit"], page["offset"]) == (20, 0)
    assert len(page["items"]) == min(20, page["total"])


def test_next_leads_to_every_item_once(seeded_client: TestClient, kind: str) -> None:
    total = count(seeded_client, kind)
    limit = total // 3 or 1

    pages = follow(seeded_client, f"/v1/{kind}?limit={limit}", "next")

    visited = [item["slug"] for page in pages for item in page.json()["items"]]
    assert len(visited) == len(set(visited)) == total


def test_prev_leads_from_the_last_page_to_the_first(
    seeded_client: TestClient, kind: str
) -> None:
    total = count(seeded_client, kind)
    limit = total // 3 or 1
    first = seeded_client.get(f"/v1/{kind}?limit={limit}")

    pages = list(follow(seeded_client, first.links["last"]["url"], "prev"))

    assert pages[-1].content == first.content
    offsets = [page.json()["offset"] for page in pages]
    assert all(later - earlier == limit for later, earlier in pairwise(offsets))


def test_the_first_page_has_no_prev_and_the_last_no_next(
    seeded_client: TestClient, kind: str
) -> None:
    total = count(seeded_client, kind)

    first = seeded_client.get(f"/v1/{kind}?limit=1")
    last = seeded_client.get(f"/v1/{kind}?limit=1&offset={total - 1}")

    assert "prev" not in first.links
    assert "next" not in last.links
    assert ("next" in first.links) == ("prev" in last.links) == (total > 1)


def test_an_offset_beyond_the_end_is_an_empty_page(
    seeded_client: TestClient, kind: str
) -> None:
    total = count(seeded_client, kind)

    response = seeded_client.get(f"/v1/{kind}?limit=1&offset={total + 5}")

    assert response.status_code == 200
    assert response.json() == {
        "items": [], "total": total, "limit": 1, "offset": total + 5
    }  # fmt: skip
    assert "next" not in response.links
    assert response.links["prev"]["url"] == response.links["last"]["url"]


def test_every_listed_item_is_found_under_its_link(
    seeded_client: TestClient, kind: str
) -> None:
    cards = get_json(seeded_client, f"/v1/{kind}?limit=5")["items"]

    for card in cards:
        assert card["links"]["self"] == f"/v1/{kind}/{card['slug']}"
        item = get_json(seeded_client, card["links"]["self"])
        assert card.items() <= item.items()


def test_fields_of_a_list_may_name_whatever_the_item_has(
    seeded_client: TestClient, kind: str
) -> None:
    [card] = get_json(seeded_client, f"/v1/{kind}?limit=1")["items"]
    item = get_json(seeded_client, f"/v1/{kind}/{card['slug']}")

    fields = ",".join(item)
    [chosen] = get_json(seeded_client, f"/v1/{kind}?limit=1&fields={fields}")["items"]

    assert chosen == item


@pytest.mark.parametrize("fields", ["links", "slug,links", "links,links", " links "])
def test_fields_selects_and_always_keeps_the_slug(
    seeded_client: TestClient, kind: str, fields: str
) -> None:
    address = f"/v1/{kind}?limit=2&fields={fields}"

    items = get_json(seeded_client, address)["items"]

    assert all(set(item) == {"slug", "links"} for item in items)


def test_fields_selects_from_an_item_too(seeded_client: TestClient, kind: str) -> None:
    [slug] = list_slugs(seeded_client, f"/v1/{kind}?limit=1")

    item = get_json(seeded_client, f"/v1/{kind}/{slug}?fields=links")

    assert item == {"slug": slug, "links": item["links"]}


@pytest.mark.parametrize("place", ["list", "item"])
def test_an_unknown_field_is_refused_with_near_choices(
    seeded_client: TestClient, kind: str, place: str
) -> None:
    [slug] = list_slugs(seeded_client, f"/v1/{kind}?limit=1")
    address = f"/v1/{kind}" if place == "list" else f"/v1/{kind}/{slug}"

    response = seeded_client.get(f"{address}?fields=slug,linkz")

    pointer, detail = read_fault(response)
    assert pointer == "/query/fields"
    assert detail.startswith("Not a field. Nearest: links")


def test_a_list_sorts_both_ways(seeded_client: TestClient, kind: str) -> None:
    rising = list_slugs(seeded_client, f"/v1/{kind}?limit=100&sort=slug")
    falling = list_slugs(seeded_client, f"/v1/{kind}?limit=100&sort=-slug")

    assert rising == sorted(rising)
    assert falling == sorted(falling, reverse=True)


def test_links_keep_what_was_asked(seeded_client: TestClient, kind: str) -> None:
    total = count(seeded_client, kind)
    asked = "limit=1&fields=links&sort=-slug"

    response = seeded_client.get(f"/v1/{kind}?{asked}&offset={total - 1}")

    assert response.links["first"]["url"].startswith(f"/v1/{kind}?")
    first = seeded_client.get(response.links["first"]["url"])
    assert first.content == seeded_client.get(f"/v1/{kind}?{asked}").content


def test_an_unknown_sort_is_refused_with_the_valid_ones(
    seeded_client: TestClient, kind: str
) -> None:
    response = seeded_client.get(f"/v1/{kind}?sort=best")

    pointer, detail = read_fault(response)
    assert pointer == "/query/sort"
    assert "'name', '-name'" in detail


def test_an_unknown_parameter_is_refused_and_the_valid_ones_are_named(
    seeded_client: TestClient, kind: str
) -> None:
    response = seeded_client.get(f"/v1/{kind}?zzz=1")

    valid = ", ".join(sorted(SHARED | PARAMETERS.get(kind, set())))
    assert read_fault(response) == ("/query", f"Unknown parameter. Valid: {valid}.")


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        pytest.param("limit=0", "limit", id="no item a page"),
        pytest.param("limit=101", "limit", id="too many a page"),
        pytest.param("limit=ten", "limit", id="a word"),
        pytest.param("offset=-1", "offset", id="before the start"),
        pytest.param("offset=100001", "offset", id="too far"),
        pytest.param(f"fields={'links,' * 100}", "fields", id="too long a list"),
    ],
)
def test_a_parameter_out_of_range_is_refused(
    seeded_client: TestClient, kind: str, query: str, parameter: str
) -> None:
    response = seeded_client.get(f"/v1/{kind}?{query}")

    pointer, _ = read_fault(response)
    assert pointer == f"/query/{parameter}"


def test_an_item_that_is_not_there_is_not_found(
    seeded_client: TestClient, kind: str
) -> None:
    response = seeded_client.get(f"/v1/{kind}/not-there")

    problem = read_problem(response, 404)
    assert problem["detail"] == f"There is no such {kind.removesuffix('s')}."


def test_fields_of_an_item_are_refused_where_they_are_too_long(
    seeded_client: TestClient, kind: str
) -> None:
    [slug] = list_slugs(seeded_client, f"/v1/{kind}?limit=1")

    response = seeded_client.get(f"/v1/{kind}/{slug}?fields={'links,' * 100}")

    assert read_fault(response)[0] == "/query/fields"
