"""The page for people: it works where nothing else can be reached."""

import re

import pytest
from fastapi.testclient import TestClient

from tests.api.asking import read_problem

PARTS = ("favicon.png", "start.js", "swagger-ui-bundle.js", "swagger-ui.css")


def test_the_page_needs_nothing_from_elsewhere(small_client: TestClient) -> None:
    page = small_client.get("/docs")

    named = re.findall(r'(?:src|href)="([^"]*)"', page.text)
    assert page.headers["content-type"].startswith("text/html")
    assert sorted(named) == [f"docs/{part}" for part in PARTS]
    assert "//" not in page.text.replace("<!DOCTYPE", "")


def test_the_page_is_not_let_ask_elsewhere(small_client: TestClient) -> None:
    policy = small_client.get("/docs").headers["content-security-policy"]

    allowed = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert allowed["default-src"] == "'none'"
    assert allowed["script-src"] == allowed["connect-src"] == "'self'"
    assert allowed["frame-ancestors"] == "'none'"
    assert "http" not in policy


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("coding", ["identity", "gzip", "br"])
def test_every_part_of_it_is_here(
    small_client: TestClient, part: str, coding: str
) -> None:
    address = f"/docs/{part}"
    plain = small_client.get(address, headers={"accept-encoding": "identity"})

    encoded = small_client.get(address, headers={"accept-encoding": coding})

    assert encoded.status_code == 200
    assert encoded.content == plain.content
    assert encoded.headers["cache-control"].startswith("public, max-age=")
    assert encoded.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    ("part", "media_type", "words"),
    [
        ("start.js", "text/javascript", b'url: "openapi.json"'),
        # Else it would ask a service elsewhere what it thinks of the document.
        ("start.js", "text/javascript", b"validatorUrl: null"),
        ("swagger-ui-bundle.js", "text/javascript", b"SwaggerUIBundle"),
        ("swagger-ui.css", "text/css", b".swagger-ui"),
        ("favicon.png", "image/png", b"PNG"),
    ],
)
def test_a_part_is_what_it_says(
    small_client: TestClient, part: str, media_type: str, words: bytes
) -> None:
    response = small_client.get(f"/docs/{part}")

    assert response.headers["content-type"].partition(";")[0] == media_type
    assert words in response.content


@pytest.mark.parametrize(
    "path",
    ["/docs/redoc.standalone.js", "/docs/..%2f__init__.py", "/redoc", "/docs/"],
)
def test_nothing_else_is_there(small_client: TestClient, path: str) -> None:
    read_problem(small_client.get(path), 404)
