"""Brings a database to where it can be served: its schema, content and tables."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import typer
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from app.cli.configuration import read_settings
from app.cli.content import read_checked
from app.cli.migrations import list_older, migrate
from app.cli.reports import reporting
from app.cli.stores import MisusedError
from app.content.check import Checked
from app.content.files import digest_files, read_directory
from app.content.present import Present
from app.content.publish import Signature, differs, is_outdated, refresh
from app.content.submit import submit
from app.database import build_engine, read_session, write_session
from app.database_failures import Failure, find_failure
from app.errors import ContentError, StaleReleaseError
from app.queries.doctor import find_migrations
from app.queries.projection import find_same, mark_same
from app.queries.releases import find_release
from app.settings import Settings


@reporting()
def prepare() -> None:
    """Migrate, and publish seed_data into an empty database: what `serve` does first.

    Tables that another version of the program made are made anew. Where several
    processes serve one database, this is done once, before they start.
    """
    make_ready(read_settings())


def require_ready(settings: Settings) -> None:
    """Refuse a database that is older than this program, and one without tables.

    A newer one is let pass: until it is replaced, the program before must serve it.
    """
    engine = build_engine(settings.database_url)
    with read_session(engine) as session:
        found = find_migrations(session)
    engine.dispose()
    if not found or list_older().intersection(found):
        raise MisusedError(
            "The database is not at the newest schema: run `whatnext prepare` first."
        )


def make_ready(settings: Settings, *, say: Callable[[str], None] = typer.echo) -> None:
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
    try:
        with write_session(engine) as session:
            mark_same(session, same_as)
    except DBAPIError as error:
        # Where it cannot be remembered, it is found out at each start.
        if find_failure(error) is not Failure.READ_ONLY:
            raise
    return False


def _publish_first(engine: Engine, checked: Checked, settings: Settings) -> str:
    signature = Signature(datetime.now(UTC), note="The first release.")
    try:
        submit(engine, Present(), checked.bundle, signature, check=lambda *_: checked)
    except StaleReleaseError:
        return "Another process has published meanwhile."
    return f"Published {settings.seed_data.name} as release 1."
