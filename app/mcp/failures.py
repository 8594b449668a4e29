"""What becomes of a crash: its place in the log, and nothing of what was asked."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import structlog
from mcp.shared.exceptions import MCPError

from app.logs import place_error
from app.mcp.rest import RefusedError

log = structlog.get_logger()

# They log addresses, in which the words of a search stand, and what clients send.
_TALKATIVE = ("httpx2", "httpcore2", "mcp.server")


@contextmanager
def guarding() -> Iterator[None]:
    """Refuse in place of a crash. The SDK would log its message, and send it.

    Raises `RefusedError`.
    """
    try:
        yield
    except (RefusedError, MCPError):
        raise
    # Its message may quote a profile, so only its place is logged.
    except Exception as error:
        log.critical("crash", **place_error(error))
        raise RefusedError("Something went wrong on our side.") from error


def keep_silent() -> None:
    """Let libraries log nothing of what is asked, whatever the log level is."""
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.CRITICAL)
