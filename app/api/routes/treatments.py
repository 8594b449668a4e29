"""Treatments: the list and the single ones."""

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
from app.queries.filters import TreatmentFilters
from app.render.shapes import TreatmentOut

router = APIRouter(prefix="/v1/treatments", tags=["treatments"])


@router.get("", responses=document_page(TreatmentOut) | document_problems(422, 503))
def list_treatments(
    request: Request, session: SessionDep, filters: Annotated[TreatmentFilters, Query()]
) -> Response:
    """List treatments that pass all the filters, by name."""
    return respond_with_page(request, session, Kind.TREATMENTS, filters)


@router.get(
    "/{slug}", responses=document_item(TreatmentOut) | document_problems(404, 422, 503)
)
def get_treatment(
    request: Request, session: SessionDep, slug: str, fields: Fields = None
) -> Response:
    """Get a treatment: sections, evidence, positions, and the guards it inherits."""
    return respond_with_item(request, session, Kind.TREATMENTS, slug, fields)
