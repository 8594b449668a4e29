"""Topics: the list and the single ones."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from app.api.dependencies import GuidesDep, SessionDep
from app.api.documented import ItemSlug, document_item, document_page, document_told
from app.api.forms import ItemOptions
from app.api.problems import document_problems
from app.api.reads import respond, respond_with_page, respond_with_text
from app.engine.questionnaire import Questionnaire, build_questionnaire
from app.fields import Kind
from app.queries.filters import TopicFilters
from app.queries.releases import get_release
from app.render.shapes import TopicOut

router = APIRouter(prefix="/v1/topics", tags=["topics"])


@router.get("", responses=document_page(TopicOut) | document_problems(422, 503))
def list_topics(
    request: Request, filters: Annotated[TopicFilters, Query()]
) -> Response:
    """List the "what next" questions that the library answers."""
    return respond_with_page(request, Kind.TOPICS, filters)


@router.get(
    "/{slug}", responses=document_told(TopicOut) | document_problems(404, 422, 503)
)
def get_topic(
    request: Request, slug: ItemSlug, options: Annotated[ItemOptions, Query()]
) -> Response:
    """Get a topic: its causes, its options and when each of them fits."""
    return respond_with_text(request, Kind.TOPICS, slug, options)


@router.get(
    "/{slug}/questionnaire",
    responses=document_item(Questionnaire) | document_problems(404, 422, 503),
)
def get_questionnaire(
    request: Request, session: SessionDep, guides: GuidesDep, slug: ItemSlug
) -> Response:
    """Get the form that makes a profile for this topic, safety screens first."""
    form = build_questionnaire(guides.guide(session, slug))
    return respond(request, get_release(session), form.model_dump_json())
