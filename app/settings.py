"""The settings, read from the environment; wrong ones stop the start."""

import re
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

BACKENDS = ("sqlite", "postgresql")
ROOT = Path(__file__).resolve().parent.parent


def _name_driver(url: object) -> object:
    """Accept the short `postgres://` that hosting providers hand out."""
    if isinstance(url, str) and url.startswith("postgres://"):
        return url.replace("postgres://", "postgresql://", 1)
    return url


def _check_url(url: str) -> str:
    """Refuse what is no database URL, and databases that whatnext does not know."""
    try:
        backend = make_url(url).get_backend_name()
    except ArgumentError as error:
        msg = "Needs a URL such as sqlite:///whatnext.db or postgresql://host/name."
        raise ValueError(msg) from error
    if backend not in BACKENDS:
        msg = f"Needs one of {', '.join(BACKENDS)}, not {backend}."
        raise ValueError(msg)
    return url


def _upper(word: object) -> object:
    return word.upper() if isinstance(word, str) else word


def _split(words: object) -> object:
    if not isinstance(words, str):
        return words
    return [one.strip().lower() for one in words.split(",") if one.strip()]


def _check_host(name: str) -> str:
    if not re.fullmatch(r"[a-z0-9.-]+|\[[0-9a-f:.]+\]", name):
        msg = "Needs names such as whatnext.example.org, without a scheme or a port."
        raise ValueError(msg)
    return name


def _check_origin(origin: str) -> str:
    if not re.fullmatch(r"[a-z][a-z0-9+.-]*://[^/?#@\s]+", origin):
        msg = "Needs origins such as https://chat.example.org, without a path."
        raise ValueError(msg)
    return origin


HostName = Annotated[str, AfterValidator(_check_host)]
Origin = Annotated[str, AfterValidator(_check_origin)]


class Settings(BaseSettings):
    """What the environment or `.env` says, each by its name in capitals.

    `cache_bytes` is how much is kept of finished answers, 0 nothing. Another process
    may have published `watch_seconds` before this one sees it. `mcp_hosts` and
    `mcp_origins` may ask at `/mcp`, beside this machine.
    """

    model_config = SettingsConfigDict(
        # The database URL holds a password.
        env_file=".env",
        extra="ignore",
        hide_input_in_errors=True,
    )

    database_url: Annotated[
        str, BeforeValidator(_name_driver), AfterValidator(_check_url)
    ] = f"sqlite:///{ROOT / 'whatnext.db'}"
    cache_bytes: Annotated[int, Field(ge=0)] = 64 * 1024 * 1024
    watch_seconds: Annotated[float, Field(ge=0, le=1)] = 0.5
    seed_data: Path = ROOT / "seed_data"
    log_level: Annotated[
        Literal["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"],
        BeforeValidator(_upper),
    ] = "INFO"
    mcp: bool = False
    mcp_hosts: Annotated[tuple[HostName, ...], NoDecode, BeforeValidator(_split)] = ()
    mcp_origins: Annotated[tuple[Origin, ...], NoDecode, BeforeValidator(_split)] = ()
