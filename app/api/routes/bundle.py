"""The bundle: the whole library as one document."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from app.api.dependencies import SessionDep
from app.api.documented import document_item
from app.api.parameters import refuse_future_release
from app.api.problems import document_problems
from app.api.reads import respond
from app.api.schemas import BundleOut
from app.content.bundles import write_bundle
from app.queries.releases import get_release, load_documents

router = APIRouter(prefix="/v1/bundle", tags=["releases"])

ReleaseNumber = Annotated[
    int | None,
    Query(ge=1, description="The bundle of this release; the present one if none."),
]


@router.get("", responses=document_item(BundleOut) | document_problems(422, 503))
def get_bundle(
    request: Request, session: SessionDep, release: ReleaseNumber = None
) -> Response:
    """Get every entry of the library as it was published, for a copy or another tool.

    `whatnext export` writes the same as YAML files.
    """
    newest = get_release(session).number
    refuse_future_release(release, newest=newest)
    chosen = get_release(session, number=release)
    documents = load_documents(session, release=chosen.number)
    return respond(request, chosen, write_bundle(documents, release=chosen.number))
