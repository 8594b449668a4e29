"""Screens: the list and the single ones."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from app.api.documented import ItemSlug, document_item, document_page
from app.api.problems import document_problems
from app.api.reads import respond_with_item, respond_with_page
from app.fields import Kind
from app.queries.filters import Fields, ScreenFilters
from app.render.shapes import ScreenOut

router = APIRouter(prefix="/v1/screens", tags=["vocabulary"])


@router.get("", responses=document_page(ScreenOut) | document_problems(422, 503))
def list_screens(
    request: Request, filters: Annotated[ScreenFilters, Query()]
) -> Response:
    """List the groups of findings that are asked together."""
    return respond_with_page(request, Kind.SCREENS, filters)


@router.get(
    "/{slug}", responses=document_item(ScreenOut) | document_problems(404, 422, 503)
)
def get_screen(request: Request, slug: ItemSlug, fields: Fields = None) -> Response:
    """Get a screen: its question and its findings."""
    return respond_with_item(request, Kind.SCREENS, slug, fields)
