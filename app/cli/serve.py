"""The command that serves the API."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
import uvicorn
from sqlalchemy import Engine

from app.cli.configuration import read_settings
from app.cli.content import read_checked
from app.cli.extras import require_mcp
from app.cli.migrations import migrate
from app.cli.reports import reporting
from app.content.check import Checked
from app.content.files import digest_files, read_directory
from app.content.present import Present
from app.content.publish import Signature, differs, is_outdated, refresh
from app.content.submit import submit
from app.database import build_engine, read_session, write_session
from app.errors import ContentError, StaleReleaseError
from app.queries.projection import find_same, mark_same
from app.queries.releases import find_release
from app.settings import Settings

Host = Annotated[str, typer.Option(help="The address to listen on.")]
Port = Annotated[int, typer.Option(help="The port to listen on.")]


@reporting()
def serve(host: Host = "127.0.0.1", port: Port = 8000) -> None:
    """Migrate, publish seed_data into an empty database, and serve the API.

    A database that has content is never overwritten.
    """
    settings = read_settings()
    if settings.mcp:
        require_mcp()
    prepare(settings)
    # The access log would hold query texts, and costs more than an answer does.
    uvicorn.run(
        "app.mcp.main:create_mcp_app" if settings.mcp else "app.main:create_app",
        factory=True,
        host=host,
        port=port,
        access_log=False,
        log_level=settings.log_level.lower(),
    )


def prepare(settings: Settings, *, say: Callable[[str], None] = typer.echo) -> None:
    """Bring the database to the newest schema; publish seed_data if it is empty."""
    migrate()
    engine = build_engine(settings.database_url)
    _seed(engine, settings, say)
    engine.dispose()


def _seed(engine: Engine, settings: Settings, say: Callable[[str], None]) -> None:
    with read_session(engine) as session:
        release = find_release(session)
        number = release.number if release else None
    if number is None:
        checked = read_checked(settings.seed_data)
        say(_publish_first(engine, checked, settings))
        return
    if is_outdated(engine):
        refresh(engine, at=datetime.now(UTC))
    try:
        is_other = _is_other(engine, settings.seed_data, number)
    except ContentError as error:
        say(
            f"{settings.seed_data.name} has {len(error.problems)} problems: "
            "see `whatnext check`."
        )
        return
    if is_other:
        say(
            f"Serving release {number}. {settings.seed_data.name} differs from it: "
            "run `whatnext publish` to publish it."
        )


def _is_other(engine: Engine, directory: Path, release: int) -> bool:
    """Say whether a directory differs from the release that stands.

    To read it all takes a second: what was found the same is remembered.
    """
    same_as = f"{release}:{digest_files(directory)}"
    with read_session(engine) as session:
        if find_same(session) == same_as:
            return False
    bundle, _ = read_directory(directory)
    if differs(engine, bundle):
        return True
    with write_session(engine) as session:
        mark_same(session, same_as)
    return False


def _publish_first(engine: Engine, checked: Checked, settings: Settings) -> str:
    signature = Signature(datetime.now(UTC), note="The first release.")
    try:
        submit(engine, Present(), checked.bundle, signature, check=lambda *_: checked)
    except StaleReleaseError:
        return "Another process has published meanwhile."
    return f"Published {settings.seed_data.name} as release 1."
