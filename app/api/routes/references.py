"""References: the list and the single ones."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from app.api.documented import ItemSlug, document_item, document_page
from app.api.problems import document_problems
from app.api.reads import respond_with_item, respond_with_page
from app.fields import Kind
from app.queries.filters import Fields, ReferenceFilters
from app.render.shapes import ReferenceOut

router = APIRouter(prefix="/v1/references", tags=["sources"])


@router.get("", responses=document_page(ReferenceOut) | document_problems(422, 503))
def list_references(
    request: Request, filters: Annotated[ReferenceFilters, Query()]
) -> Response:
    """List the sources of the library."""
    return respond_with_page(request, Kind.REFERENCES, filters)


@router.get(
    "/{slug}", responses=document_item(ReferenceOut) | document_problems(404, 422, 503)
)
def get_reference(request: Request, slug: ItemSlug, fields: Fields = None) -> Response:
    """Get a source, and how it was read."""
    return respond_with_item(request, Kind.REFERENCES, slug, fields)
