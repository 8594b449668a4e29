"""One success of every operation and one problem of every status, by a real library.

What is sent are the examples of the OpenAPI document itself.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from fastapi.testclient import TestClient
from httpx2 import Response
from sqlalchemy import Engine
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.content.check import Checked
from app.keys import KeyRole
from tests.api.asking import RECOMMENDATIONS, Json
from tests.api.keys import KEYS, bearer, store_key
from tests.api.publishing import RELEASES, Writer
from tests.api.test_openapi import DOCUMENT
from tests.databases import making_app
from tests.publishing import PUBLISHED_AT, publish

KEY_ID = "abcd2345"
"""Stands for the id of the key that is made, which is random."""


@dataclass(frozen=True)
class Asked:
    """What an operation is asked for, besides its body."""

    query: str = ""
    path: Mapping[str, Any] = field(default_factory=dict)


def _slug(slug: str) -> Asked:
    return Asked(path={"slug": slug})


_MEASURE = {"kind": "measures", "slug": "walking-minutes"}
_ONE = Asked("?limit=1")

WRITES: dict[str, Asked] = {
    "create_release": Asked(),
    "put_item": Asked("?note=Ask+in+minutes.", _MEASURE),
    "delete_item": Asked(path=_MEASURE),
    "restore_release": Asked(path={"number": 3}),
    "create_key": Asked(),
    "revoke_key": Asked(path={"id": KEY_ID}),
    "list_keys": _ONE,
}
"""What needs a key, in this order."""

ASKED: dict[str, Asked] = WRITES | {
    "get_health": Asked(),
    "get_readiness": Asked(),
    "get_meta": Asked(),
    "get_bundle": Asked(),
    "list_quality_marks": _ONE,
    "create_recommendation": Asked(),
    "list_search_hits": Asked("?q=numb+down+below&limit=1"),
    "list_topics": _ONE,
    "get_topic": _slug("facet-joint-injection"),
    "get_questionnaire": _slug("facet-joint-injection"),
    "list_treatments": Asked("?category=injection&limit=1"),
    "get_treatment": _slug("radiofrequency-ablation"),
    "get_comparison": Asked("?treatments=nsaids,wait-and-see"),
    "create_comparison": Asked(),
    "verify_quotes": Asked(),
    "list_failure_causes": _ONE,
    "get_failure_cause": _slug("disc-pain"),
    "list_warning_signs": _ONE,
    "get_warning_sign": _slug("cauda-equina"),
    "list_findings": _ONE,
    "get_finding": _slug("saddle-numbness"),
    "list_measures": _ONE,
    "get_measure": _slug("block-relief-percent"),
    "list_screens": _ONE,
    "get_screen": _slug("allergies"),
    "list_conditions": _ONE,
    "get_condition": _slug("chronic-pain"),
    "list_references": _ONE,
    "get_reference": _slug("nice-ng59-2016"),
    "list_guidelines": _ONE,
    "get_guideline": _slug("nice-ng59"),
    "list_cases": _ONE,
    "get_case": _slug("block-relief-85"),
    "list_releases": _ONE,
    "get_release": Asked(path={"number": 2}),
    "list_release_changes": Asked("?limit=1", {"number": 2}),
    "list_changes": Asked("?since=1&limit=1"),
    "list_revisions": Asked("?limit=1", _MEASURE),
    "get_advice_diff": Asked(path={"before": 1, "after": 2}),
}


def operations() -> dict[str, tuple[str, str, Json]]:
    """Return the method, the path and what is said of each operation, by its id."""
    return {
        operation["operationId"]: (method.upper(), path, operation)
        for path, methods in DOCUMENT["paths"].items()
        for method, operation in methods.items()
    }


def find_body(operation: Json) -> object:
    """Return the example of what to send, none where nothing is sent."""
    if "requestBody" not in operation:
        return None
    schema = operation["requestBody"]["content"]["application/json"]["schema"]
    if "$ref" in schema:
        schema = DOCUMENT["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    [example] = schema["examples"]
    return example


@dataclass(frozen=True)
class Exemplary:
    """What came back: of operations by their id, and of each status of a problem."""

    successes: dict[str, Response]
    unchanged: dict[str, Response]
    problems: dict[int, Response]


def ask_all(engine: Engine, client: TestClient, seed: Checked) -> Exemplary:
    """Ask everything of the library that we ship, which is published here."""
    unready = client.get("/readyz")
    publish(
        engine, seed.bundle, at=PUBLISHED_AT, note="The first release.", checked=seed
    )
    anna = Writer(client, store_key(engine, KeyRole.ADMIN, name="Anna"))
    answers: dict[str, Response] = {}
    for name in ASKED:
        answers[name] = _ask(anna, name, answers.get("create_key"))
    bob = Writer(client, store_key(engine, KeyRole.PUBLISHER, name="Bob"))
    problems = _fail(bob) | {503: unready} | _exceed(engine)
    unchanged = {
        name: client.get(one.request.url, headers={"if-none-match": tag})
        for name, one in answers.items()
        if (tag := one.headers.get("etag"))
    }
    return Exemplary(answers, unchanged, problems | {500: _crash(client)})


def _ask(writer: Writer, name: str, made_key: Response | None) -> Response:
    method, path, operation = operations()[name]
    asked = ASKED[name]
    values = dict(asked.path)
    if KEY_ID in values.values() and made_key is not None:
        values = {"id": made_key.json()["id"]}
    address = path.format(**values) + asked.query
    return writer.client.request(
        method,
        address,
        json=find_body(operation),
        headers=writer.tag() if name in WRITES else None,
    )


def _fail(writer: Writer) -> dict[int, Response]:
    """Return a problem of each status that a request alone can bring about."""
    client, key, tag = writer.client, bearer(writer.key), writer.tag()
    send = partial(client.post, RECOMMENDATIONS)
    found = [
        send(json={"profile": {"age": 300}}),
        send(content=b"\xff", headers={"content-type": "application/json"}),
        send(content="{}", headers={"content-type": "text/plain"}),
        send(content="{" + " " * 70_000 + "}"),
        client.get("/v1/treatments/no-such-treatment"),
        client.get(KEYS),
        client.get(KEYS, headers=key),
        client.delete("/v1/measures/block-count", headers=tag),
        writer.delete("/v1/measures/block-count", against=2),
        client.post(RELEASES, json={"mode": "merge"}, headers=key),
    ]
    return {one.status_code: one for one in found}


def _exceed(engine: Engine) -> dict[int, Response]:
    """Return the problems of who asks too much, and of who sends too slowly."""
    with making_app(engine, rate_limit="1/day") as app:
        limited = TestClient(app)
        found = [limited.get(KEYS) for _ in range(2)]
    with making_app(engine, body_seconds=0.01) as app:
        found.append(TestClient(_sending_slowly(app)).post(RECOMMENDATIONS, json={}))
    return {one.status_code: one for one in found[1:]}


def _sending_slowly(app: ASGIApp) -> ASGIApp:
    async def ask_slowly(scope: Scope, receive: Receive, send: Send) -> None:
        async def receive_late() -> Message:
            await asyncio.sleep(1)
            return await receive()

        await app(scope, receive_late, send)

    return ask_slowly


def _crash(client: TestClient) -> Response:
    """Return what comes from an application that is broken, and leave it so."""
    client.app.state.guides = None  # type: ignore[attr-defined]
    return client.post(RECOMMENDATIONS, json={})
