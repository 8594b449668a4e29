"""Findings: the list and the single ones."""

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
from app.queries.filters import FindingFilters
from app.render.shapes import FindingOut

router = APIRouter(prefix="/v1/findings", tags=["vocabulary"])


@router.get("", responses=document_page(FindingOut) | document_problems(422, 503))
def list_findings(
    request: Request, session: SessionDep, filters: Annotated[FindingFilters, Query()]
) -> Response:
    """List the findings that a profile may name."""
    return respond_with_page(request, session, Kind.FINDINGS, filters)


@router.get(
    "/{slug}", responses=document_item(FindingOut) | document_problems(404, 422, 503)
)
def get_finding(
    request: Request, session: SessionDep, slug: str, fields: Fields = None
) -> Response:
    """Get a finding: its question, aliases, and what it implies."""
    return respond_with_item(request, session, Kind.FINDINGS, slug, fields)
