"""What routes say in the OpenAPI document of their addresses and their answers."""

from collections.abc import Iterable
from typing import Annotated, Any

from fastapi import Path
from pydantic import BaseModel

from app.api.forms import MEDIA_TYPES, Form
from app.api.schemas import Page
from app.fields import Kind

Documented = dict[int | str, dict[str, Any]]
ItemKind = Annotated[Kind, Path(description="The kind of the item.")]
ItemSlug = Annotated[str, Path(description="The slug of the item.")]

READ_HEADERS = ("Cache-Control", "ETag", "Last-Modified", "Library-Release", "Vary")
WRITE_HEADERS = ("Cache-Control", "Library-Release")


TEXT_CONTENT: dict[str, Any] = {
    MEDIA_TYPES[Form.PARTS]: {"schema": {"$ref": "#/components/schemas/TextAnswer"}},
    MEDIA_TYPES[Form.MARKDOWN].partition(";")[0]: {"schema": {"type": "string"}},
    MEDIA_TYPES[Form.PLAIN].partition(";")[0]: {"schema": {"type": "string"}},
}
"""The forms of a text."""


def document_headers(names: Iterable[str]) -> dict[str, Any]:
    """Return the `headers` of an answer, by their names in `app.api.headers`."""
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}


def document_answer(said: str, *headers: str) -> dict[str, Any]:
    """Return an answer whose schema the route has from its return type."""
    return {"description": said, "headers": document_headers(headers)}


def document_item(model: type[BaseModel]) -> Documented:
    """Return the `responses` of a read that answers with finished JSON."""
    return _document_read(model, "What was asked for.", READ_HEADERS)


def document_told(model: Any) -> Documented:
    """Return the `responses` of a read that answers with a document or a text of it."""
    read = _document_read(model, "What was asked for.", READ_HEADERS)
    read[200]["content"] = TEXT_CONTENT
    return read


def document_list(model: type[BaseModel]) -> Documented:
    """Return the `responses` of a read that answers with a page and its links."""
    return _document_read(model, "A page of the list.", (*READ_HEADERS, "Link"))


def document_page(model: type[BaseModel]) -> Documented:
    """Return the `responses` of a list of such items."""
    return document_list(Page[model])  # type: ignore[valid-type]


def _document_read(model: Any, said: str, headers: tuple[str, ...]) -> Documented:
    answer = document_answer(said, *headers)
    unchanged = document_answer("The client has it already.", *headers)
    return {200: {"model": model, **answer}, 304: unchanged}


def document_once(model: Any) -> Documented:
    """Return the `responses` of an answer that is made for one request."""
    answer = document_answer("The answer.", *WRITE_HEADERS, "Vary")
    return {200: {"model": model, **answer}}


def document_advice(model: Any) -> Documented:
    """Return the `responses` of an answer to a profile, as a document or a text."""
    answer = document_once(model)
    answer[200]["content"] = TEXT_CONTENT
    return answer


def document_write(model: type[BaseModel], *, is_created: bool) -> Documented:
    """Return the `responses` of a write; only some make something new."""
    said = "What it did, or would do; nothing new was made."
    answers: Documented = {200: document_answer(said, *WRITE_HEADERS)}
    if is_created:
        answers[201] = document_answer("What it made.", *WRITE_HEADERS)
    return {status: {"model": model, **one} for status, one in answers.items()}
