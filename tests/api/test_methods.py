"""What an address refuses for its method names all the methods that it has."""

import pytest
from fastapi.testclient import TestClient

from tests.api.asking import RECOMMENDATIONS, read_problem
from tests.api.test_openapi import DOCUMENT

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "BREW")
ADDRESSES = sorted(
    {
        path.format(
            kind="treatments", slug="walking", number=1, before=1, after=1, id="a"
        )
        for path in DOCUMENT["paths"]
    }
)


@pytest.mark.parametrize(
    ("method", "address", "allow"),
    [
        ("GET", RECOMMENDATIONS, "POST"),
        ("HEAD", RECOMMENDATIONS, "POST"),
        ("PUT", RECOMMENDATIONS, "POST"),
        ("POST", "/v1/treatments", "GET, HEAD"),
        ("PATCH", "/v1/treatments/walking", "DELETE, GET, HEAD, PUT"),
        ("PATCH", "/v1/releases", "GET, HEAD, POST"),
        ("GET", "/v1/releases/1/restore", "POST"),
        ("PUT", "/v1/keys", "GET, HEAD, POST"),
        ("PUT", "/v1/keys/abcd2345", "DELETE"),
        ("DELETE", "/v1/quotes/verify", "POST"),
        ("PUT", "/v1/releases/1", "GET, HEAD"),
        ("PATCH", "/healthz", "GET, HEAD"),
        ("PUT", "/openapi.json", "GET, HEAD"),
        ("BREW", "/v1/meta", "GET, HEAD"),
    ],
)
def test_another_method_is_refused_and_the_right_ones_named(
    small_client: TestClient, method: str, address: str, allow: str
) -> None:
    response = small_client.request(method, address)

    assert response.status_code == 405
    assert response.headers["allow"] == allow
    if method != "HEAD":
        problem = read_problem(response, 405)
        assert problem["title"] == "Method Not Allowed"


@pytest.mark.parametrize("address", ADDRESSES)
def test_only_the_methods_that_are_named_are_not_refused(
    small_client: TestClient, address: str
) -> None:
    named = small_client.request("BREW", address).headers["allow"].split(", ")

    answers = {one: small_client.request(one, address) for one in METHODS}

    assert named == sorted(
        one for one, answer in answers.items() if answer.status_code != 405
    )
