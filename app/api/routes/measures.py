"""Measures: the list and the single ones."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from app.api.documented import ItemSlug, document_item, document_page
from app.api.problems import document_problems
from app.api.reads import respond_with_item, respond_with_page
from app.fields import Kind
from app.queries.filters import Fields, MeasureFilters
from app.render.shapes import MeasureOut

router = APIRouter(prefix="/v1/measures", tags=["vocabulary"])


@router.get("", responses=document_page(MeasureOut) | document_problems(422, 503))
def list_measures(
    request: Request, filters: Annotated[MeasureFilters, Query()]
) -> Response:
    """List the numbers that a profile may give."""
    return respond_with_page(request, Kind.MEASURES, filters)


@router.get(
    "/{slug}", responses=document_item(MeasureOut) | document_problems(404, 422, 503)
)
def get_measure(request: Request, slug: ItemSlug, fields: Fields = None) -> Response:
    """Get a measure: its question, unit and range."""
    return respond_with_item(request, Kind.MEASURES, slug, fields)
