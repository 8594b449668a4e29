"""Findings: the list and the single ones."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from app.api.documented import ItemSlug, document_item, document_page
from app.api.problems import document_problems
from app.api.reads import respond_with_item, respond_with_page
from app.fields import Kind
from app.queries.filters import Fields, FindingFilters
from app.render.shapes import FindingOut

router = APIRouter(prefix="/v1/findings", tags=["vocabulary"])


@router.get("", responses=document_page(FindingOut) | document_problems(422, 503))
def list_findings(
    request: Request, filters: Annotated[FindingFilters, Query()]
) -> Response:
    """List the findings that a profile may name."""
    return respond_with_page(request, Kind.FINDINGS, filters)


@router.get(
    "/{slug}", responses=document_item(FindingOut) | document_problems(404, 422, 503)
)
def get_finding(request: Request, slug: ItemSlug, fields: Fields = None) -> Response:
    """Get a finding: its question, aliases, and what it implies."""
    return respond_with_item(request, Kind.FINDINGS, slug, fields)
