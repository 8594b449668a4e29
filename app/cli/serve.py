"""The command that serves the API."""

from math import ceil
from typing import Annotated

import typer
from uvicorn import Config

from app.api.shared_counts import counting_together
from app.cli.configuration import read_settings
from app.cli.extras import require_mcp
from app.cli.prepare import make_ready, require_ready
from app.cli.reports import reporting
from app.cli.running import run_server
from app.cli.server_options import choose_server_options, require_store
from app.logs import configure_libraries
from app.settings import Settings

Host = Annotated[str, typer.Option(help="The address to listen on.")]
Port = Annotated[int, typer.Option(help="The port to listen on.")]
Workers = Annotated[
    int | None,
    typer.Option(
        min=1, max=64, help="How many processes answer; else WORKERS, or one."
    ),
]
Prepared = Annotated[
    bool,
    typer.Option(
        "--prepared", help="Change nothing first: `whatnext prepare` was run."
    ),
]


@reporting()
def serve(
    host: Host = "127.0.0.1",
    port: Port = 8000,
    workers: Workers = None,
    *,
    prepared: Prepared = False,
) -> None:
    """Migrate, publish seed_data into an empty database, and serve the API.

    A database that has content is never overwritten.
    """
    settings = read_settings()
    if settings.mcp:
        require_mcp()
    require_store(settings)
    if prepared:
        require_ready(settings)
    else:
        make_ready(settings)
    config = _configure(settings, (host, port), workers or settings.workers)
    with counting_together(config.workers):
        run_server(config)


def _configure(settings: Settings, address: tuple[str, int], workers: int) -> Config:
    return Config(
        "app.mcp.main:create_mcp_app" if settings.mcp else "app.main:create_app",
        factory=True,
        host=address[0],
        port=address[1],
        workers=workers,
        timeout_graceful_shutdown=ceil(settings.drain_seconds),
        # To check a large library keeps a process from saying that it is well.
        timeout_worker_healthcheck=60,
        **choose_server_options(settings),
        # Else who sends several requests at once has the id of the first on all.
        reset_contextvars=True,
        log_config=configure_libraries(settings.log_level),
        log_level=settings.log_level.lower(),
        # There are none, and the server would log the addresses of those that try.
        ws="none",
    )
