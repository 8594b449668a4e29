"""The answer to a profile. Nothing of it is stored, logged or cached."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response

from app.api.advice import find_guide
from app.api.dependencies import GuidesDep, SessionDep
from app.api.documented import document_advice
from app.api.forms import ACCEPTED
from app.api.json_bodies import require_plain_json
from app.api.metrics import Metrics
from app.api.parameters import read_list, refuse_future_release
from app.api.problems import document_problems
from app.api.reads import respond_once
from app.api.schemas import RecommendationOptions, RecommendationRequest
from app.api.texts import write
from app.engine.recommend import explain, recommend
from app.engine.recommendation import Explanation, Recommendation, write_json
from app.fields import Beside
from app.queries.releases import get_release
from app.render.framing import name_items
from app.render.recommendation_text import compose_recommendation

router = APIRouter(prefix="/v1/recommendations", tags=["recommendations"])


@router.post(
    "",
    dependencies=[Depends(require_plain_json)],
    responses=document_advice(Recommendation | Explanation)
    | document_problems(400, 413, 415, 422, 503),
)
def create_recommendation(
    request: Request,
    session: SessionDep,
    guides: GuidesDep,
    asked: RecommendationRequest,
    options: Annotated[RecommendationOptions, Query()],
) -> Response:
    """Answer a profile: how urgent, why it may have failed, and what fits the person.

    Every option of the topic comes back once with its standing and its reasons.
    `{}` is a valid request. General information, not medical advice.
    """
    present = get_release(session).number
    refuse_future_release(options.release, newest=present)
    library, guide = find_guide(session, guides, asked, release=options.release)
    answer = explain if options.explain else recommend
    beside = _read_include(options.include)
    advice = answer(guide, asked.profile, region=asked.region, beside=beside)
    metrics: Metrics = request.app.state.metrics
    metrics.count_recommendation(advice.urgency.level)
    form, length = options.choose(request.scope[ACCEPTED])
    if length is None:
        return respond_once(write_json(advice), release=guide.release)
    rendering = compose_recommendation(advice, length, names=name_items(library))
    text = write(rendering, library.references, form)
    return respond_once(text, release=guide.release, form=form)


def _read_include(include: str | None) -> list[Beside]:
    """Read `include=`. Raises `InvalidRequestError` naming the valid words."""
    if not include:
        return []
    choices = [word.value for word in Beside]
    refusal = "Not to be included."
    wanted = read_list(include, choices, name="include", refusal=refusal)
    return [Beside(word) for word in wanted]
