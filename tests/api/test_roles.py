"""Who may do what: every operation has its rule here, and keeps to it.

A new route must be put under the role that it needs. What changes nothing is open.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import timedelta

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response
from sqlalchemy import Engine

from app.database import write_session
from app.fields import Kind
from app.keys import Key, KeyRole, make_key
from app.queries.keys import revoke_key
from tests.api.asking import LISTS, RECOMMENDATIONS, Json, get_json, read_problem
from tests.api.keys import KEYS, NOW, Clock, store_key
from tests.api.test_openapi import OPERATIONS
from tests.databases import Databases, making_app
from tests.factories import complete, make_bundle
from tests.publishing import PUBLISHED_AT, publish
from tests.queries.library import make_guideline

OPEN = {
    *(f"GET /v1/{kind}" for kind in LISTS),
    *(f"GET /v1/{kind}/{{slug}}" for kind in LISTS),
    "GET /v1/topics/{slug}/questionnaire",
    f"POST {RECOMMENDATIONS}",
    "GET /v1/compare",
    "POST /v1/compare",
    "POST /v1/quotes/verify",
    "GET /v1/releases/{before}/advice-diff/{after}",
    "GET /v1/releases/{number}/changes",
    "GET /v1/changes",
    "GET /v1/bundle",
    "GET /v1/quality",
    "GET /v1/search",
    "GET /v1/meta",
    "GET /healthz",
    "GET /readyz",
}
COMPARED = "walking,facet-joint-injection"
LEAST = {
    "POST /v1/compare": json.dumps({"treatments": COMPARED.split(",")}).encode(),
    "POST /v1/quotes/verify": b'{"text": "Walk."}',
}
"""The least that an operation takes, where that is more than nothing."""
NAMING = {
    "GET /v1/releases",
    "GET /v1/releases/{number}",
    "GET /v1/{kind}/{slug}/revisions",
}
"""Open, but who shows a good key is also told the names of keys."""
TRIED = {
    "POST /v1/releases",
    "POST /v1/releases/{number}/restore",
    "PUT /v1/{kind}/{slug}",
    "DELETE /v1/{kind}/{slug}",
}
"""Open as a trial, which changes nothing; else publishers are let in."""
KEYED: Mapping[KeyRole, set[str]] = {
    KeyRole.EDITOR: set(),
    KeyRole.PUBLISHER: TRIED,
    KeyRole.ADMIN: {f"GET {KEYS}", f"POST {KEYS}", f"DELETE {KEYS}/{{id}}"},
}
PAGES = (
    *("/docs", "/docs/start.js", "/docs/swagger-ui.css"),
    *("/llms.txt", "/metrics", "/openapi.json"),
)
NEEDED = {name: role for role, names in KEYED.items() for name in names}
REFUSED = (
    "no key",
    "an empty header",
    "another scheme",
    "no scheme",
    "what is no key",
    "an unknown key",
    "an id with another secret",
    "a revoked key",
    "an expired key",
    "a key twice",
    "two keys",
)
Headers = list[tuple[str, str]]
ONE_ID: Headers = [("x-request-id", "0f8fad5b-d9cb-469f-a165-70867728950e")]
"""What names all requests alike, so that their answers can be compared."""

every_open_operation = pytest.mark.parametrize("name", sorted(OPEN | NAMING))
every_keyed_operation = pytest.mark.parametrize("name", sorted(NEEDED))
every_tried_operation = pytest.mark.parametrize("name", sorted(TRIED))


@pytest.fixture(scope="module")
def asked_engine(databases: Databases) -> Iterator[Engine]:
    """A database with a release that has an item of every kind."""
    with databases.opened(publish_every_kind) as engine:
        yield engine


def publish_every_kind(engine: Engine) -> None:
    condition = {"slug": "old", "description": "Old.", "when": {"always": True}}
    own = {
        Kind.CONDITIONS: [condition],
        Kind.GUIDELINES: [make_guideline("uk-2016", "UK")],
    }
    publish(engine, make_bundle(complete(own)), at=PUBLISHED_AT)


@pytest.fixture(scope="module")
def asked(asked_engine: Engine) -> Iterator[TestClient]:
    with (
        making_app(asked_engine, clock=Clock()) as app,
        TestClient(app, raise_server_exceptions=False) as client,
    ):
        yield client


@pytest.fixture(scope="module")
def keys(asked_engine: Engine) -> Mapping[KeyRole, Key]:
    return {role: store_key(asked_engine, role) for role in KeyRole}


@pytest.fixture(scope="module")
def refused(asked_engine: Engine, keys: Mapping[KeyRole, Key]) -> Mapping[str, Headers]:
    """The headers that let nobody in, all of them but for a key that would."""
    good, unknown = keys[KeyRole.ADMIN], make_key()
    expired = store_key(asked_engine, name="expired", expires_at=NOW)
    revoked = store_key(asked_engine, name="revoked")
    with write_session(asked_engine) as session:
        revoke_key(session, revoked.id, at=NOW - timedelta(days=1))
    values: tuple[list[str], ...] = (
        [],
        [""],
        [f"Basic {good.text}"],
        [good.text],
        [f"Bearer {good.text}x"],
        [f"Bearer {unknown.text}"],
        [f"Bearer {unknown.text.replace(unknown.id, good.id)}"],
        [f"Bearer {revoked.text}"],
        [f"Bearer {expired.text}"],
        [f"Bearer {good.text}"] * 2,
        [f"Bearer {unknown.text}", f"Bearer {good.text}"],
    )
    headers = [[("authorization", one) for one in several] for several in values]
    return dict(zip(REFUSED, headers, strict=True))


def ask(client: TestClient, name: str, headers: Headers, **query: str) -> Response:
    """Ask for an operation with the least that it takes; what is made fails."""
    method, path = name.replace("{kind}", "treatments").split()
    slug = ""
    if "{slug}" in path:
        [first] = get_json(client, f"/v1/{path.split('/')[2]}?limit=1")["items"]
        slug = first["slug"]
    address = path.format(slug=slug, number=1, before=1, after=1, id="aaaaaaaa")
    body = LEAST.get(name, b"{}") if "requestBody" in OPERATIONS[name] else b""
    sent = [("content-type", "application/json"), *ONE_ID, *headers]
    parameters: list[Json] = OPERATIONS[name].get("parameters", [])
    needed = [one["name"] for one in parameters if is_needed(one)]
    query |= {one: COMPARED if one == "treatments" else "1" for one in needed}
    return client.request(method, address, params=query, content=body, headers=sent)


def is_needed(parameter: Json) -> bool:
    return parameter["in"] == "query" and bool(parameter["required"])


def bear(key: Key) -> Headers:
    return [("authorization", f"Bearer {key.text}")]


def test_every_operation_has_one_rule() -> None:
    rules = [*OPEN, *NAMING, *(name for names in KEYED.values() for name in names)]

    assert sorted(rules) == sorted(OPERATIONS)


@every_open_operation
def test_what_is_open_says_nothing_of_keys(name: str) -> None:
    assert "security" not in OPERATIONS[name]


@every_keyed_operation
def test_what_needs_a_key_says_which_role(name: str) -> None:
    needed = {"apiKey": [NEEDED[name].value]}
    assert OPERATIONS[name]["security"] == ([needed, {}] if name in TRIED else [needed])


@every_open_operation
def test_what_is_open_answers_all_alike(
    asked: TestClient,
    keys: Mapping[KeyRole, Key],
    refused: Mapping[str, Headers],
    name: str,
) -> None:
    without = ask(asked, name, [])

    assert without.status_code == 200
    good = [] if name in NAMING else [bear(key) for key in keys.values()]
    for headers in (*refused.values(), *good):
        with_one = ask(asked, name, headers)
        assert (with_one.status_code, with_one.content, with_one.headers) == (
            without.status_code,
            without.content,
            without.headers,
        )


@every_keyed_operation
@pytest.mark.parametrize("why", REFUSED)
def test_nobody_is_let_in_without_a_good_key(
    asked: TestClient, refused: Mapping[str, Headers], name: str, why: str
) -> None:
    response = ask(asked, name, refused[why])

    assert read_problem(response, 401)["title"] == "Unauthorized"
    assert response.headers["www-authenticate"] == "Bearer"


@every_keyed_operation
@pytest.mark.parametrize("role", KeyRole)
def test_a_role_is_let_in_where_it_is_enough(
    asked: TestClient, keys: Mapping[KeyRole, Key], name: str, role: KeyRole
) -> None:
    response = ask(asked, name, bear(keys[role]))

    if role.includes(NEEDED[name]):
        assert response.status_code not in (401, 403)
        assert response.status_code < 500
    else:
        problem = read_problem(response, 403)
        assert NEEDED[name].value in problem["detail"]


@every_tried_operation
def test_a_trial_answers_all_alike(
    asked: TestClient,
    keys: Mapping[KeyRole, Key],
    refused: Mapping[str, Headers],
    name: str,
) -> None:
    without = ask(asked, name, [], dry_run="true")

    assert without.status_code not in (401, 403, 428)
    assert without.status_code < 500
    for headers in (*refused.values(), *(bear(key) for key in keys.values())):
        with_one = ask(asked, name, headers, dry_run="true")
        assert (with_one.status_code, with_one.content, with_one.headers) == (
            without.status_code,
            without.content,
            without.headers,
        )


@every_tried_operation
@pytest.mark.parametrize(
    "query", ["dry_run=false", "dry_run=1", "dry_run=True", "dry_run=", "dry_run"]
)
def test_what_is_no_trial_needs_a_key(asked: TestClient, name: str, query: str) -> None:
    said = dict([query.partition("=")[::2]])

    read_problem(ask(asked, name, [], **said), 401)


@every_tried_operation
def test_a_trial_said_twice_needs_a_key(asked: TestClient, name: str) -> None:
    method, path = name.split()
    address = path.format(kind="treatments", slug="walking", number=1)

    for twice in ("dry_run=true&dry_run=true", "dry_run=true&dry_run=false"):
        read_problem(asked.request(method, f"{address}?{twice}"), 401)


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize("path", PAGES)
def test_pages_that_are_no_operations_only_read(
    asked: TestClient, method: str, path: str
) -> None:
    assert asked.get(path).status_code == 200
    read_problem(asked.request(method, path), 405)
