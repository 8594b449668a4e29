"""Treatments side by side: for anybody, or for one person."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response

from app.api.advice import find_guide
from app.api.comparisons import (
    ComparisonFilters,
    ComparisonOptions,
    ComparisonRequest,
    read_length,
    write_compared,
)
from app.api.dependencies import GuidesDep, SessionDep
from app.api.documented import document_advice, document_told
from app.api.forms import ACCEPTED
from app.api.json_bodies import require_plain_json
from app.api.problems import document_problems
from app.api.reads import get_reads, respond_as_told, respond_once
from app.engine.recommend import recommend
from app.fields import Beside, Kind
from app.library.bundle import Bundle
from app.render.comparison import compare
from app.render.comparison_request import check_compared
from app.render.comparison_shapes import Comparison
from app.render.documents import render_document
from app.render.framing import name_items
from app.render.shapes import TopicOut, TreatmentOut

router = APIRouter(prefix="/v1/compare", tags=["treatments"])


@router.get("", responses=document_told(Comparison) | document_problems(422, 503))
def get_comparison(
    request: Request, filters: Annotated[ComparisonFilters, Query()]
) -> Response:
    """Compare treatments: the patients' questions, and what each of them answers.

    Two to six of them; to wait and see is one, and every answer says how to add it.
    """
    told = get_reads(request).tell_comparison(filters, request.scope[ACCEPTED])
    return respond_as_told(request, told)


@router.post(
    "",
    dependencies=[Depends(require_plain_json)],
    responses=document_advice(Comparison) | document_problems(400, 413, 415, 422, 503),
)
def create_comparison(
    request: Request,
    session: SessionDep,
    guides: GuidesDep,
    asked: ComparisonRequest,
    options: Annotated[ComparisonOptions, Query()],
) -> Response:
    """Compare treatments for a profile: also where each stands, and how urgent it is.

    General information, not medical advice.
    """
    form, length = options.choose(request.scope[ACCEPTED])
    read_length(length)
    library, guide = find_guide(session, guides, asked)
    check_compared(asked.treatments, library.treatments, pointer="/treatments")
    advice = recommend(guide, asked.profile, region=asked.region, beside=list(Beside))
    names = name_items(library)
    comparison = compare(
        [_serve(library, slug) for slug in asked.treatments],
        library.library,
        names=names,
        topic=TopicOut.model_validate(
            render_document(Kind.TOPICS, library.topics[advice.topic], library)
        ),
        advice=advice,
    )
    said = write_compared(
        comparison,
        names,
        form=form,
        length=length,
        load_references=lambda _: library.references,
    )
    return respond_once(said, release=guide.release, form=form)


def _serve(library: Bundle, slug: str) -> TreatmentOut:
    treatment = library.treatments[slug]
    document = render_document(Kind.TREATMENTS, treatment, library)
    return TreatmentOut.model_validate(document)
