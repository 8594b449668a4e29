"""Every answer tells browsers what not to do with it, also one that is kept."""

from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response
from sqlalchemy import Engine, update

from app.cli.server_options import choose_server_options
from app.settings import Settings
from app.tables import Treatment
from tests.api.asking import ORIGIN, RECOMMENDATIONS
from tests.api.keys import KEYS
from tests.api.publishing import RELEASES, publish_small
from tests.databases import Databases, making_app
from tests.live import serving_live
from tests.raw_http import ask_raw

ALWAYS = {
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}
SHARING = "cross-origin-resource-policy"


@pytest.fixture(scope="module")
def small_app(databases: Databases) -> Iterator[FastAPI]:
    """An application that serves the small library."""
    with databases.opened(publish_small) as engine, making_app(engine) as app:
        yield app


@pytest.fixture(scope="module")
def small(small_app: FastAPI) -> Iterator[TestClient]:
    with TestClient(small_app, raise_server_exceptions=False) as client:
        yield client


def read_security(response: Response) -> dict[str, str]:
    """Return those headers; each stands once."""
    names = [*ALWAYS, SHARING]
    found = {name: response.headers.get_list(name) for name in names}
    assert all(len(values) <= 1 for values in found.values())
    return {name: values[0] for name, values in found.items() if values}


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/v1/treatments", 200),
        ("GET", "/v1/treatments?format=plain", 422),
        ("GET", "/v1/treatments/facet-joint-injection?format=plain", 200),
        ("GET", "/v1/bundle", 200),
        ("HEAD", "/v1/treatments", 200),
        ("GET", "/v1/releases", 200),
        ("GET", "/llms.txt", 200),
        ("GET", "/openapi.json", 200),
        ("GET", "/healthz", 200),
        ("GET", "/no/such/place", 404),
        ("PATCH", "/v1/treatments", 405),
        ("POST", RECOMMENDATIONS, 415),
        ("POST", f"{RELEASES}?dry_run=true", 415),
    ],
)
@pytest.mark.parametrize(
    "headers",
    [
        pytest.param({"accept-encoding": "identity"}, id="no page"),
        pytest.param({"accept-encoding": "br", **ORIGIN}, id="a page elsewhere"),
    ],
)
def test_what_is_open_says_so_to_browsers(
    small: TestClient, method: str, path: str, status: int, headers: dict[str, str]
) -> None:
    # The second answer may be one that was kept.
    for _ in range(2):
        response = small.request(method, path, headers=headers)
        assert response.status_code == status
        assert read_security(response) == {**ALWAYS, SHARING: "cross-origin"}


@pytest.mark.parametrize(("method", "path"), [("GET", KEYS), ("POST", RELEASES)])
def test_what_needs_a_key_is_for_no_page_elsewhere(
    small: TestClient, method: str, path: str
) -> None:
    response = small.request(method, path)

    assert response.status_code == 401
    assert read_security(response) == {**ALWAYS, SHARING: "same-origin"}


def test_a_crash_says_it_too(small_app: FastAPI, small: TestClient) -> None:
    guides, small_app.state.guides = small_app.state.guides, None
    response = small.post(RECOMMENDATIONS, json={})
    small_app.state.guides = guides

    assert response.status_code == 500
    assert read_security(response) == {**ALWAYS, SHARING: "cross-origin"}
    assert "Traceback" not in response.text


def test_a_crash_of_what_is_read_most_says_it_too(
    client: TestClient, engine: Engine
) -> None:
    publish_small(engine)
    with engine.begin() as connection:
        connection.execute(update(Treatment).values(document="no JSON"))

    response = client.get("/v1/treatments/walking?fields=name", headers=ORIGIN)

    assert response.status_code == 500
    assert read_security(response) == {**ALWAYS, SHARING: "cross-origin"}
    assert response.headers.get_list("access-control-allow-origin") == ["*"]


def test_what_is_unchanged_has_the_tag_of_what_changed_nothing(
    small: TestClient,
) -> None:
    whole = small.get("/v1/treatments")
    unchanged = small.get(
        "/v1/treatments", headers={"if-none-match": whole.headers["etag"]}
    )

    assert unchanged.status_code == 304
    assert unchanged.headers["etag"] == whole.headers["etag"]


def test_a_server_does_not_say_what_it_is(small_app: FastAPI) -> None:
    options = choose_server_options(Settings())
    with serving_live(small_app, **options) as port:
        answer = ask_raw(port, b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")

    assert b"200 OK" in answer
    assert b"server:" not in answer.lower()
    assert b"strict-transport-security" not in answer


def test_a_server_asks_for_encryption_where_that_is_wanted(small_app: FastAPI) -> None:
    options = choose_server_options(Settings(hsts_seconds=3600))
    with serving_live(small_app, **options) as port:
        answer = ask_raw(port, b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")

    assert b"strict-transport-security: max-age=3600\r\n" in answer


@pytest.mark.parametrize(
    ("trusted", "counted"),
    [
        pytest.param((), 1, id="whoever asks may say what he likes"),
        pytest.param(("127.0.0.1",), 2, id="a proxy says for whom it asks"),
    ],
)
def test_only_a_trusted_proxy_says_for_whom_it_asks(
    databases: Databases, trusted: tuple[str, ...], counted: int
) -> None:
    options = choose_server_options(Settings(trusted_proxies=trusted))
    with (
        databases.opened() as engine,
        making_app(engine, rate_limit="1/day") as app,
        serving_live(app, **options) as port,
    ):
        answers = [
            ask_raw(
                port,
                b"GET /nothing HTTP/1.1\r\nHost: localhost\r\n"
                b"X-Forwarded-For: 192.0.2.9, %s\r\n\r\n" % address,
            )
            for address in (b"198.51.100.1", b"198.51.100.2", b"198.51.100.1")
        ]

    assert sum(b"404 Not Found" in one for one in answers) == counted
