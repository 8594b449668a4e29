"""Where the counts of rate limits are held: in a process, or beside many of them."""

from typing import cast

from limits.aio.storage import Storage
from limits.errors import ConfigurationError, StorageError
from limits.storage import storage_from_string

from app.api.rate_windows import WindowMemory
from app.errors import StoreError
from app.settings import MEMORY

_SILENT = "RATE_LIMIT_STORE does not answer: is it running, and there?"
_MISSING = "RATE_LIMIT_STORE needs the extra whatnext[redis]."


def open_store(url: str) -> Storage:
    """Return where counts are held. Raises `StoreError` if it cannot be used."""
    if url == MEMORY:
        return WindowMemory()
    try:
        store = storage_from_string(
            f"async+{url}",
            implementation="redispy",
            wrap_exceptions=True,
            socket_connect_timeout=1,
            socket_timeout=1,
        )
    except ConfigurationError as error:
        raise StoreError(_MISSING) from error
    except ValueError as error:
        raise StoreError(_SILENT) from error
    return cast(Storage, store)


async def check_store(url: str) -> None:
    """Make sure that counts can be held. Raises `StoreError`."""
    try:
        is_there = await open_store(url).check()
    except StorageError as error:
        raise StoreError(_SILENT) from error
    if not is_there:
        raise StoreError(_SILENT)
