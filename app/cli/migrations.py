"""Brings the database to the newest schema."""

from alembic import command
from alembic.config import Config

from app.cli.configuration import read_settings
from app.cli.reports import reporting
from app.settings import ROOT


def alembic_config() -> Config:
    """Return the migrations' configuration, which stands in pyproject.toml."""
    return Config(toml_file=ROOT / "pyproject.toml")


@reporting()
def migrate() -> None:
    """Create or upgrade the tables of the database that DATABASE_URL names."""
    read_settings()
    command.upgrade(alembic_config(), "head")
