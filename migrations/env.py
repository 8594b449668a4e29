"""Runs the migrations on the settings' database, or on a connection that is lent."""

from typing import Any, Literal

import sqlalchemy as sa
from alembic import context
from sqlalchemy import Connection
from sqlmodel import SQLModel
from sqlmodel.sql.sqltypes import AutoString

import app.tables  # noqa: F401 - fills the metadata
from app.database import build_engine, locking
from app.settings import Settings

LOCK_KEY = 20_261_122


def render_item(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """Write our column types as plain SQLAlchemy: migrations never import the app."""
    if kind == "type" and isinstance(item, AutoString):
        return f"sa.String(length={item.length})" if item.length else "sa.String()"
    if kind == "type" and type(item).__name__ == "UTCDateTime":
        return "sa.DateTime(timezone=True)"
    return False


def migrate(connection: Connection) -> None:
    """Run what is asked for inside one transaction."""
    context.configure(
        connection=connection,
        target_metadata=SQLModel.metadata,
        render_as_batch=True,
        render_item=render_item,
        compare_type=True,
    )
    with context.begin_transaction():
        if connection.dialect.name == "postgresql":
            connection.execute(sa.text("SET LOCAL lock_timeout = '10s'"))
            lock = sa.text("SELECT pg_advisory_xact_lock(:key)")
            connection.execute(lock, {"key": LOCK_KEY})
        context.run_migrations()


lent = context.config.attributes.get("connection")
if lent is not None:
    migrate(lent)
else:
    # Two that start at once must wait for each other.
    engine = build_engine(Settings().database_url)
    with locking(engine).begin() as own_connection:
        migrate(own_connection)
    engine.dispose()
