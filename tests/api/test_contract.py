"""What is served has the shape that the OpenAPI document promises."""

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response
from jsonschema import Draft202012Validator

from tests.api.asking import LISTS, RECOMMENDATIONS, Json, list_slugs
from tests.api.publishing import YOGA, Writer
from tests.api.test_openapi import DOCUMENT


@pytest.fixture(scope="module")
def document(seeded_client: TestClient) -> Json:
    contract: Json = seeded_client.get("/openapi.json").json()
    return contract


def mistakes(document: Json, path: str, response: Response) -> list[str]:
    """Return where an answer breaks the schema of its path, method and status."""
    method = response.request.method.lower()
    documented = document["paths"][path][method]["responses"]
    content = documented[str(response.status_code)]["content"]
    media_type = response.headers["content-type"]
    schema = content[media_type]["schema"]
    # Of an item only a part may come, but only if `fields` chooses it.
    [whole, *_] = schema.get("anyOf", [schema])
    schema = {**whole, "components": document["components"]}
    return [
        f"{error.json_path}: {error.message[:200]}"
        for error in Draft202012Validator(schema).iter_errors(response.json())
    ]


@pytest.mark.parametrize("query", ["limit=100", "limit=100&fields=slug"])
@pytest.mark.parametrize("kind", LISTS)
def test_a_list_keeps_its_contract(
    seeded_client: TestClient, document: Json, kind: str, query: str
) -> None:
    response = seeded_client.get(f"/v1/{kind}?{query}")

    assert mistakes(document, f"/v1/{kind}", response) == []


@pytest.mark.parametrize("kind", LISTS)
def test_every_item_keeps_its_contract(
    seeded_client: TestClient, document: Json, kind: str
) -> None:
    for slug in list_slugs(seeded_client, f"/v1/{kind}?limit=100"):
        response = seeded_client.get(f"/v1/{kind}/{slug}")

        assert mistakes(document, f"/v1/{kind}/{{slug}}", response) == [], slug


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("/v1/meta", "/v1/meta"),
        ("/healthz", "/healthz"),
        ("/readyz", "/readyz"),
        (
            "/v1/topics/facet-joint-injection/questionnaire",
            "/v1/topics/{slug}/questionnaire",
        ),
        ("/v1/releases", "/v1/releases"),
        ("/v1/releases/1", "/v1/releases/{number}"),
        ("/v1/releases/1/changes?limit=100", "/v1/releases/{number}/changes"),
        ("/v1/changes?since=0", "/v1/changes"),
        ("/v1/library/whatnext/revisions", "/v1/{kind}/{slug}/revisions"),
        ("/v1/bundle", "/v1/bundle"),
        ("/v1/treatments/walking?length=short", "/v1/treatments/{slug}"),
        ("/v1/compare?treatments=walking,nsaids", "/v1/compare"),
        ("/v1/compare?treatments=walking,nsaids&length=medium", "/v1/compare"),
        ("/v1/compare?treatments=walking", "/v1/compare"),
        ("/v1/treatments/no-treatment", "/v1/treatments/{slug}"),
        ("/v1/treatments?zzz=1", "/v1/treatments"),
    ],
)
def test_a_read_keeps_its_contract(
    seeded_client: TestClient, document: Json, address: str, path: str
) -> None:
    response = seeded_client.get(address)

    assert mistakes(document, path, response) == []


@pytest.mark.parametrize(
    "profile",
    [
        {},
        {"has": ["saddle-numbness"]},
        {"has": ["kidney-disease"], "has_not": ["kidney-disease"], "age": 15},
        {"age": 300},
    ],
    ids=["nothing told", "an emergency", "a contradiction", "a mistake"],
)
def test_a_recommendation_keeps_its_contract(
    seeded_client: TestClient, document: Json, profile: Json
) -> None:
    response = seeded_client.post(RECOMMENDATIONS, json={"profile": profile})

    assert mistakes(document, RECOMMENDATIONS, response) == []


@pytest.mark.parametrize(
    ("operation", "path", "body", "status"),
    [
        ("POST /v1/releases", "/v1/releases", {"mode": "merge"}, 200),
        ("POST /v1/releases", "/v1/releases", {"mode": "whole"}, 422),
        ("POST /v1/releases/1/restore", "/v1/releases/{number}/restore", None, 200),
        ("POST /v1/releases/9/restore", "/v1/releases/{number}/restore", None, 404),
        ("PUT /v1/treatments/yoga", "/v1/{kind}/{slug}", YOGA, 201),
        ("PUT /v1/treatments/yoga", "/v1/{kind}/{slug}", {}, 422),
        ("DELETE /v1/treatments/walking", "/v1/{kind}/{slug}", None, 409),
        ("DELETE /v1/treatments/yoga", "/v1/{kind}/{slug}", None, 404),
    ],
)
def test_a_write_keeps_its_contract(
    writer: Writer, operation: str, path: str, body: Json | None, status: int
) -> None:
    method, address = operation.split()

    response = writer.client.request(method, address, json=body, headers=writer.tag())

    assert response.status_code == status
    assert mistakes(DOCUMENT, path, response) == []


def test_a_restored_release_keeps_its_contract(writer: Writer) -> None:
    writer.put("/v1/treatments/yoga", YOGA)

    response = writer.restore(1)

    assert response.status_code == 201
    assert mistakes(DOCUMENT, "/v1/releases/{number}/restore", response) == []
