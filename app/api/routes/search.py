"""Search: one ranked list over the kinds that patients' words can mean."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from app.api.documented import document_list
from app.api.problems import document_problems
from app.api.reads import get_reads, respond_as_told
from app.api.search_schemas import SearchOut
from app.queries.search_filters import SearchFilters

router = APIRouter(tags=["search"])


@router.get(
    "/v1/search", responses=document_list(SearchOut) | document_problems(422, 503)
)
def list_search_hits(
    request: Request, filters: Annotated[SearchFilters, Query()]
) -> Response:
    """List what a patient's words are found in, the best first.

    Names, brands, symptoms or whole sentences, in any form of the words, misspelt, or
    with the last one not yet finished. Warning signs come first where the words fit
    one, with what to do; findings say which word of a profile may be meant.
    """
    told = get_reads(request).tell_hits(filters, request.url.path)
    return respond_as_told(request, told)
