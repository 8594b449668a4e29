"""The library in one page for language models."""

import re

from fastapi.testclient import TestClient

from tests.api.asking import get_json

LINK = re.compile(r"^- \[(?P<name>[^\]]+)\]\((?P<address>[^)]+)\)", re.MULTILINE)


def test_every_text_is_named_with_an_address_that_leads_to_it(
    seeded_client: TestClient,
) -> None:
    page = seeded_client.get("/llms.txt")

    assert page.headers["content-type"] == "text/plain; charset=utf-8"
    addresses = [found["address"] for found in LINK.finditer(page.text)]
    items = [one for one in addresses if one.endswith("?format=markdown")]
    for kind in ("treatments", "failure-causes", "warning-signs", "topics"):
        total = get_json(seeded_client, f"/v1/{kind}?limit=1")["total"]
        assert sum(one.startswith(f"/v1/{kind}/") for one in items) == total
    for address in items:
        answer = seeded_client.get(address)
        assert answer.status_code == 200, address
        assert answer.headers["content-type"].startswith("text/markdown")


def test_it_begins_as_such_pages_do_and_says_what_it_is_not(
    seeded_client: TestClient,
) -> None:
    meta = get_json(seeded_client, "/v1/meta")

    lines = seeded_client.get("/llms.txt").text.splitlines()

    assert lines[0] == f"# {meta['title']}"
    assert lines[2].startswith("> General information")
    assert lines[4].startswith("This is general information. It is not a diagnosis")


def test_it_is_kept_like_any_read(seeded_client: TestClient) -> None:
    tag = seeded_client.get("/llms.txt").headers["etag"]

    unchanged = seeded_client.get("/llms.txt", headers={"if-none-match": tag})

    assert unchanged.status_code == 304
