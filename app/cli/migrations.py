"""Brings the database to the newest schema."""

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

from app.cli.configuration import read_settings
from app.cli.reports import reporting
from app.settings import ROOT


def alembic_config() -> Config:
    """Return the migrations' configuration, which stands in pyproject.toml."""
    return Config(toml_file=ROOT / "pyproject.toml")


def find_newest() -> str:
    """Return the newest migration that there is."""
    return str(ScriptDirectory.from_config(alembic_config()).get_current_head())


def list_older() -> frozenset[str]:
    """Return every migration that there is, but the newest."""
    script = ScriptDirectory.from_config(alembic_config())
    return frozenset(one.revision for one in script.walk_revisions()) - {find_newest()}


@reporting()
def migrate() -> None:
    """Create or upgrade the tables of the database that DATABASE_URL names."""
    read_settings()
    command.upgrade(alembic_config(), "head")
