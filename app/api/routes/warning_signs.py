"""Warning signs: the list and the single ones."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from app.api.documented import ItemSlug, document_page, document_told
from app.api.forms import ItemOptions
from app.api.problems import document_problems
from app.api.reads import respond_with_page, respond_with_text
from app.fields import Kind
from app.queries.filters import WarningSignFilters
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
    responses=document_told(WarningSignOut) | document_problems(404, 422, 503),
)
def get_warning_sign(
    request: Request, slug: ItemSlug, options: Annotated[ItemOptions, Query()]
) -> Response:
    """Get a warning sign: its rules, what to do, what to say, and why."""
    return respond_with_text(request, Kind.WARNING_SIGNS, slug, options)
