"""The answer to a profile. Nothing of it is stored, logged or cached."""

from fastapi import APIRouter, Depends, Response

from app.api.dependencies import GuidesDep, SessionDep
from app.api.parameters import refuse_repeated_keys
from app.api.problems import document_problems
from app.api.schemas import RecommendationRequest
from app.engine.guide import Guide
from app.engine.recommend import recommend
from app.engine.recommendation import Recommendation
from app.errors import Fault, InvalidRequestError
from app.library.nearest import name_choices
from app.library.vocabulary import check_profile

router = APIRouter(prefix="/v1/recommendations", tags=["recommendations"])


@router.post(
    "",
    dependencies=[Depends(refuse_repeated_keys)],
    responses=document_problems(400, 413, 415, 422, 503),
)
def create_recommendation(
    response: Response,
    session: SessionDep,
    guides: GuidesDep,
    asked: RecommendationRequest,
) -> Recommendation:
    """Answer a profile: how urgent, why it may have failed, and what fits the person.

    Every option of the topic comes back once with its standing and its reasons.
    `{}` is a valid request. General information, not medical advice.
    """
    library = guides.bundle(session)
    topic = asked.topic or library.library.default_topic
    if topic not in library.topics:
        choices = name_choices(topic, library.topics)
        raise InvalidRequestError([Fault("/topic", f"Not a topic. {choices}")])
    guide = guides.guide(session, topic)
    _check(asked, guide)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Library-Release"] = str(guide.release)
    return recommend(guide, asked.profile, region=asked.region)


def _check(asked: RecommendationRequest, guide: Guide) -> None:
    faults = [
        Fault(f"/profile{fault.pointer}", fault.detail)
        for fault in check_profile(asked.profile, guide.vocabulary)
    ]
    regions = {region.slug for region in guide.library.regions}
    if asked.region is not None and asked.region not in regions:
        choices = name_choices(asked.region, regions)
        faults.append(Fault("/region", f"Not a region. {choices}"))
    if faults:
        raise InvalidRequestError(faults)
