"""Treatments: the list and the single ones."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from app.api.documented import ItemSlug, document_page, document_told
from app.api.forms import ItemOptions
from app.api.problems import document_problems
from app.api.reads import respond_with_page, respond_with_text
from app.fields import Kind
from app.queries.filters import TreatmentFilters
from app.render.shapes import TreatmentOut

router = APIRouter(prefix="/v1/treatments", tags=["treatments"])


@router.get("", responses=document_page(TreatmentOut) | document_problems(422, 503))
def list_treatments(
    request: Request, filters: Annotated[TreatmentFilters, Query()]
) -> Response:
    """List treatments that pass all the filters, by name."""
    return respond_with_page(request, Kind.TREATMENTS, filters)


@router.get(
    "/{slug}", responses=document_told(TreatmentOut) | document_problems(404, 422, 503)
)
def get_treatment(
    request: Request, slug: ItemSlug, options: Annotated[ItemOptions, Query()]
) -> Response:
    """Get a treatment: sections, evidence, positions, and the guards it inherits."""
    return respond_with_text(request, Kind.TREATMENTS, slug, options)
