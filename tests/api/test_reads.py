"""Reads can be kept by caches, and be asked for by any page."""

import pytest
from fastapi.testclient import TestClient

from tests.api.asking import ORIGIN, RECOMMENDATIONS

READS = (
    "/v1/treatments",
    "/v1/treatments?fields=name",
    "/v1/treatments/walking",
    "/v1/treatments/walking?fields=name",
    "/v1/topics/facet-joint-injection/questionnaire",
    "/v1/quality?as_of=2026-11-22",
    "/v1/releases",
    "/v1/releases/1",
    "/v1/releases/1/changes",
    "/v1/changes?since=1",
    "/v1/treatments/walking/revisions",
    "/v1/bundle",
    "/v1/meta",
)


@pytest.mark.parametrize("address", READS)
def test_a_read_says_how_long_it_may_be_kept_and_what_it_is_of(
    small_client: TestClient, address: str
) -> None:
    headers = small_client.get(address).headers

    assert headers["cache-control"] == "public, max-age=60, stale-while-revalidate=60"
    assert headers["last-modified"] == "Sun, 22 Nov 2026 09:30:00 GMT"
    assert headers["library-release"] == "1"
    assert headers["content-type"] == "application/json"


@pytest.mark.parametrize("address", READS)
def test_a_read_that_the_client_has_already_comes_without_a_body(
    small_client: TestClient, address: str
) -> None:
    first = small_client.get(address)

    again = small_client.get(address, headers={"if-none-match": first.headers["etag"]})

    assert (again.status_code, again.content) == (304, b"")
    for name in ("etag", "cache-control", "last-modified", "library-release"):
        assert again.headers[name] == first.headers[name]


@pytest.mark.parametrize(
    ("if_none_match", "status"),
    [
        pytest.param("{tag}", 304, id="the tag"),
        pytest.param("W/{tag}", 304, id="the tag made weak"),
        pytest.param('"other", {tag}', 304, id="last in a list"),
        pytest.param('{tag},W/"other"', 304, id="first in a list"),
        pytest.param("*", 304, id="any"),
        pytest.param('"other"', 200, id="another tag"),
        pytest.param("", 200, id="nothing"),
        pytest.param("x{tag}", 200, id="more than the tag"),
    ],
)
def test_if_none_match_is_compared_weakly(
    small_client: TestClient, if_none_match: str, status: int
) -> None:
    tag = small_client.get("/v1/treatments/walking").headers["etag"]

    response = small_client.get(
        "/v1/treatments/walking",
        headers={"if-none-match": if_none_match.format(tag=tag)},
    )

    assert response.status_code == status


@pytest.mark.parametrize(
    ("moment", "status"),
    [
        pytest.param("Sun, 22 Nov 2026 09:30:00 GMT", 304, id="the same moment"),
        pytest.param("Sun, 22 Nov 2026 09:30:01 GMT", 304, id="later"),
        pytest.param("Sun, 22 Nov 2026 10:30:00 +0100", 304, id="of another zone"),
        pytest.param("Sun, 22 Nov 2026 09:29:59 GMT", 200, id="earlier"),
        pytest.param("Sun, 22 Nov 2026 10:30:01 +0200", 200, id="earlier elsewhere"),
        pytest.param("Sun, 22 Nov 2099 09:30:00", 200, id="of no zone"),
        pytest.param("Sun, 22 Nov 2099 09:30:00 -0000", 200, id="of a zone unsaid"),
        pytest.param("yesterday", 200, id="a word"),
        pytest.param("Sun, 42 Nov 2099 09:30:00 GMT", 200, id="no day"),
        pytest.param("", 200, id="nothing"),
    ],
)
def test_if_modified_since_is_compared_with_the_release(
    small_client: TestClient, moment: str, status: int
) -> None:
    response = small_client.get(READS[2], headers={"if-modified-since": moment})

    assert response.status_code == status


@pytest.mark.parametrize(
    ("if_none_match", "moment", "status"),
    [
        pytest.param('"other"', "Sun, 22 Nov 2099 09:30:00 GMT", 200, id="another"),
        pytest.param("*", "Sun, 22 Nov 1999 09:30:00 GMT", 304, id="the same"),
    ],
)
def test_a_tag_wins_over_a_moment(
    small_client: TestClient, if_none_match: str, moment: str, status: int
) -> None:
    headers = {"if-none-match": if_none_match, "if-modified-since": moment}

    response = small_client.get(READS[2], headers=headers)

    assert response.status_code == status


def test_tags_are_strong_and_differ_where_bodies_do(small_client: TestClient) -> None:
    tags = [small_client.get(address).headers["etag"] for address in READS]

    assert all(tag.startswith('"') for tag in tags)
    assert len(set(tags)) == len(READS)


@pytest.mark.parametrize(
    ("address", "method"), [(READS[0], "GET"), (RECOMMENDATIONS, "POST")]
)
def test_a_browser_may_ask_from_any_page(
    small_client: TestClient, address: str, method: str
) -> None:
    asked = {
        **ORIGIN,
        "access-control-request-method": method,
        "access-control-request-headers": "content-type",
    }

    response = small_client.options(address, headers=asked)

    assert response.status_code == 200
    assert response.headers["access-control-allow-origin"] == "*"
    assert method in response.headers["access-control-allow-methods"]
    assert "content-type" in response.headers["access-control-allow-headers"]


def test_a_browser_may_read_the_headers_of_an_answer(small_client: TestClient) -> None:
    response = small_client.get(READS[0], headers=ORIGIN)

    exposed = response.headers["access-control-expose-headers"].split(", ")
    assert {"ETag", "Last-Modified", "Library-Release", "Link"} <= set(exposed)
    assert response.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in response.headers


@pytest.mark.parametrize(
    ("address", "body"),
    [("/nope", b""), (RECOMMENDATIONS, b"{"), (RECOMMENDATIONS, b" " * 70_000)],
    ids=["not found", "not JSON", "too large"],
)
def test_a_browser_may_read_a_problem(
    small_client: TestClient, address: str, body: bytes
) -> None:
    headers = {**ORIGIN, "content-type": "application/json"}

    response = small_client.post(address, content=body, headers=headers)

    assert response.status_code >= 400
    assert response.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize("address", [*READS, "/healthz", "/readyz"])
def test_head_answers_as_get_without_the_body(
    small_client: TestClient, address: str
) -> None:
    one_id = {"x-request-id": "0f8fad5b-d9cb-469f-a165-70867728950e"}
    whole = small_client.get(address, headers=one_id)

    head = small_client.head(address, headers=one_id)

    assert (head.status_code, head.content) == (200, b"")
    assert head.headers == whole.headers


@pytest.mark.parametrize(
    ("address", "status"), [("/nope", 404), (RECOMMENDATIONS, 405)]
)
def test_head_is_refused_where_get_is(
    small_client: TestClient, address: str, status: int
) -> None:
    response = small_client.head(address)

    assert (response.status_code, response.content) == (status, b"")
    assert response.headers["content-type"] == "application/problem+json"
