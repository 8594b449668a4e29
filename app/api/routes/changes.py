"""Changes: what a release made different, and what all since a release did."""

import json
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from app.api.dependencies import SessionDep
from app.api.documented import document_list
from app.api.history_schemas import ChangeOut, ChangesOut, Number
from app.api.library_reads import link_pages
from app.api.problems import document_problems
from app.api.reads import respond
from app.errors import Fault, InvalidRequestError
from app.library.entry import name_of
from app.queries import history
from app.queries.filters import ChangeFilters, ChangeSinceFilters
from app.queries.releases import get_release
from app.tables import Release

router = APIRouter(prefix="/v1", tags=["releases"])


@router.get(
    "/releases/{number}/changes",
    responses=document_list(ChangesOut) | document_problems(404, 422, 503),
)
def list_release_changes(
    request: Request,
    session: SessionDep,
    number: Number,
    filters: Annotated[ChangeFilters, Query()],
) -> Response:
    """List what a release added, changed and removed, by kind and slug."""
    until = get_release(session, number=number).number
    changes = _list(session, filters, since=until - 1, until=until)
    return _respond(request, get_release(session), filters, changes)


@router.get(
    "/changes", responses=document_list(ChangesOut) | document_problems(422, 503)
)
def list_changes(
    request: Request,
    session: SessionDep,
    filters: Annotated[ChangeSinceFilters, Query()],
) -> Response:
    """List what is different now from what it was in a release, by kind and slug.

    What was added and removed since, or changed and changed back, is left out.
    """
    present = get_release(session)
    if filters.since > present.number:
        detail = f"It is not out yet: the present release is {present.number}."
        raise InvalidRequestError([Fault("/query/since", detail)])
    changes = _list(session, filters, since=filters.since, until=present.number)
    return _respond(request, present, filters, changes)


def _list(
    session: SessionDep, filters: ChangeFilters, *, since: int, until: int
) -> ChangesOut:
    page = history.list_changes(session, filters, since=since, until=until)
    return ChangesOut(
        since=since,
        release=until,
        items=[_describe(one) for one in page.rows],
        total=page.total,
        limit=filters.limit,
        offset=filters.offset,
    )


def _describe(change: history.ItemChange) -> ChangeOut:
    return ChangeOut(
        kind=change.kind,
        slug=change.slug,
        name=name_of(json.loads(change.document)),
        change=change.change,
        release=change.release,
        links={"revisions": f"/v1/{change.kind.value}/{change.slug}/revisions"},
    )


def _respond(
    request: Request, present: Release, filters: ChangeFilters, changes: ChangesOut
) -> Response:
    response = respond(request, present, changes.model_dump_json())
    response.headers["Link"] = link_pages(request.url.path, filters, changes.total)
    return response
