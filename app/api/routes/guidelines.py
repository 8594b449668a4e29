"""Guidelines: the list and the single ones."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from app.api.documented import ItemSlug, document_item, document_page
from app.api.problems import document_problems
from app.api.reads import respond_with_item, respond_with_page
from app.fields import Kind
from app.queries.filters import Fields, GuidelineFilters
from app.render.shapes import GuidelineOut

router = APIRouter(prefix="/v1/guidelines", tags=["sources"])


@router.get("", responses=document_page(GuidelineOut) | document_problems(422, 503))
def list_guidelines(
    request: Request, filters: Annotated[GuidelineFilters, Query()]
) -> Response:
    """List the guidelines whose positions the library tells."""
    return respond_with_page(request, Kind.GUIDELINES, filters)


@router.get(
    "/{slug}", responses=document_item(GuidelineOut) | document_problems(404, 422, 503)
)
def get_guideline(request: Request, slug: ItemSlug, fields: Fields = None) -> Response:
    """Get a guideline: its scope, status and reference."""
    return respond_with_item(request, Kind.GUIDELINES, slug, fields)
