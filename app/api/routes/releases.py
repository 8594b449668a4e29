"""Releases: what was published when, and whose advice changes between two."""

from functools import partial
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from app.api.dependencies import GuidesDep, SessionDep
from app.api.documented import document_item, document_list
from app.api.history_schemas import Number, ReleaseOut, ReleasesOut
from app.api.key_names import KeyedDep, respond_by_key
from app.api.library_reads import link_pages
from app.api.problems import document_problems
from app.api.reads import respond
from app.api.schemas import AdviceDiff
from app.content.advice_change import UncomparedCase, describe_advice
from app.content.advice_diff import CaseDiff, GuidedLibrary, NotCompared, diff_advice
from app.engine.recommend import ENGINE_VERSION
from app.queries import history, releases
from app.queries.filters import ReleaseFilters
from app.queries.history import Change

router = APIRouter(prefix="/v1/releases", tags=["releases"])


@router.get("", responses=document_list(ReleasesOut) | document_problems(422, 503))
def list_releases(
    request: Request,
    session: SessionDep,
    is_keyed: KeyedDep,
    filters: Annotated[ReleaseFilters, Query()],
) -> Response:
    """List the releases, the newest first, and how many items each made different.

    Who shows an API key is also told the names of the keys that published.
    """
    present = releases.get_release(session)
    page = history.list_releases(session, filters)
    found = ReleasesOut(
        items=[_describe(one) for one in page.rows],
        total=page.total,
        limit=filters.limit,
        offset=filters.offset,
    )
    response = respond_by_key(request, present, found, is_keyed=is_keyed)
    response.headers["Link"] = link_pages(request.url.path, filters, page.total)
    return response


@router.get(
    "/{number}", responses=document_item(ReleaseOut) | document_problems(404, 422, 503)
)
def get_release(
    request: Request, session: SessionDep, is_keyed: KeyedDep, number: Number
) -> Response:
    """Get a release: when it was published, why, and how many items it changed.

    Who shows an API key is also told the name of the key that published it.
    """
    found = _describe(history.get_counted_release(session, number))
    present = releases.get_release(session)
    return respond_by_key(request, present, found, is_keyed=is_keyed)


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
    return respond(request, releases.get_release(session), text)


def _describe(one: history.CountedRelease) -> ReleaseOut:
    release = one.release
    address = f"/v1/releases/{release.number}"
    return ReleaseOut(
        number=release.number,
        created_at=release.created_at,
        published_by=release.key_name,
        note=release.note,
        significance=release.significance,
        checksum=release.checksum,
        added=one.counts[Change.ADDED],
        changed=one.counts[Change.CHANGED],
        removed=one.counts[Change.REMOVED],
        links={"self": address, "changes": f"{address}/changes"},
    )


def _write(before: int, after: int, first: GuidedLibrary, then: GuidedLibrary) -> str:
    found = list(diff_advice(first, then))
    compared = [one for one in found if isinstance(one, CaseDiff)]
    diff = AdviceDiff(
        before=before,
        after=after,
        engine=ENGINE_VERSION,
        cases=len(compared),
        changed=[describe_advice(one) for one in compared if one.is_changed],
        uncompared=[
            UncomparedCase(case=one.case.slug, because=one.because)
            for one in found
            if isinstance(one, NotCompared)
        ],
    )
    return diff.model_dump_json()
