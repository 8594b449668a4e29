"""Who asks for advice: by which guide, and whether it can be asked so."""

from sqlmodel import Session

from app.api.guides import Guides
from app.api.schemas import RecommendationRequest
from app.engine.guide import Guide
from app.errors import Fault, InvalidRequestError
from app.library.bundle import Bundle
from app.library.nearest import name_choices
from app.library.vocabulary import check_profile


def find_guide(
    session: Session,
    guides: Guides,
    asked: RecommendationRequest,
    *,
    release: int | None = None,
) -> tuple[Bundle, Guide]:
    """Return the library and the guide that answer, of the present release if none.

    Raises `InvalidRequestError`, `NoReleaseError`.
    """
    library = guides.bundle(session, release=release)
    topic = asked.topic or library.library.default_topic
    if topic not in library.topics:
        choices = name_choices(topic, library.topics)
        raise InvalidRequestError([Fault("/topic", f"Not a topic. {choices}")])
    guide = guides.guide(session, topic, release=release)
    _check(asked, guide)
    return library, guide


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
