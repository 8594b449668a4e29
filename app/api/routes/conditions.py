"""Named conditions: the list and the single ones."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from app.api.documented import ItemSlug, document_item, document_page
from app.api.problems import document_problems
from app.api.reads import respond_with_item, respond_with_page
from app.fields import Kind
from app.queries.filters import ConditionFilters, Fields
from app.render.shapes import ConditionOut

router = APIRouter(prefix="/v1/conditions", tags=["vocabulary"])


@router.get("", responses=document_page(ConditionOut) | document_problems(422, 503))
def list_conditions(
    request: Request, filters: Annotated[ConditionFilters, Query()]
) -> Response:
    """List the named conditions that rules share."""
    return respond_with_page(request, Kind.CONDITIONS, filters)


@router.get(
    "/{slug}", responses=document_item(ConditionOut) | document_problems(404, 422, 503)
)
def get_condition(request: Request, slug: ItemSlug, fields: Fields = None) -> Response:
    """Get a named condition."""
    return respond_with_item(request, Kind.CONDITIONS, slug, fields)
