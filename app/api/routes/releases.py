"""Releases: whose advice changes from one to another."""

from functools import partial
from typing import Annotated

from fastapi import APIRouter, Path, Request, Response

from app.api.dependencies import GuidesDep, SessionDep
from app.api.problems import document_problems
from app.api.reads import document_item, respond
from app.api.schemas import (
    AdviceChange,
    AdviceDiff,
    LikelihoodChange,
    StandingChange,
    UncomparedCase,
    UrgencyChange,
)
from app.content.advice_diff import CaseDiff, GuidedLibrary, NotCompared, diff_advice
from app.engine.recommend import ENGINE_VERSION
from app.fields import Urgency
from app.queries.releases import get_release

router = APIRouter(prefix="/v1/releases", tags=["releases"])

Number = Annotated[int, Path(ge=1, description="The number of a release.")]


@router.get(
    "/{before}/advice-diff/{after}",
    responses=document_item(AdviceDiff) | document_problems(404, 422, 503),
)
def get_advice_diff(
    request: Request,
    session: SessionDep,
    guides: GuidesDep,
    before: Number,
    after: Number,
) -> Response:
    """Get the cases that two releases answer differently, and how.

    Both are answered by the engine of today.
    """
    write = partial(_write, before, after)
    text = guides.compare(session, (before, after), write)
    return respond(request, get_release(session), text)


def _write(before: int, after: int, first: GuidedLibrary, then: GuidedLibrary) -> str:
    found = list(diff_advice(first, then))
    compared = [one for one in found if isinstance(one, CaseDiff)]
    diff = AdviceDiff(
        before=before,
        after=after,
        engine=ENGINE_VERSION,
        cases=len(compared),
        changed=[_describe(one) for one in compared if one.is_changed],
        uncompared=[
            UncomparedCase(case=one.case.slug, because=one.because)
            for one in found
            if isinstance(one, NotCompared)
        ],
    )
    return diff.model_dump_json()


def _describe(diff: CaseDiff) -> AdviceChange:
    before, after = diff.before, diff.after
    return AdviceChange(
        case=diff.case.slug,
        name=diff.case.name,
        topic=diff.case.topic,
        level=_urgency(before.level, after.level),
        could_be=_urgency(before.could_be, after.could_be),
        signs_added=sorted(after.signs - before.signs),
        signs_removed=sorted(before.signs - after.signs),
        options=[
            StandingChange(option=one.slug, before=one.before, after=one.after)
            for one in diff.options
        ],
        causes=[
            LikelihoodChange(cause=one.slug, before=one.before, after=one.after)
            for one in diff.causes
        ],
    )


def _urgency(before: Urgency, after: Urgency) -> UrgencyChange | None:
    return None if before is after else UrgencyChange(before=before, after=after)
