"""Resources are the articles in full, as the API writes them."""

import json

import mcp_types as types
import pytest
from fastapi.testclient import TestClient
from mcp import Client
from mcp.shared.exceptions import MCPError

from tests.mcp.conversations import Talker, converse


def read(shipped: Talker, uri: str) -> types.TextResourceContents:
    result = converse(shipped.where, lambda client: client.read_resource(uri))
    [content] = result.contents
    assert isinstance(content, types.TextResourceContents)
    assert content.uri == uri
    return content


def refuse(shipped: Talker, uri: str) -> str:
    async def talk(client: Client) -> str:
        with pytest.raises(MCPError) as caught:
            await client.read_resource(uri)
        return str(caught.value)

    return converse(shipped.where, talk)


@pytest.mark.parametrize(
    "address",
    [
        "topics/facet-joint-injection",
        "treatments/walking",
        "failure-causes/disc-pain",
        "warning-signs/cauda-equina",
    ],
)
def test_an_article_is_the_markdown_of_the_api(
    shipped: Talker, seeded_client: TestClient, address: str
) -> None:
    content = read(shipped, f"whatnext://{address}")

    there = seeded_client.get(f"/v1/{address}", params={"format": "markdown"})
    assert content.mime_type == "text/markdown"
    assert content.text == there.text


def test_a_source_is_read_as_the_api_has_it(
    shipped: Talker, seeded_client: TestClient
) -> None:
    content = read(shipped, "whatnext://references/cohen-2020")

    assert content.mime_type == "application/json"
    there = seeded_client.get("/v1/references/cohen-2020")
    assert json.loads(content.text) == there.json()


def test_the_topics_are_listed(shipped: Talker) -> None:
    listed = converse(shipped.where, lambda client: client.list_resources())

    assert [one.uri for one in listed.resources] == [
        "whatnext://topics/epidural-steroid-injection",
        "whatnext://topics/facet-joint-injection",
    ]
    assert all(one.title for one in listed.resources)


@pytest.mark.parametrize(
    ("uri", "said"),
    [
        pytest.param(
            "whatnext://treatments/walkin", "Nearest: walking", id="a near slug"
        ),
        pytest.param("whatnext://topics/knees", "Valid: epidural-", id="another topic"),
        pytest.param(
            "whatnext://warning-signs/x", "Not a warning sign.", id="another sign"
        ),
        pytest.param("whatnext://keys/x", "No such resource.", id="another kind"),
        pytest.param("whatnext://treatments", "Not a treatment.", id="no slug"),
        pytest.param(
            "whatnext://treatments/../keys", "Not a treatment.", id="a way elsewhere"
        ),
        pytest.param(
            "whatnext://treatments/walking?format=json",
            "Not a treatment.",
            id="a query",
        ),
        pytest.param("https://treatments/walking", "No such resource.", id="the web"),
    ],
)
def test_what_is_not_there_is_said(shipped: Talker, uri: str, said: str) -> None:
    assert said in refuse(shipped, uri)
