"""Whether the service is up, ready, and what it serves."""

from importlib.metadata import version

from fastapi import APIRouter, Request, Response
from prometheus_client import CONTENT_TYPE_PLAIN_0_0_4
from starlette.concurrency import run_in_threadpool

from app.api.dependencies import GuidesDep, SessionDep
from app.api.documented import document_answer, document_item
from app.api.metrics import Metrics
from app.api.problems import document_problems
from app.api.reads import get_reads, respond, respond_as_told
from app.api.schemas import Health, Meta, Readiness
from app.engine.recommend import ENGINE_VERSION
from app.queries.releases import get_release

NAME = "whatnext"
router = APIRouter(tags=["operations"])


@router.get(
    "/healthz",
    responses=document_problems(422) | {200: document_answer("It answers.")},
)
async def get_health() -> Health:
    """Say that the process answers; the database is not asked."""
    return Health(status="ok")


@router.get(
    "/readyz",
    responses=document_problems(422, 503) | {200: document_answer("It is ready.")},
)
def get_readiness(session: SessionDep) -> Readiness:
    """Say that the database answers and holds a release."""
    return Readiness(status="ready", release=get_release(session).number)


@router.get(
    "/llms.txt",
    # A page, not an operation: it has a convention of its own.
    include_in_schema=False,
)
def get_llms_text(request: Request) -> Response:
    """Get the library in one page for language models, with links to every text."""
    return respond_as_told(request, get_reads(request).tell_library())


@router.get(
    "/metrics",
    # Its format has a convention of its own.
    include_in_schema=False,
)
async def get_metrics(request: Request) -> Response:
    """Get what Prometheus collects."""
    metrics: Metrics = request.app.state.metrics
    metrics.gather()
    text = await run_in_threadpool(metrics.write)
    headers = {"Cache-Control": "no-store", "Content-Type": CONTENT_TYPE_PLAIN_0_0_4}
    return Response(text, headers=headers)


@router.get("/v1/meta", responses=document_item(Meta) | document_problems(422, 503))
def get_meta(request: Request, session: SessionDep, guides: GuidesDep) -> Response:
    """Say what this service is: versions, release, regions and the disclaimer."""
    release = get_release(session)
    library = guides.bundle(session).library
    meta = Meta(
        name=NAME,
        version=version(NAME),
        engine=ENGINE_VERSION,
        release=release.number,
        released_at=release.created_at,
        title=library.title,
        language=library.language,
        licence=library.licence,
        intended_use=library.intended_use,
        disclaimer=library.disclaimer,
        authors=library.authors,
        funding=library.funding,
        default_topic=library.default_topic,
        regions=library.regions,
    )
    return respond(request, release, meta.model_dump_json())
