"""What uvicorn is told beside an address: whom to believe, and what not to say."""

import asyncio
from typing import TypedDict

from app.api.rate_stores import check_store
from app.settings import Settings


class ServerOptions(TypedDict):
    """Options of uvicorn."""

    server_header: bool
    access_log: bool
    proxy_headers: bool
    forwarded_allow_ips: list[str]
    headers: list[tuple[str, str]]


def choose_server_options(settings: Settings) -> ServerOptions:
    """Return the options that the settings ask for."""
    seconds = settings.hsts_seconds
    hsts = ("strict-transport-security", f"max-age={seconds}")
    return {
        "server_header": False,
        # It would hold query texts, and costs more than an answer does.
        "access_log": False,
        # Who else says for whom it asks could say anything.
        "proxy_headers": bool(settings.trusted_proxies),
        "forwarded_allow_ips": list(settings.trusted_proxies),
        "headers": [hsts] if seconds else [],
    }


def require_store(settings: Settings) -> None:
    """Make sure that counts of requests can be held. Raises `StoreError`."""
    asyncio.run(check_store(settings.rate_limit_store))
