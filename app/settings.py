"""The settings, read from the environment; wrong ones stop the start."""

import re
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

BACKENDS = ("sqlite", "postgresql")
MEMORY = "memory://"
OFF = "off"
_RATE = re.compile(r"[1-9][0-9]{0,6}/(second|minute|hour|day)")
_STORES = ("redis", "rediss")
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


def _lower(word: object) -> object:
    return word.strip().lower() if isinstance(word, str) else word


def _split(words: object) -> object:
    if not isinstance(words, str):
        return words
    return [one.strip().lower() for one in words.split(",") if one.strip()]


def _check_host(name: str) -> str:
    if not re.fullmatch(r"[a-z0-9.-]+|\[[0-9a-f:.]+\]", name):
        msg = "Needs names such as whatnext.example.org, without a scheme or a port."
        raise ValueError(msg)
    return name


def _check_host_or_any(name: str) -> str:
    return name if name == "*" else _check_host(name)


def _check_network(text: str) -> str:
    try:
        return str(ip_network(text))
    except ValueError as error:
        msg = "Needs addresses or networks such as 10.0.0.5 or 172.16.0.0/12."
        raise ValueError(msg) from error


def _check_rate(rate: str) -> str:
    if rate != OFF and not _RATE.fullmatch(rate):
        msg = "Needs a rate such as 600/minute (second, minute, hour, day), or off."
        raise ValueError(msg)
    return rate


def _check_store(url: str) -> str:
    msg = f"Needs {MEMORY} or a URL such as redis://host:6379/0."
    try:
        parts = urlsplit(url)
        is_store = parts.scheme in _STORES and bool(parts.hostname and parts.port)
    except ValueError as error:
        raise ValueError(msg) from error
    if url != MEMORY and not is_store:
        raise ValueError(msg)
    return url


def _check_origin(origin: str) -> str:
    if not re.fullmatch(r"[a-z][a-z0-9+.-]*://[^/?#@\s]+", origin):
        msg = "Needs origins such as https://chat.example.org, without a path."
        raise ValueError(msg)
    return origin


HostName = Annotated[str, AfterValidator(_check_host_or_any)]
Network = Annotated[str, AfterValidator(_check_network)]
Rate = Annotated[str, BeforeValidator(_lower), AfterValidator(_check_rate)]
Seconds = Annotated[float, Field(gt=0, le=3600)]
Origin = Annotated[str, AfterValidator(_check_origin)]


class Settings(BaseSettings):
    """What the environment or `.env` says, each by its name in capitals.

    `cache_bytes` is how much is kept of finished answers, 0 nothing. Another process
    may have published `watch_seconds` before this one sees it. `hosts` are names that
    this server answers to, beside those of this machine; `mcp_origins` may ask at
    `/mcp`, beside its pages. `docs/security.md` says what the limits are for.
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
    database_seconds: Seconds = 5
    # Fewer than the 40 threads of a process: the others can say that it is busy.
    database_connections: Annotated[int, Field(ge=2, le=39)] = 15
    cache_bytes: Annotated[int, Field(ge=0)] = 64 * 1024 * 1024
    watch_seconds: Annotated[float, Field(ge=0, le=1)] = 0.5
    seed_data: Path = ROOT / "seed_data"
    log_level: Annotated[
        Literal["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"],
        BeforeValidator(_upper),
    ] = "INFO"
    hosts: Annotated[tuple[HostName, ...], NoDecode, BeforeValidator(_split)] = ()
    trusted_proxies: Annotated[
        tuple[Network, ...], NoDecode, BeforeValidator(_split)
    ] = ()
    rate_limit: Rate = "600/minute"
    rate_limit_keyed: Rate = "6000/minute"
    # Its URL may hold a password, too.
    rate_limit_store: Annotated[str, AfterValidator(_check_store)] = MEMORY
    workers: Annotated[int, Field(ge=1, le=64)] = 1
    drain_seconds: Seconds = 30
    body_seconds: Seconds = 20
    request_seconds: Seconds = 30
    hsts_seconds: Annotated[int, Field(ge=0)] = 0
    mcp: bool = False
    mcp_origins: Annotated[tuple[Origin, ...], NoDecode, BeforeValidator(_split)] = ()
