"""Examples of the OpenAPI document: real answers, kept beside this module.

After a change that is meant, with WRITE_EXAMPLES=1 `tests/api/test_openapi_examples.py`
makes them anew.
"""

import json
from pathlib import Path
from typing import Any

from app.api.problems import MEDIA_TYPE

EXAMPLES = Path(__file__).with_name("examples.json")

Json = dict[str, Any]


def put_examples(document: Json) -> None:
    """Show an example of every answer and problem, and the address that gave it."""
    examples = json.loads(EXAMPLES.read_text(encoding="utf-8"))
    document["components"]["examples"] = {
        _name(problem): {"value": problem} for problem in examples["problems"].values()
    }
    for path in document["paths"].values():
        for operation in path.values():
            shown = examples["operations"].get(operation["operationId"], {})
            _put_answer(operation["responses"], shown, examples["problems"])
            _put_parameters(operation.get("parameters", []), shown)


def _put_answer(responses: Json, shown: Json, problems: Json) -> None:
    for status, response in responses.items():
        content = response.get("content", {})
        if MEDIA_TYPE in content and status in problems:
            name = _name(problems[status])
            reference = {"$ref": f"#/components/examples/{name}"}
            content[MEDIA_TYPE]["examples"] = {name: reference}
        elif "answer" in shown and "application/json" in content:
            content["application/json"]["example"] = shown["answer"]


def _put_parameters(parameters: list[Json], shown: Json) -> None:
    for parameter in parameters:
        example = shown.get("path", {}).get(parameter["name"])
        if parameter["in"] == "path" and example is not None:
            parameter["example"] = example


def _name(problem: Json) -> str:
    return str(problem["title"]).replace(" ", "")
