"""The OpenAPI document: FastAPI's own, with our problems, headers and examples."""

from collections.abc import Iterator
from typing import Any

from fastapi import FastAPI
from pydantic import TypeAdapter

from app.api.documented import document_headers
from app.api.documented_fields import describe_fields
from app.api.documented_links import put_links
from app.api.examples import put_examples
from app.api.headers import HEADERS
from app.api.problems import MEDIA_TYPE, Problem, document_problems
from app.api.unused_schemas import drop_unused_schemas
from app.render.text_json import TextAnswer

Json = dict[str, Any]

DESCRIPTION = """
What next, when a treatment did not work? Treatments, failure causes and warning signs,
and a recommendation for a short patient profile.

General information, not medical advice. No clinician has signed off the content.

Examples are real answers; of their lists only the first is shown.
"""

TAGS = {
    "recommendations": "The answer to a profile.",
    "search": "What a patient's words are found in, over all kinds.",
    "topics": 'The "what next" questions that the library answers, and their forms.',
    "treatments": "What else there is, how good its evidence is, and who must not.",
    "quotes": "Whether what somebody is about to say is what the library says.",
    "failure causes": "Why a treatment may not have worked.",
    "warning signs": "What would make it an emergency, or urgent.",
    "vocabulary": "What a profile and a rule can name.",
    "sources": "What claims rest on, and the guidelines whose positions are told.",
    "cases": "Example profiles, and the advice that each of them must get.",
    "releases": "What was published, what it changed, and how to publish.",
    "operations": "Whether the service is up, what it serves, and how good that is.",
    "keys": "API keys, which only writes need.",
}

PROBLEM_HEADERS = {
    401: ("WWW-Authenticate",),
    412: ("Library-Release",),
    429: ("RateLimit", "RateLimit-Policy", "Retry-After"),
    503: ("Retry-After",),
}
EVERYWHERE = (429, 500, 503)
"""What may come of any operation: too much is asked, it crashes, or is not ready."""


def describe_problems(app: FastAPI) -> None:
    """Let the document say what FastAPI does not know of."""
    make = app.openapi

    def make_ours() -> Json:
        if app.openapi_schema is None:
            app.openapi_schema = _complete(make())
        return app.openapi_schema

    app.openapi = make_ours  # type: ignore[method-assign]


def _complete(document: Json) -> Json:
    document["info"] |= {
        "contact": {"name": "The whatnext project"},
        "license": {"name": "CC BY 4.0, for the texts", "identifier": "CC-BY-4.0"},
    }
    document["servers"] = [{"url": "/"}]
    document["security"] = []
    document["tags"] = [
        {"name": name, "description": said} for name, said in TAGS.items()
    ]
    components = document["components"]
    components["headers"] = HEADERS
    _add_ours(components["schemas"])
    _loosen_lists(components["schemas"])
    for operation in _operations(document):
        _describe_problems(operation["responses"])
        _describe_ids(operation["responses"])
        describe_fields(operation, components["schemas"])
        put_links(operation)
    put_examples(document)
    return drop_unused_schemas(document)


def _operations(document: Json) -> Iterator[Json]:
    for path in document["paths"].values():
        yield from path.values()


def _add_ours(schemas: Json) -> None:
    """Add what routes name by hand: a problem, and a text."""
    template = "#/components/schemas/{model}"
    problem = schemas["Problem"] = Problem.model_json_schema(ref_template=template)
    problem["required"] = list(problem["properties"])
    text = TypeAdapter(TextAnswer).json_schema(ref_template=template)
    schemas["TextAnswer"] = text
    schemas |= problem.pop("$defs") | text.pop("$defs")


def _loosen_lists(schemas: Json) -> None:
    """Require only the slug of what stands in a list: `fields` chooses the rest."""
    pages = [name for name in schemas if name.startswith("Page_")]
    for page in pages:
        items = schemas[page]["properties"]["items"]["items"]
        whole = items["$ref"].rpartition("/")[2]
        listed = whole.removesuffix("Out") + "Listed"
        schemas[listed] = {**schemas[whole], "title": listed, "required": ["slug"]}
        items["$ref"] = f"#/components/schemas/{listed}"


def _describe_problems(responses: Json) -> None:
    """Add the problems that any operation may have, and the headers of each."""
    late = (408,) if "413" in responses else ()
    for status in (*EVERYWHERE, *late):
        # Each of its own: they are given examples in place.
        [problem] = document_problems(status).values()
        responses[str(status)] = problem
    for status, response in responses.items():
        if MEDIA_TYPE in response.get("content", {}):
            names = ("Cache-Control", *PROBLEM_HEADERS.get(int(status), ()))
            response["headers"] = document_headers(names)


def _describe_ids(responses: Json) -> None:
    """Add the header that all answers have but those that caches may keep."""
    for response in responses.values():
        headers = response.setdefault("headers", {})
        if "ETag" not in headers:
            headers |= document_headers(["X-Request-Id"])
