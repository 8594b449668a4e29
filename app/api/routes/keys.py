"""API keys: made, listed and revoked by admins."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request, Response

from app.api.authentication import KeyedRoute, requires
from app.api.dependencies import NowDep, SessionDep, WriteSessionDep
from app.api.documented import document_answer
from app.api.json_bodies import require_plain_json
from app.api.key_schemas import CreatedKeyOut, KeyOut, KeyRequest, KeysOut
from app.api.library_reads import link_pages
from app.api.problems import document_problems
from app.errors import Fault, InvalidRequestError
from app.keys import KeyRole, make_key
from app.queries import keys
from app.queries.paging import PageFilters

router = APIRouter(
    prefix="/v1/keys",
    tags=["keys"],
    route_class=KeyedRoute,
    dependencies=[requires(KeyRole.ADMIN)],
    responses=document_problems(401, 403, 503),
)


@router.get(
    "",
    responses=document_problems(422)
    | {200: document_answer("A page of the list.", "Cache-Control", "Link")},
)
def list_keys(
    request: Request,
    response: Response,
    session: SessionDep,
    filters: Annotated[PageFilters, Query()],
) -> KeysOut:
    """List the keys by name, revoked and expired ones too, but not their secrets."""
    page = keys.list_keys(session, **filters.model_dump())
    response.headers["Link"] = link_pages(request.url.path, filters, page.total)
    return KeysOut(
        items=[KeyOut.model_validate(one) for one in page.keys],
        total=page.total,
        limit=filters.limit,
        offset=filters.offset,
    )


@router.post(
    "",
    status_code=201,
    dependencies=[Depends(require_plain_json)],
    responses=document_problems(400, 409, 413, 415, 422)
    | {201: document_answer("The new key.", "Cache-Control")},
)
def create_key(
    session: WriteSessionDep, now: NowDep, asked: KeyRequest
) -> CreatedKeyOut:
    """Make a key. It is in this answer, and cannot be shown again."""
    if asked.expires_at is not None and asked.expires_at <= now:
        raise InvalidRequestError([Fault("/expires_at", "It has passed already.")])
    key = make_key()
    stored = keys.add_key(session, key, at=now, **asked.model_dump())
    return CreatedKeyOut(**stored.model_dump(exclude={"digest"}), key=key.text)


@router.delete(
    "/{id}",
    responses=document_problems(404, 422)
    | {200: document_answer("The revoked key.", "Cache-Control")},
)
def revoke_key(
    session: WriteSessionDep,
    now: NowDep,
    key_id: Annotated[str, Path(alias="id", description="The id of a key.")],
) -> KeyOut:
    """Revoke a key for good, from now on; one that is revoked stays as it was."""
    return KeyOut.model_validate(keys.revoke_key(session, key_id, at=now))
