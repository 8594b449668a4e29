"""Failure causes: the list and the single ones."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from app.api.documented import ItemSlug, document_page, document_told
from app.api.forms import ItemOptions
from app.api.problems import document_problems
from app.api.reads import respond_with_page, respond_with_text
from app.fields import Kind
from app.queries.filters import FailureCauseFilters
from app.render.shapes import FailureCauseOut

router = APIRouter(prefix="/v1/failure-causes", tags=["failure causes"])


@router.get("", responses=document_page(FailureCauseOut) | document_problems(422, 503))
def list_failure_causes(
    request: Request,
    filters: Annotated[FailureCauseFilters, Query()],
) -> Response:
    """List the reasons why a treatment may not have worked, by name."""
    return respond_with_page(request, Kind.FAILURE_CAUSES, filters)


@router.get(
    "/{slug}",
    responses=document_told(FailureCauseOut) | document_problems(404, 422, 503),
)
def get_failure_cause(
    request: Request, slug: ItemSlug, options: Annotated[ItemOptions, Query()]
) -> Response:
    """Get a failure cause: its clues, how to check it, and what it points to."""
    return respond_with_text(request, Kind.FAILURE_CAUSES, slug, options)
