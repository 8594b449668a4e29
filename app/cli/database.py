"""Opens the database of the settings for a command."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine

from app.cli.configuration import read_settings
from app.cli.migrations import migrate
from app.database import build_engine


@contextmanager
def open_database() -> Iterator[Engine]:
    """Yield the database, with the newest schema."""
    url = read_settings().database_url
    migrate()
    engine = build_engine(url)
    try:
        yield engine
    finally:
        engine.dispose()
