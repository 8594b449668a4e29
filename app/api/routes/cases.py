"""Cases: the list and the single ones."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from app.api.documented import ItemSlug, document_item, document_page
from app.api.problems import document_problems
from app.api.reads import respond_with_item, respond_with_page
from app.fields import Kind
from app.queries.filters import CaseFilters, Fields
from app.render.shapes import CaseOut

router = APIRouter(prefix="/v1/cases", tags=["cases"])


@router.get("", responses=document_page(CaseOut) | document_problems(422, 503))
def list_cases(request: Request, filters: Annotated[CaseFilters, Query()]) -> Response:
    """List the example profiles that gate every release."""
    return respond_with_page(request, Kind.CASES, filters)


@router.get(
    "/{slug}", responses=document_item(CaseOut) | document_problems(404, 422, 503)
)
def get_case(request: Request, slug: ItemSlug, fields: Fields = None) -> Response:
    """Get an example profile and the advice that it must get."""
    return respond_with_item(request, Kind.CASES, slug, fields)
