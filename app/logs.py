"""Structured logs, one JSON object a line, on standard error."""

import json
import logging
import sys
import traceback
from datetime import UTC, datetime
from typing import Any

import structlog

_TRUSTED = ("uvicorn", "alembic")
"""Who logs nothing of what is asked; what others log is told by its place alone."""


def configure_logs(level: str) -> None:
    """Send structlog events of this level and above to standard error as JSON."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(
            logging.getLevelNamesMapping()[level]
        ),
        # Looked up at each event: standard error may be replaced after the start.
        logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),
        cache_logger_on_first_use=False,
    )


def configure_libraries(level: str) -> dict[str, Any]:
    """Return what lets a server process log as JSON what libraries log.

    It is for `logging.config.dictConfig`. The server itself says from which level on.
    """
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": "app.logs.JsonLines"}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
        "root": {
            "handlers": ["stderr"],
            "level": level if level in ("ERROR", "CRITICAL") else "WARNING",
        },
    }


def place_error(error: BaseException) -> dict[str, Any]:
    """Return what may be logged of an exception: its message may quote a profile."""
    frames = traceback.extract_tb(error.__traceback__)[-5:]
    places = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
    return {"error": type(error).__name__, "at": places}


class JsonLines(logging.Formatter):
    """Writes what libraries log as our own events are written, without its words.

    Those of exceptions are never told, others only of `_TRUSTED`.
    """

    def format(self, record: logging.LogRecord) -> str:
        if record.name.partition(".")[0] in _TRUSTED:
            line: dict[str, Any] = {"event": record.getMessage().strip()}
        else:
            place = f"{record.pathname}:{record.lineno} {record.funcName}"
            line = {"event": "library", "at": [place]}
        if record.exc_info and record.exc_info[1]:
            line |= place_error(record.exc_info[1])
        at = datetime.fromtimestamp(record.created, UTC).isoformat()
        line |= {
            "logger": record.name,
            "level": record.levelname.lower(),
            "timestamp": at.replace("+00:00", "Z"),
        }
        return json.dumps(line)
