"""Builds the application: `create_app` for servers and tests."""

import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from multiprocessing import parent_process
from multiprocessing.process import BaseProcess
from threading import Thread

from anyio.to_thread import current_default_thread_limiter
from fastapi import APIRouter, Depends, FastAPI
from fastapi.routing import APIRoute
from starlette.routing import BaseRoute
from starlette.types import Receive, Scope, Send

from app.api.answer_limit import AnswerLimit
from app.api.body_limit import BodyLimit, BodyMax
from app.api.crash_guard import CrashGuard
from app.api.dependencies import Clock, read_clock
from app.api.docs_page import router as docs_router
from app.api.finished import FinishedAnswers
from app.api.guides import Guides
from app.api.hosts import HostCheck
from app.api.library_reads import LibraryReads
from app.api.metrics import Metrics
from app.api.open_cors import EXPOSED_HEADERS, METHODS, OpenCors
from app.api.openapi import DESCRIPTION, describe_problems
from app.api.parameters import refuse_stray_parameters
from app.api.problems import EXCEPTION_HANDLERS
from app.api.rate_limits import RateLimited, RateLimits, limited
from app.api.release_watch import ReleaseWatch
from app.api.request_log import RequestLog
from app.api.route_names import RouteNames
from app.api.routes import ROUTERS
from app.api.security_headers import SecureHeaders
from app.api.short_way import ShortWay, refuse_what_failed
from app.api.tracing import choose_telemetry
from app.api.trials import Trials
from app.database import Limits, build_beside, build_engine
from app.logs import configure_logs
from app.settings import Settings

BODY_MAX = 64 * 1024
"""The largest body of a request, in bytes."""

TRIAL_MAX = 8 * 1024 * 1024
"""The largest body of a trial without a key: a library some times that we ship."""

WRITE_MAX = 32 * 1024 * 1024
"""The largest body of a write: a whole library."""

BODIES = BodyMax(BODY_MAX, TRIAL_MAX, WRITE_MAX, open_trials=8 * TRIAL_MAX)
AT_ONCE = 256
"""How many requests a process works at; more would only wait for each other."""

THREADS = AT_ONCE + 64
"""More than there are answers to make: writes are not among those.

Who holds a connection is never kept waiting for a thread by those who wait for one.
"""


class Service(FastAPI):
    """The API behind what it has finished: FastAPI is asked for the rest alone."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        door: HostCheck = self.state.door
        await door(scope, receive, send)


def create_app(
    settings: Settings | None = None, *, clock: Clock = read_clock
) -> Service:
    """Return the API on the database of the settings; nothing is read before use."""
    settings = settings or Settings()
    configure_logs(settings.log_level)
    app = Service(
        title="whatnext",
        version="1",
        description=DESCRIPTION,
        exception_handlers=EXCEPTION_HANDLERS,
        redirect_slashes=False,
        docs_url=None,
        redoc_url=None,
        telemetry=choose_telemetry(),
        lifespan=_serving,
    )
    waits = Limits(settings.database_seconds, settings.database_connections)
    engine = app.state.engine = build_engine(settings.database_url, limits=waits)
    watch = app.state.watch = ReleaseWatch(engine, seconds=settings.watch_seconds)
    app.state.reads = LibraryReads(engine)
    short_way = ShortWay(
        LibraryReads(build_beside(engine, limits=waits)),
        is_embedded=engine.dialect.name == "sqlite",
        seconds=settings.request_seconds,
    )
    metrics = app.state.metrics = Metrics(watch)
    requests = RequestLog(metrics, RouteNames(app).find, watch)
    limits = RateLimits(settings)
    app.state.finished = FinishedAnswers(
        super(Service, app).__call__,
        watch,
        requests=requests,
        budget=settings.cache_bytes,
        finish_known=limited(short_way.finish, limits),
    )
    app.state.door = HostCheck(app.state.finished, settings.hosts, requests)
    app.state.trials = Trials()
    app.state.guides = Guides()
    app.state.clock = clock
    app.router.routes.extend(_make_routes())
    # The last is the first that a request comes to.
    app.add_middleware(BodyLimit, BODIES, settings.body_seconds)
    app.add_middleware(RateLimited, limits)
    app.add_middleware(CrashGuard)
    app.add_middleware(AnswerLimit, settings.request_seconds, AT_ONCE)
    app.add_middleware(
        OpenCors,
        allow_origins=["*"],
        allow_methods=METHODS,
        allow_headers=["*"],
        expose_headers=EXPOSED_HEADERS,
    )
    app.add_middleware(SecureHeaders)
    describe_problems(app)
    return app


@asynccontextmanager
async def _serving(app: FastAPI) -> AsyncIterator[None]:
    """Close the connections at the end: else SQLite leaves files beside its own."""
    current_default_thread_limiter().total_tokens = THREADS
    if (parent := parent_process()) is not None:
        Thread(target=_end_with, args=(parent,), daemon=True).start()
    yield
    app.state.engine.dispose()


def _end_with(parent: BaseProcess) -> None:
    """End this process when the one that started it is killed.

    Else it would answer on, at a port that a new service cannot have.
    """
    parent.join()
    os.kill(os.getpid(), signal.SIGTERM)


@cache
def _make_routes() -> list[BaseRoute]:
    """Return the routes of every application: to make them takes long."""
    routes = APIRouter(
        dependencies=[Depends(refuse_what_failed), Depends(refuse_stray_parameters)],
        generate_unique_id_function=_name_operation,
        redirect_slashes=False,
    )
    for router in (*ROUTERS, docs_router):
        routes.include_router(router)
    return routes.routes


def _name_operation(route: APIRoute) -> str:
    return route.name
