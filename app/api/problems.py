"""Every error as an RFC 9457 problem: `type title status detail errors`."""

import json
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from inspect import isclass
from typing import Any

import structlog
from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from pydantic import BaseModel, Field
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse

from app.api.methods import list_methods
from app.database_failures import Failure, find_failure
from app.errors import (
    Fault,
    ForbiddenError,
    InUseError,
    InvalidRequestError,
    LowSignificanceError,
    NameTakenError,
    NoReleaseError,
    NotFoundError,
    StaleReleaseError,
    UnauthenticatedError,
    to_pointer,
)
from app.library.entry import plain_type
from app.library.faults import read_faults

# Python 3.13 took the new names of RFC 9110; we say the same on every version.
_PHRASES = {413: "Content Too Large", 422: "Unprocessable Content"}
log = structlog.get_logger()

MEDIA_TYPE = "application/problem+json"
SHOWN_FAULTS = 50


class ProblemError(BaseModel):
    """One mistake and where it stands in the request (RFC 6901)."""

    detail: str
    pointer: str = Field(examples=["/profile/has/3"])


class Problem(BaseModel):
    """What went wrong (RFC 9457); a profile is never repeated in it."""

    type: str = Field(default="about:blank")
    title: str = Field(examples=["Unprocessable Content"])
    status: int = Field(examples=[422])
    detail: str
    errors: list[ProblemError] = []


class ProblemResponse(JSONResponse):
    """A problem as JSON; halves of characters, which no UTF-8 has, are escaped."""

    media_type = MEDIA_TYPE

    def render(self, content: object) -> bytes:
        text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
        return text.encode(errors="backslashreplace")


def problem_response(
    status: int,
    detail: str,
    *,
    faults: Sequence[Fault] = (),
    headers: Mapping[str, str] | None = None,
) -> JSONResponse:
    """Return a problem; of many mistakes the first are shown and all are counted."""
    errors = [
        ProblemError(detail=one.detail, pointer=one.pointer)
        for one in faults[:SHOWN_FAULTS]
    ]
    problem = Problem(
        title=_phrase(status), status=status, detail=detail, errors=errors
    )
    return ProblemResponse(
        problem.model_dump(),
        status_code=status,
        headers={**(headers or {}), "Cache-Control": "no-store"},
    )


def _phrase(status: int) -> str:
    return _PHRASES.get(status) or HTTPStatus(status).phrase


def document_problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Return the `responses` of a route that may answer with these problems."""
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {
        status: {"description": _phrase(status), "content": content}
        for status in statuses
    }


async def _on_http_error(request: Request, error: HTTPException) -> JSONResponse:
    detail, headers = error.detail, error.headers
    if error.status_code == HTTPStatus.BAD_REQUEST:
        # Only the body reader answers so; its own words say less.
        detail = "The body is not valid JSON."
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        # The route that was asked knows only its own method.
        headers = {"Allow": ", ".join(list_methods(request))}
    return problem_response(error.status_code, detail, headers=headers)


async def _on_invalid_request(
    request: Request, error: RequestValidationError
) -> JSONResponse:
    faults = [fault for one in error.errors() for fault in _read(one, request)]
    return _mistakes(faults)


def _mistakes(faults: Sequence[Fault]) -> JSONResponse:
    count = "1 mistake" if len(faults) == 1 else f"{len(faults)} mistakes"
    return problem_response(422, f"The request has {count}.", faults=faults)


def _read(error: Mapping[str, Any], request: Request) -> list[Fault]:
    """Say one error of FastAPI without repeating what was sent."""
    part, *steps = error["loc"]
    if error["type"] == "json_invalid":
        return [Fault("", "The body is not valid JSON.")]
    base = "" if part == "body" else f"/{part}"
    model = _model_of(part, request.scope["route"])
    if model is None:
        return [Fault(base + to_pointer(steps), error["msg"].rstrip(".") + ".")]
    inner = {**error, "loc": steps}
    faults = read_faults([inner], model, hide_sent=True)
    return [Fault(base + one.pointer, one.detail) for one in faults]


def _model_of(part: str, route: APIRoute) -> type[BaseModel] | None:
    """Return the model that reads this part of the request."""
    if part not in ("body", "query"):
        return None
    fields = [route.body_field] if part == "body" else route.dependant.query_params
    for field in fields:
        annotation = plain_type(field.field_info.annotation) if field else None
        if isclass(annotation) and issubclass(annotation, BaseModel):
            return annotation
    return None


async def _on_invalid_content(
    _request: Request, error: InvalidRequestError
) -> JSONResponse:
    return _mistakes(error.faults)


async def _on_not_found(_request: Request, error: NotFoundError) -> JSONResponse:
    return problem_response(404, str(error))


async def _on_unauthenticated(
    _request: Request, error: UnauthenticatedError
) -> JSONResponse:
    return problem_response(401, str(error), headers={"WWW-Authenticate": "Bearer"})


async def _on_forbidden(_request: Request, error: ForbiddenError) -> JSONResponse:
    return problem_response(403, str(error))


async def _on_name_taken(_request: Request, error: NameTakenError) -> JSONResponse:
    return problem_response(409, str(error), faults=[Fault("/name", "It is taken.")])


async def _on_stale(_request: Request, error: StaleReleaseError) -> JSONResponse:
    headers = {"Library-Release": str(error.present)}
    return problem_response(412, str(error), faults=error.changed, headers=headers)


async def _on_low_significance(
    request: Request, error: LowSignificanceError
) -> JSONResponse:
    base = "/query" if "significance" in request.query_params else ""
    return _mistakes([Fault(f"{base}/significance", str(error))])


async def _on_in_use(_request: Request, error: InUseError) -> JSONResponse:
    return problem_response(409, str(error), faults=error.users)


async def _on_no_release(_request: Request, error: NoReleaseError) -> JSONResponse:
    return problem_response(503, str(error), headers={"Retry-After": "5"})


_FAILURES = {
    Failure.BUSY: "The database did not answer in time.",
    Failure.FULL: "The database has no room left: nothing was written.",
    Failure.READ_ONLY: "The database is read-only: nothing can be written.",
    Failure.OTHER: "The database does not answer as it should.",
}


async def _on_database_error(
    _request: Request, error: DBAPIError | PoolTimeoutError
) -> JSONResponse:
    failure = find_failure(error)
    cause = error.orig if isinstance(error, DBAPIError) else error
    # The message of the error may hold the parameters of a statement.
    log.critical("database", failure=failure.value, error=type(cause).__name__)
    return problem_response(503, _FAILURES[failure], headers={"Retry-After": "5"})


EXCEPTION_HANDLERS: dict[int | type[Exception], Any] = {
    HTTPException: _on_http_error,
    RequestValidationError: _on_invalid_request,
    InvalidRequestError: _on_invalid_content,
    NotFoundError: _on_not_found,
    UnauthenticatedError: _on_unauthenticated,
    ForbiddenError: _on_forbidden,
    NameTakenError: _on_name_taken,
    StaleReleaseError: _on_stale,
    LowSignificanceError: _on_low_significance,
    InUseError: _on_in_use,
    NoReleaseError: _on_no_release,
    DBAPIError: _on_database_error,
    PoolTimeoutError: _on_database_error,
}
"""Every error of the app becomes a problem."""
