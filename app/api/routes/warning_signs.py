"""Warning signs: the list and the single ones."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from app.api.documented import ItemSlug, document_item, document_page
from app.api.problems import document_problems
from app.api.reads import respond_with_item, respond_with_page
from app.fields import Kind
from app.queries.filters import Fields, WarningSignFilters
from app.render.shapes import WarningSignOut

router = APIRouter(prefix="/v1/warning-signs", tags=["warning signs"])


@router.get("", responses=document_page(WarningSignOut) | document_problems(422, 503))
def list_warning_signs(
    request: Request,
    filters: Annotated[WarningSignFilters, Query()],
) -> Response:
    """List warning signs, the most urgent first."""
    return respond_with_page(request, Kind.WARNING_SIGNS, filters)


@router.get(
    "/{slug}",
    responses=document_item(WarningSignOut) | document_problems(404, 422, 503),
)
def get_warning_sign(
    request: Request, slug: ItemSlug, fields: Fields = None
) -> Response:
    """Get a warning sign: its rules, what to do, what to say, and why."""
    return respond_with_item(request, Kind.WARNING_SIGNS, slug, fields)
