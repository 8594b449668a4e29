"""Where an answer leads: the links of the OpenAPI document, from one to the next.

So a reader sees what to do with a number or a slug that came back, and what fuzzes the
contract goes the ways that people go.
"""

from typing import Any

Json = dict[str, Any]

_FIRST = {"slug": "$response.body#/items/0/slug"}
_SAME = {"kind": "$request.path.kind", "slug": "$request.path.slug"}
_MADE = {"number": "$response.body#/release"}
_NUMBER = {"number": "$response.body#/items/0/number"}

_OF_A_WRITE = {
    "get_release": _MADE,
    "list_release_changes": _MADE,
    "restore_release": _MADE,
}

_ITEMS = (
    ("topics", "topic"),
    ("treatments", "treatment"),
    ("failure_causes", "failure_cause"),
    ("warning_signs", "warning_sign"),
    ("findings", "finding"),
    ("measures", "measure"),
    ("screens", "screen"),
    ("conditions", "condition"),
    ("references", "reference"),
    ("guidelines", "guideline"),
    ("cases", "case"),
)

LINKS: dict[str, dict[str, dict[str, str]]] = {
    **{f"list_{many}": {f"get_{one}": _FIRST} for many, one in _ITEMS},
    "get_topic": {"get_questionnaire": {"slug": "$request.path.slug"}},
    "list_releases": {"get_release": _NUMBER, "list_release_changes": _NUMBER},
    "get_release": {"list_release_changes": {"number": "$request.path.number"}},
    "create_release": _OF_A_WRITE,
    "restore_release": _OF_A_WRITE,
    "put_item": {**_OF_A_WRITE, "list_revisions": _SAME, "delete_item": _SAME},
    "delete_item": {**_OF_A_WRITE, "list_revisions": _SAME, "put_item": _SAME},
    "create_key": {"revoke_key": {"id": "$response.body#/id"}},
}
"""Operations, what their answers lead to, and where its parameters come from."""


def put_links(operation: Json) -> None:
    """Show where every answer of an operation leads that is no problem."""
    links = {
        name: {"operationId": name, "parameters": parameters}
        for name, parameters in LINKS.get(operation["operationId"], {}).items()
    }
    for status in ("200", "201"):
        if links and status in operation["responses"]:
            operation["responses"][status]["links"] = links
