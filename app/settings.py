"""The settings, read from the environment; wrong ones stop the start."""

from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent


def _name_driver(url: object) -> object:
    """Accept the short `postgres://` that hosting providers hand out."""
    if isinstance(url, str) and url.startswith("postgres://"):
        return url.replace("postgres://", "postgresql://", 1)
    return url


class Settings(BaseSettings):
    """DATABASE_URL, SEED_DATA and LOG_LEVEL, from the environment or `.env`."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore")

    database_url: Annotated[str, BeforeValidator(_name_driver)] = (
        "sqlite:///whatnext.db"
    )
    seed_data: Path = ROOT / "seed_data"
    log_level: str = "INFO"
