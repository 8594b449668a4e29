"""Named conditions: the list and the single ones."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from app.api.dependencies import SessionDep
from app.api.problems import document_problems
from app.api.reads import (
    Fields,
    document_item,
    document_page,
    respond_with_item,
    respond_with_page,
)
from app.fields import Kind
from app.queries.filters import ConditionFilters
from app.render.shapes import ConditionOut

router = APIRouter(prefix="/v1/conditions", tags=["vocabulary"])


@router.get("", responses=document_page(ConditionOut) | document_problems(422, 503))
def list_conditions(
    request: Request, session: SessionDep, filters: Annotated[ConditionFilters, Query()]
) -> Response:
    """List the named conditions that rules share."""
    return respond_with_page(request, session, Kind.CONDITIONS, filters)


@router.get(
    "/{slug}", responses=document_item(ConditionOut) | document_problems(404, 422, 503)
)
def get_condition(
    request: Request, session: SessionDep, slug: str, fields: Fields = None
) -> Response:
    """Get a named condition."""
    return respond_with_item(request, session, Kind.CONDITIONS, slug, fields)
