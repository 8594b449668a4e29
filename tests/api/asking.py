"""How tests ask the API, and what every answer must look like."""

from collections.abc import Iterator
from typing import Any

from fastapi.testclient import TestClient
from httpx2 import Response

Json = dict[str, Any]

LISTS = (
    "topics",
    "treatments",
    "failure-causes",
    "warning-signs",
    "findings",
    "measures",
    "screens",
    "conditions",
    "references",
    "guidelines",
    "cases",
)
RECOMMENDATIONS = "/v1/recommendations"
ORIGIN = {"origin": "https://front.example"}
"""What a browser says for a page of another site."""


def get_json(client: TestClient, address: str) -> Json:
    response = client.get(address)
    assert response.status_code == 200, response.text
    answer: Json = response.json()
    return answer


def list_slugs(client: TestClient, address: str) -> list[str]:
    return [item["slug"] for item in get_json(client, address)["items"]]


def follow(client: TestClient, address: str, relation: str) -> Iterator[Response]:
    """Yield a page and those that its links of this relation lead to, each once."""
    response = client.get(address)
    yield response
    visited = {address}
    while relation in response.links:
        address = response.links[relation]["url"]
        assert address not in visited, f"{relation} goes in a circle"
        visited.add(address)
        response = client.get(address)
        yield response


def advise(client: TestClient, *, region: str | None = None, **profile: Any) -> Json:
    """Return the recommendation for a profile given as keywords."""
    asked: Json = {"profile": profile} | ({"region": region} if region else {})
    include = {"include": "evidence,positions"}
    response = client.post(RECOMMENDATIONS, json=asked, params=include)
    assert response.status_code == 200, response.text
    answer: Json = response.json()
    return answer


def option_in(advice: Json, slug: str) -> Json:
    found: list[Json] = [one for one in advice["options"] if one["slug"] == slug]
    [option] = found
    return option


def read_problem(response: Response, status: int) -> Json:
    """Return a problem that has the shape that all of them have (RFC 9457)."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    assert response.headers["cache-control"] == "no-store"
    problem: Json = response.json()
    assert list(problem) == ["type", "title", "status", "detail", "errors"]
    assert problem["status"] == status
    assert all(list(error) == ["detail", "pointer"] for error in problem["errors"])
    return problem


def read_fault(response: Response) -> tuple[str, str]:
    """Return where the only mistake of a request is, and what is said of it."""
    [error] = read_problem(response, 422)["errors"]
    return error["pointer"], error["detail"]
