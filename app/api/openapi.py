"""The OpenAPI document: FastAPI's own, with our problems and what lists leave out."""

from typing import Any

from fastapi import FastAPI

from app.api.problems import Problem

DESCRIPTION = """
What next, when a treatment did not work? Treatments, failure causes and warning signs,
and a recommendation for a short patient profile.

General information, not medical advice. No clinician has signed off the content.
"""


def describe_problems(app: FastAPI) -> None:
    """Put the problem schema, which routes refer to, into the document."""
    make = app.openapi

    def make_ours() -> dict[str, Any]:
        if app.openapi_schema is None:
            document = make()
            schemas = document["components"]["schemas"]
            template = "#/components/schemas/{model}"
            schemas["Problem"] = Problem.model_json_schema(ref_template=template)
            schemas |= schemas["Problem"].pop("$defs")
            _loosen_lists(schemas)
            app.openapi_schema = document
        return app.openapi_schema

    app.openapi = make_ours  # type: ignore[method-assign]


def _loosen_lists(schemas: dict[str, Any]) -> None:
    """Require only the slug of what stands in a list: `fields` chooses the rest."""
    pages = [name for name in schemas if name.startswith("Page_")]
    for page in pages:
        items = schemas[page]["properties"]["items"]["items"]
        whole = items["$ref"].rpartition("/")[2]
        listed = whole.removesuffix("Out") + "Listed"
        schemas[listed] = {**schemas[whole], "title": listed, "required": ["slug"]}
        items["$ref"] = f"#/components/schemas/{listed}"
