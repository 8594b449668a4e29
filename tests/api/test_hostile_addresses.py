"""Whatever stands in an address or in headers: it is answered, and never a crash."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from tests.api.asking import LISTS, read_problem
from tests.api.hostile import collide
from tests.api.publishing import publish_small
from tests.databases import Databases, making_app

MANY = 5_000
SLUGS = {
    "half of a character": "%ed%a0%80",
    "no UTF-8": "%ff%fe",
    "U+0000": "walking%00",
    "a line break": "walking%0d%0aX-Header:%20x",
    "up": "..%2f..%2fetc%2fpasswd",
    "up, as it is": "../../../etc/passwd",
    "up, twice encoded": "%252e%252e%252fetc",
    "another system's way up": "..%5c..%5cwindows",
    "an encoded slash": "walking%2fx",
    "a semicolon": "walking;a=b",
    "SQL": "walking'%20OR%201=1--",
    "a wildcard": "walk%25",
    "a template": "{{7*7}}${7*7}",
    "digits of another script": "\u0661\u0662",
    "a letter that looks alike": "w\u0430lking",
    "an emoji": "\U0001f6b6",
    "very long": "a" * 50_000,
    "spaces": "%20%20",
}
TEXTS = {
    "half of a character": "%ed%a0%80",
    "no UTF-8": "%ff%fe",
    "U+0000": "%00",
    "U+0000 in a word": "walk%00ing",
    "no end of an encoding": "%",
    "no digits of an encoding": "%zz",
    "a very long text": "a" * 50_000,
    "an integer of 5,001 digits": "1" + "0" * 5_000,
    "a number beyond all floats": "1e999",
    "not a number": "NaN",
    "less than nothing": "-1",
    "a list": "[]",
    "nothing": "",
}
PARAMETERS = (
    "/v1/search?q=",
    "/v1/treatments?q=",
    "/v1/treatments?topic=",
    "/v1/treatments?limit=",
    "/v1/treatments?max_invasiveness=",
    "/v1/treatments?fields=",
    "/v1/treatments?sort=",
    "/v1/compare?treatments=",
    "/v1/changes?since=",
    "/v1/bundle?release=",
    "/v1/quality?as_of=",
    "/v1/releases/",
    "/v1/releases/1/advice-diff/",
)


@pytest.fixture(scope="module")
def client(databases: Databases) -> Iterator[TestClient]:
    """A client of an application that serves the small library."""
    with (
        databases.opened(publish_small) as engine,
        making_app(engine) as app,
        TestClient(app, raise_server_exceptions=False) as client,
    ):
        yield client


@pytest.mark.parametrize("slug", SLUGS.values(), ids=SLUGS)
def test_a_hostile_slug_is_not_there(client: TestClient, slug: str) -> None:
    for kind in LISTS[:4]:
        for address in (f"/v1/{kind}/{slug}", f"/v1/{kind}/{slug}/revisions"):
            response = client.get(address)

            assert response.status_code in (404, 422), address
            read_problem(response, response.status_code)


@pytest.mark.parametrize("slug", SLUGS.values(), ids=SLUGS)
@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_a_hostile_slug_is_not_written(
    client: TestClient, method: str, slug: str
) -> None:
    address = f"/v1/treatments/{slug}?dry_run=true"

    response = client.request(method, address, json={} if method == "PUT" else None)

    assert response.status_code in (404, 405, 422)
    read_problem(response, response.status_code)


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
@pytest.mark.parametrize("parameter", PARAMETERS)
def test_a_hostile_parameter_is_answered(
    client: TestClient, parameter: str, text: str
) -> None:
    response = client.get(f"{parameter}{text}")

    # There may be words among it, and nothing found is no mistake.
    if response.status_code != 200:
        assert response.status_code in (404, 422), response.text[:300]
        read_problem(response, response.status_code)


@pytest.mark.parametrize("text", ["%00", "walk%00ing", "%ed%a0%80x%00"])
@pytest.mark.parametrize("address", ["/v1/search", "/v1/treatments"])
def test_words_with_u0000_are_refused(
    client: TestClient, address: str, text: str
) -> None:
    problem = read_problem(client.get(f"{address}?q={text}"), 422)

    assert [one["pointer"] for one in problem["errors"]] == ["/query/q"]


@pytest.mark.parametrize(
    "query",
    [
        pytest.param("&".join(f"p{n}=1" for n in range(MANY)), id="all unknown"),
        pytest.param("&".join(["limit=1"] * MANY), id="one of them again and again"),
        pytest.param("&" * MANY, id="none between them"),
        pytest.param("&".join(["x"] * MANY), id="without values"),
        pytest.param("&".join(f"{key}=1" for key in collide(2_000)), id="that collide"),
        pytest.param("limit=1;" * MANY, id="with semicolons"),
    ],
)
@pytest.mark.parametrize("address", ["/v1/treatments", "/v1/search", "/healthz"])
def test_thousands_of_parameters_are_answered(
    client: TestClient, address: str, query: str
) -> None:
    response = client.get(f"{address}?{query}")

    assert response.status_code in (200, 422)
    assert len(response.content) < 20_000


@pytest.mark.parametrize(
    "path",
    [
        pytest.param("/" + "a" * 60_000, id="very long"),
        pytest.param("/a" * 20_000, id="of many parts"),
        pytest.param("/" * 20_000, id="of slashes"),
        pytest.param("/v1/" + "%2e%2e/" * 2_000, id="up and up"),
        pytest.param("/v1/treatments/%2e%2e/%2e%2e/healthz", id="up to another"),
        pytest.param("//evil.example/v1", id="of another host"),
        pytest.param("/v1/%74reatments%2fwalking%2f", id="half encoded"),
    ],
)
def test_a_hostile_path_is_not_there(client: TestClient, path: str) -> None:
    read_problem(client.get(f"http://testserver{path}"), 404)


@pytest.mark.parametrize(
    "headers",
    [
        pytest.param([("accept", "text/plain")] * 200, id="one again and again"),
        pytest.param([(f"x-{n}", "1") for n in range(500)], id="hundreds"),
        pytest.param([("accept", "a/b;q=0.1," * 4_000)], id="a long Accept"),
        pytest.param([("accept", "text/plain;q=1e999,*/*;q=NaN")], id="odd weights"),
        pytest.param([("accept-encoding", "gzip;q=-1, br;q=x" * 2_000)], id="codings"),
        pytest.param([("if-none-match", '"x",' * 10_000)], id="many tags"),
        pytest.param([("if-none-match", '"' * 40_000)], id="quotes"),
        pytest.param([("if-modified-since", "Sun, 99 Foo 99999")], id="no day"),
        pytest.param([("if-modified-since", "1" * 40_000)], id="a long number"),
        pytest.param([("authorization", "Bearer " + "x" * 40_000)], id="a long key"),
        pytest.param([("range", "bytes=0-1," * 4_000)], id="ranges"),
        pytest.param([("cookie", "a=b;" * 10_000)], id="cookies"),
        pytest.param([("x-forwarded-for", "1.2.3.4, " * 4_000)], id="hops"),
        pytest.param([("traceparent", "\xff" * 100)], id="no ASCII"),
    ],
)
def test_hostile_headers_change_nothing(
    client: TestClient, headers: list[tuple[str, str]]
) -> None:
    sent = [(name.encode(), text.encode("latin-1")) for name, text in headers]

    response = client.get("/v1/treatments/walking", headers=sent)

    assert response.status_code == 200
