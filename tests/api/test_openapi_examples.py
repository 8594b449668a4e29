"""Examples of the contract are real, and what it says of answers is what comes.

After a change that is meant: `WRITE_EXAMPLES=1 pytest` with this file, and then write
the contract, as `tests/api/test_openapi.py` says.
"""

import json
import os
import re
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response
from jsonschema import Draft202012Validator

from app.api.examples import EXAMPLES
from app.content.check import Checked
from tests.api.asking import Json
from tests.api.exemplary import ASKED, KEY_ID, Exemplary, ask_all, find_body, operations
from tests.api.keys import Clock
from tests.api.test_openapi import DOCUMENT
from tests.databases import Databases, making_app

# The examples are of one of them.
DATABASES = ("sqlite",)

KEPT: Json = json.loads(EXAMPLES.read_text(encoding="utf-8"))
SCHEMAS: Json = DOCUMENT["components"]["schemas"]

# What HTTP itself says of an answer, and what browsers ask of it.
NOT_OURS = {
    "access-control-allow-origin",
    "access-control-expose-headers",
    "connection",
    "content-encoding",
    "content-length",
    "content-security-policy",
    "content-type",
    "cross-origin-resource-policy",
    "referrer-policy",
    "vary",
    "x-content-type-options",
    "x-frame-options",
}

every_operation = pytest.mark.parametrize("name", operations())


@pytest.fixture(scope="module")
def exemplary(databases: Databases, seed: Checked) -> Exemplary:
    """What comes back from every operation, and every problem that can be made."""
    with (
        databases.opened() as engine,
        making_app(engine, clock=Clock()) as app,
        TestClient(app, raise_server_exceptions=False) as client,
    ):
        found = ask_all(engine, client, seed)
    if os.environ.get("WRITE_EXAMPLES"):
        write_examples(found)
    return found


def write_examples(found: Exemplary) -> None:
    assert all(one.is_success for one in found.successes.values())
    answers = {name: cut(one.json()) for name, one in found.successes.items()}
    answers["create_key"]["key"] = "wn_<id>_<secret>"
    answers["list_keys"]["items"][0]["id"] = KEY_ID
    for name in ("create_key", "revoke_key"):
        answers[name]["id"] = KEY_ID
    # Readers of the document would look up in it what an inner schema refers to.
    for name in ("$defs", "properties"):
        del answers["get_questionnaire"]["profile_schema"][name]
    kept = {
        "operations": {
            name: {"path": dict(ASKED[name].path), "answer": answer}
            for name, answer in sorted(answers.items())
        },
        "problems": {
            str(status): cut(one.json())
            for status, one in sorted(found.problems.items())
        },
    }
    text = json.dumps(kept, ensure_ascii=False, indent=1)
    EXAMPLES.write_text(f"{text}\n", encoding="utf-8")


def cut(value: Any) -> Any:
    """Return an answer of whose lists only the first is left, or two words."""
    if isinstance(value, dict):
        return {key: cut(one) for key, one in value.items()}
    if not isinstance(value, list):
        return value
    are_words = all(isinstance(one, str) for one in value)
    return [cut(one) for one in value[: 2 if are_words else 1]]


def mistakes(schema: Json, example: object, *, is_closed: bool = False) -> list[str]:
    """Return where an example breaks its schema, or has what a closed one does not."""
    schemas = {name: close(one) for name, one in SCHEMAS.items()}
    components = {"schemas": schemas if is_closed else SCHEMAS}
    validator = Draft202012Validator(
        {**schema, "components": components},
        format_checker=Draft202012Validator.FORMAT_CHECKER,
    )
    return [f"{one.json_path}: {one.message}" for one in validator.iter_errors(example)]


def close(schema: Json) -> Json:
    is_open = "properties" in schema and "additionalProperties" not in schema
    return {**schema, "additionalProperties": False} if is_open else schema


def list_examples(part: Any, place: str = "") -> Iterator[tuple[str, Json, object]]:
    """Yield every example of the document with its place and its schema."""
    if isinstance(part, list):
        part = dict(enumerate(part))
    if not isinstance(part, dict):
        return
    shown, schema = part.get("examples", []), part.get("schema", part)
    named = DOCUMENT["components"]["examples"]
    for one in shown:
        # A media type refers to its examples, a schema has them.
        yield place, schema, named[one]["value"] if isinstance(shown, dict) else one
    if "example" in part:
        yield place, schema, part["example"]
    for key, one in part.items():
        if key not in ("example", "examples"):
            yield from list_examples(one, f"{place}/{key}")


def untrue_headers(name: str, response: Response) -> set[str]:
    """Return the headers that are documented and not sent, or the other way round."""
    said = operations()[name][2]["responses"][str(response.status_code)]
    documented = {one.lower() for one in said.get("headers", {})}
    sent = set(response.headers)
    return (documented - sent) | (sent - documented - NOT_OURS)


@pytest.mark.parametrize(
    ("schema", "example"),
    [pytest.param(*rest, id=place) for place, *rest in list_examples(DOCUMENT)],
)
def test_every_example_keeps_to_its_schema(schema: Json, example: object) -> None:
    assert mistakes(schema, example) == []


def test_all_that_there_is_has_an_example_and_nothing_else() -> None:
    documented = {
        int(status)
        for _, _, operation in operations().values()
        for status in operation["responses"]
    }

    assert set(KEPT["operations"]) == set(ASKED) == set(operations())
    assert set(map(int, KEPT["problems"])) == documented - {200, 201, 304}


@every_operation
def test_every_operation_shows_an_answer(exemplary: Exemplary, name: str) -> None:
    response = exemplary.successes[name]
    answer = response.json()

    said = operations()[name][2]["responses"][str(response.status_code)]
    media = said["content"]["application/json"]
    assert mistakes(media["schema"], media["example"], is_closed=True) == []
    assert set(media["example"]) == set(answer)
    assert media["example"].get("slug") == answer.get("slug")


@every_operation
def test_what_an_operation_shows_to_send_is_taken(
    exemplary: Exemplary, name: str
) -> None:
    has_body = "requestBody" in operations()[name][2]

    assert (find_body(operations()[name][2]) is not None) == has_body
    assert exemplary.successes[name].is_success


@every_operation
def test_every_address_is_shown_filled_in(name: str) -> None:
    _, path, operation = operations()[name]
    parameters = [one for one in operation.get("parameters", []) if one["in"] == "path"]

    assert [one["name"] for one in parameters] == re.findall(r"{(\w+)}", path)
    assert all(one["description"] and "example" in one for one in parameters)


@every_operation
def test_an_answer_has_the_headers_that_are_documented(
    exemplary: Exemplary, name: str
) -> None:
    assert untrue_headers(name, exemplary.successes[name]) == set()


READS = [
    name
    for name, (_, _, operation) in operations().items()
    if "304" in operation["responses"]
]


def test_every_read_with_a_tag_is_documented_to_be_unchanged(
    exemplary: Exemplary,
) -> None:
    assert sorted(exemplary.unchanged) == sorted(READS)


@pytest.mark.parametrize("name", READS)
def test_what_is_unchanged_has_the_headers_that_are_documented(
    exemplary: Exemplary, name: str
) -> None:
    response = exemplary.unchanged[name]

    assert response.status_code == 304
    assert response.content == b""
    assert untrue_headers(name, response) == set()


@pytest.mark.parametrize("status", KEPT["problems"])
def test_a_problem_comes_as_it_is_shown(exemplary: Exemplary, status: str) -> None:
    response = exemplary.problems[int(status)]
    problem = response.json()

    shown = KEPT["problems"][status]
    assert [shown[one] for one in ("type", "title", "status")] == [
        problem[one] for one in ("type", "title", "status")
    ]
    assert bool(shown["errors"]) == bool(problem["errors"])


@every_operation
def test_a_problem_has_the_headers_that_are_documented(
    exemplary: Exemplary, name: str
) -> None:
    responses = operations()[name][2]["responses"]
    problems = {int(one) for one in responses if int(one) >= HTTPStatus.BAD_REQUEST}

    for status in problems:
        assert untrue_headers(name, exemplary.problems[status]) == set()
