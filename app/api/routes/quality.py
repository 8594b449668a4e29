"""What the library is held to, and whether it keeps to it."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from app.api.dependencies import NowDep, SessionDep
from app.api.documented import document_list
from app.api.library_reads import link_pages
from app.api.problems import document_problems
from app.api.reads import respond
from app.api.schemas import CriterionOut, QualityMark, QualityOut
from app.content.quality import CRITERIA
from app.fields import Outcome
from app.queries.filters import QualityFilters
from app.queries.quality import Counts, average_values, count_outcomes, list_quality
from app.queries.releases import get_release

router = APIRouter(tags=["operations"])


@router.get(
    "/v1/quality", responses=document_list(QualityOut) | document_problems(422, 503)
)
def list_quality_marks(
    request: Request,
    session: SessionDep,
    now: NowDep,
    filters: Annotated[QualityFilters, Query()],
) -> Response:
    """List what the quality gate found: each criterion, and each item held to it.

    The counts are of the whole library; the filters narrow the items.
    """
    release = get_release(session)
    today = now.replace(hour=0, minute=0, second=0, microsecond=0)
    as_of = filters.as_of or today.date()
    page = list_quality(session, filters, as_of=as_of)
    quality = QualityOut(
        release=release.number,
        as_of=as_of,
        criteria=_describe(
            count_outcomes(session, as_of=as_of), average_values(session)
        ),
        items=[QualityMark.model_validate(one) for one in page.marks],
        total=page.total,
        limit=filters.limit,
        offset=filters.offset,
    )
    # Without a day to judge by, every day may change what is overdue.
    changed_at = None if filters.as_of else max(today, release.created_at)
    text = quality.model_dump_json()
    response = respond(request, release, text, changed_at=changed_at)
    response.headers["Link"] = link_pages(request.url.path, filters, page.total)
    return response


def _describe(counts: Counts, averages: Mapping[str, float]) -> list[CriterionOut]:
    return [
        CriterionOut(
            slug=one.slug,
            statement=one.statement,
            refuses=one.refuses,
            met=counts.get((one.slug, Outcome.MET), 0),
            not_met=counts.get((one.slug, Outcome.NOT_MET), 0),
            not_applicable=counts.get((one.slug, Outcome.NOT_APPLICABLE), 0),
            average=averages.get(one.slug),
        )
        for one in CRITERIA
    ]
