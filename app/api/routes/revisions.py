"""Revisions: one item as each release left it."""

import json
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from app.api.dependencies import SessionDep
from app.api.documented import ItemKind, ItemSlug, document_list
from app.api.history_schemas import RevisionOut, RevisionsOut
from app.api.key_names import KeyedDep, respond_by_key
from app.api.library_reads import link_pages
from app.api.problems import document_problems
from app.queries import history
from app.queries.paging import PageFilters
from app.queries.releases import get_release

router = APIRouter(prefix="/v1", tags=["releases"])


@router.get(
    "/{kind}/{slug}/revisions",
    responses=document_list(RevisionsOut) | document_problems(404, 422, 503),
)
def list_revisions(
    request: Request,
    session: SessionDep,
    kind: ItemKind,
    slug: ItemSlug,
    is_keyed: KeyedDep,
    filters: Annotated[PageFilters, Query()],
) -> Response:
    """List an item as each release left it, the newest first, removed ones too.

    Who shows an API key is also told the names of the keys that published.
    """
    present = get_release(session)
    page = history.list_revisions(session, kind, slug, filters)
    revisions = RevisionsOut(
        items=[_describe(one) for one in page.rows],
        total=page.total,
        limit=filters.limit,
        offset=filters.offset,
    )
    response = respond_by_key(request, present, revisions, is_keyed=is_keyed)
    response.headers["Link"] = link_pages(request.url.path, filters, page.total)
    return response


def _describe(one: history.ItemRevision) -> RevisionOut:
    document = one.revision.document
    return RevisionOut(
        release=one.release.number,
        created_at=one.release.created_at,
        published_by=one.release.key_name,
        note=one.release.note,
        significance=one.release.significance,
        change=one.change,
        format=one.revision.format,
        document=None if document is None else json.loads(document),
    )
