"""Builds the application: `create_app` for servers and tests."""

from fastapi import Depends, FastAPI
from fastapi.routing import APIRoute
from starlette.types import Receive, Scope, Send

from app.api.body_limit import BodyLimit
from app.api.crash_guard import CrashGuard
from app.api.dependencies import Clock, read_clock
from app.api.finished import FinishedAnswers
from app.api.guides import Guides
from app.api.library_reads import LibraryReads
from app.api.open_cors import EXPOSED_HEADERS, METHODS, OpenCors
from app.api.openapi import DESCRIPTION, describe_problems
from app.api.parameters import refuse_stray_parameters
from app.api.problems import EXCEPTION_HANDLERS
from app.api.release_watch import ReleaseWatch
from app.api.routes import ROUTERS
from app.api.short_way import ShortWay
from app.database import build_engine
from app.garbage import collect_rarely
from app.logs import configure_logs
from app.settings import Settings

BODY_MAX = 64 * 1024
"""The largest body of a request, in bytes."""

WRITE_MAX = 32 * 1024 * 1024
"""The largest body of a write: a whole library."""


class Service(FastAPI):
    """The API behind what it has finished: FastAPI is asked for the rest alone."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        finished: FinishedAnswers = self.state.finished
        await finished(scope, receive, send)


def create_app(
    settings: Settings | None = None, *, clock: Clock = read_clock
) -> Service:
    """Return the API on the database of the settings; nothing is read before use."""
    settings = settings or Settings()
    configure_logs(settings.log_level)
    collect_rarely()
    app = Service(
        title="whatnext",
        version="1",
        description=DESCRIPTION,
        generate_unique_id_function=_name_operation,
        exception_handlers=EXCEPTION_HANDLERS,
        redirect_slashes=False,
        dependencies=[Depends(refuse_stray_parameters)],
    )
    engine = app.state.engine = build_engine(settings.database_url)
    watch = app.state.watch = ReleaseWatch(engine, seconds=settings.watch_seconds)
    reads = app.state.reads = LibraryReads(engine)
    short_way = ShortWay(reads, is_embedded=engine.dialect.name == "sqlite")
    app.state.finished = FinishedAnswers(
        super(Service, app).__call__,
        watch,
        budget=settings.cache_bytes,
        finish_known=short_way.finish,
    )
    app.state.guides = Guides()
    app.state.clock = clock
    for router in ROUTERS:
        app.include_router(router)
    app.add_middleware(BodyLimit, largest=BODY_MAX, largest_write=WRITE_MAX)
    app.add_middleware(CrashGuard)
    app.add_middleware(
        OpenCors,
        allow_origins=["*"],
        allow_methods=METHODS,
        allow_headers=["*"],
        expose_headers=EXPOSED_HEADERS,
    )
    describe_problems(app)
    return app


def _name_operation(route: APIRoute) -> str:
    return route.name
