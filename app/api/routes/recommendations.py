"""The answer to a profile. Nothing of it is stored, logged or cached."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from app.api.dependencies import GuidesDep, SessionDep
from app.api.documented import document_advice
from app.api.parameters import (
    read_list,
    refuse_future_release,
    refuse_repeated_keys,
)
from app.api.problems import document_problems
from app.api.schemas import RecommendationOptions, RecommendationRequest
from app.engine.guide import Guide
from app.engine.recommend import explain, recommend
from app.engine.recommendation import Explanation, Recommendation, write_json
from app.errors import Fault, InvalidRequestError
from app.fields import Beside
from app.library.nearest import name_choices
from app.library.vocabulary import check_profile
from app.queries.releases import get_release

router = APIRouter(prefix="/v1/recommendations", tags=["recommendations"])


@router.post(
    "",
    dependencies=[Depends(refuse_repeated_keys)],
    responses=document_advice(Recommendation | Explanation)
    | document_problems(400, 413, 415, 422, 503),
)
def create_recommendation(
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
    library = guides.bundle(session, release=options.release)
    topic = asked.topic or library.library.default_topic
    if topic not in library.topics:
        choices = name_choices(topic, library.topics)
        raise InvalidRequestError([Fault("/topic", f"Not a topic. {choices}")])
    guide = guides.guide(session, topic, release=options.release)
    _check(asked, guide)
    answer = explain if options.explain else recommend
    beside = _read_include(options.include)
    advice = answer(guide, asked.profile, region=asked.region, beside=beside)
    headers = {"Cache-Control": "no-store", "Library-Release": str(guide.release)}
    return Response(write_json(advice), media_type="application/json", headers=headers)


def _read_include(include: str | None) -> list[Beside]:
    """Read `include=`. Raises `InvalidRequestError` naming the valid words."""
    if not include:
        return []
    choices = [word.value for word in Beside]
    refusal = "Not to be included."
    wanted = read_list(include, choices, name="include", refusal=refusal)
    return [Beside(word) for word in wanted]


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
