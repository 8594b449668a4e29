"""Builds the application: `create_app` for servers and tests."""

from fastapi import Depends, FastAPI
from fastapi.routing import APIRoute

from app.api.body_limit import BodyLimit
from app.api.crash_guard import CrashGuard
from app.api.dependencies import Clock, read_clock
from app.api.guides import Guides
from app.api.head_requests import HeadRequests
from app.api.open_cors import EXPOSED_HEADERS, METHODS, OpenCors
from app.api.openapi import DESCRIPTION, describe_problems
from app.api.parameters import refuse_stray_parameters
from app.api.problems import EXCEPTION_HANDLERS
from app.api.routes import ROUTERS
from app.database import build_engine
from app.logs import configure_logs
from app.settings import Settings

BODY_MAX = 64 * 1024
"""The largest body of a request, in bytes."""

WRITE_MAX = 32 * 1024 * 1024
"""The largest body of a write: a whole library."""


def create_app(
    settings: Settings | None = None, *, clock: Clock = read_clock
) -> FastAPI:
    """Return the API on the database of the settings; nothing is read before use."""
    settings = settings or Settings()
    configure_logs(settings.log_level)
    app = FastAPI(
        title="whatnext",
        version="1",
        description=DESCRIPTION,
        generate_unique_id_function=_name_operation,
        exception_handlers=EXCEPTION_HANDLERS,
        redirect_slashes=False,
        dependencies=[Depends(refuse_stray_parameters)],
    )
    app.state.engine = build_engine(settings.database_url)
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
    app.add_middleware(HeadRequests)
    describe_problems(app)
    return app


def _name_operation(route: APIRoute) -> str:
    return route.name
