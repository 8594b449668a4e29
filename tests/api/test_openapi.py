"""The published contract: complete, sound, and changed only in sight of a review.

After a change that is meant: `WRITE_OPENAPI=1 pytest tests/api/test_openapi.py`.
"""

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from jsonschema import Draft202012Validator

from app.main import create_app
from app.settings import Settings
from tests.api.asking import RECOMMENDATIONS, Json

SNAPSHOT = Path(__file__).parent / "openapi.json"
TEXTS = ("application/vnd.whatnext.text+json", "text/markdown", "text/plain")
DOCUMENT: Json = create_app(Settings(database_url="sqlite://")).openapi()
OPERATIONS: dict[str, Json] = {
    f"{method.upper()} {path}": operation
    for path, operations in DOCUMENT["paths"].items()
    for method, operation in operations.items()
}
PROBLEM = "#/components/schemas/Problem"

every_operation = pytest.mark.parametrize("name", OPERATIONS)


def walk(data: Any) -> Iterator[Json]:
    """Yield every object of the document."""
    inner = list(data.values()) if isinstance(data, dict) else data
    if isinstance(data, dict):
        yield data
    if isinstance(inner, list):
        for one in inner:
            yield from walk(one)


def problems_of(operation: Json) -> set[str]:
    return {
        status
        for status, response in operation["responses"].items()
        if "application/problem+json" in response.get("content", {})
    }


def is_write(name: str) -> bool:
    """Say whether it makes a release: all of them may be tried out."""
    parameters = OPERATIONS[name].get("parameters", [])
    return any(one["name"] == "dry_run" for one in parameters)


def test_the_document_is_the_committed_one() -> None:
    text = json.dumps(DOCUMENT, indent=1, sort_keys=True, ensure_ascii=False)
    if os.environ.get("WRITE_OPENAPI"):
        SNAPSHOT.write_text(f"{text}\n")

    assert json.loads(text) == json.loads(SNAPSHOT.read_text())


def test_the_document_that_is_served_is_this_one(seeded_client: TestClient) -> None:
    first, second = (seeded_client.get("/openapi.json") for _ in range(2))

    assert first.json() == DOCUMENT
    assert second.content == first.content


def test_the_document_is_of_openapi_31() -> None:
    assert DOCUMENT["openapi"].startswith("3.1.")


@every_operation
def test_every_operation_is_named_by_verb_and_noun(name: str) -> None:
    assert re.fullmatch(
        r"(get|list|create|put|delete|restore|revoke|verify)(_[a-z]+)+",
        OPERATIONS[name]["operationId"],
    )


def test_every_operation_has_a_name_of_its_own() -> None:
    names = [operation["operationId"] for operation in OPERATIONS.values()]

    assert len(names) == len(set(names))


@every_operation
def test_every_operation_is_described_and_tagged(name: str) -> None:
    operation = OPERATIONS[name]

    assert operation["description"].endswith(".")
    assert len(operation["tags"]) == 1
    assert operation["summary"]
    assert all(one["description"] for one in operation["responses"].values())


def test_every_tag_is_described_and_used() -> None:
    described = [tag["name"] for tag in DOCUMENT["tags"] if tag["description"]]
    used = {tag for operation in OPERATIONS.values() for tag in operation["tags"]}

    assert sorted(described) == sorted(used)


@every_operation
def test_every_operation_documents_its_problems(name: str) -> None:
    operation = OPERATIONS[name]
    rules = {
        # What is not there yet can be put.
        "404": "{" in name and not name.startswith("PUT"),
        # Stray parameters of the query are refused everywhere, and all may crash.
        "422 429 500 503": True,
        "400 408 413 415": "requestBody" in operation,
        "401 403": "security" in operation,
        "412 428": is_write(name),
        # A name may be taken, an item in use.
        "409": name in ("POST /v1/keys", "DELETE /v1/{kind}/{slug}"),
    }

    expected = {
        status for said, holds in rules.items() if holds for status in said.split()
    }
    assert problems_of(operation) == expected


@every_operation
def test_every_problem_has_the_one_shape(name: str) -> None:
    operation = OPERATIONS[name]

    for status in problems_of(operation):
        [(media_type, media)] = operation["responses"][status]["content"].items()
        assert media_type == "application/problem+json"
        assert media["schema"] == {"$ref": PROBLEM}


def test_a_profile_is_shown_by_example(seeded_client: TestClient) -> None:
    schema = DOCUMENT["components"]["schemas"]["RecommendationRequest"]

    [example] = schema["examples"]

    assert seeded_client.post(RECOMMENDATIONS, json=example).status_code == 200
    assert example["profile"]


@every_operation
def test_every_answer_has_a_schema(name: str) -> None:
    responses = OPERATIONS[name]["responses"]
    answered = {"200", "201"} & set(responses)
    contents = [responses[status]["content"] for status in sorted(answered)]

    # Only a write says which it is: something new, or what stands.
    assert len(contents) == 1 or is_write(name)
    for content in contents:
        assert content == contents[0]
        assert set(content) in ({"application/json"}, {"application/json", *TEXTS})
        assert content["application/json"]["schema"]


def test_every_reference_leads_somewhere_and_all_is_referred_to() -> None:
    references = {one["$ref"] for one in walk(DOCUMENT) if "$ref" in one}

    assert references == {
        f"#/components/{part}/{name}"
        for part in ("examples", "headers", "schemas")
        for name in DOCUMENT["components"][part]
    }


@pytest.mark.parametrize("name", ["HTTPValidationError", "ValidationError"])
def test_nothing_is_left_of_the_errors_of_the_framework(name: str) -> None:
    assert name not in json.dumps(DOCUMENT)


@pytest.mark.parametrize("name", DOCUMENT["components"]["schemas"])
def test_every_schema_is_sound(name: str) -> None:
    Draft202012Validator.check_schema(DOCUMENT["components"]["schemas"][name])


@every_operation
def test_every_parameter_of_the_query_is_described(name: str) -> None:
    parameters = OPERATIONS[name].get("parameters", [])

    words = ("sort", "category", "setting", "benefit", "urgency", "kind")
    silent = [
        one["name"]
        for one in parameters
        if one["in"] == "query" and not one.get("description")
    ]
    assert set(silent) <= set(words)
