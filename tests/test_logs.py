"""What libraries log is JSON; only those that are trusted are told in their words."""

import ast
import json
import logging
from collections.abc import Iterator
from logging.config import dictConfig
from typing import Any

import pytest

from app.logs import JsonLines, configure_libraries
from app.settings import ROOT

APP = ROOT / "app"
CANARY = "canary"


def fail() -> None:
    raise ValueError(CANARY)


def write(name: str, message: str, *values: object, error: bool = False) -> Any:
    """Return what is written of one record."""
    record = logging.LogRecord(name, logging.ERROR, __file__, 7, message, values, None)
    if error:
        try:
            fail()
        except ValueError as raised:
            record.exc_info = (ValueError, raised, raised.__traceback__)
    return json.loads(JsonLines().format(record))


def test_the_server_speaks_in_its_own_words() -> None:
    line = write("uvicorn.error", "Started server process [%d]\n", 12)

    assert line.pop("timestamp").endswith("Z")
    assert line == {
        "event": "Started server process [12]",
        "logger": "uvicorn.error",
        "level": "error",
    }


@pytest.mark.parametrize("name", ["asyncio", "sqlalchemy.pool", "uvicornlike", CANARY])
def test_of_other_libraries_only_the_place_is_told(name: str) -> None:
    line = write(name, f"It was {CANARY} and %s", CANARY)

    assert line["event"] == "library"
    assert line["logger"] == name
    assert line["at"][0].endswith("test_logs.py:7 None")
    assert CANARY not in f"{line['event']}{line['at']}"


@pytest.mark.parametrize("name", ["uvicorn.error", "asyncio"])
def test_the_message_of_an_exception_is_never_told(name: str) -> None:
    line = write(name, "Exception in ASGI application", error=True)

    assert line["error"] == "ValueError"
    assert line["at"][-1].endswith(" fail")
    assert CANARY not in json.dumps(line)


@pytest.mark.parametrize(
    ("level", "told"), [("DEBUG", "WARNING"), ("INFO", "WARNING"), ("ERROR", "ERROR")]
)
def test_libraries_are_heard_from_warnings_on(level: str, told: str) -> None:
    assert configure_libraries(level)["root"]["level"] == told


def test_the_configuration_can_be_used(capfd: pytest.CaptureFixture[str]) -> None:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    try:
        dictConfig(configure_libraries("INFO"))
        logging.getLogger("asyncio").warning("It was %s", CANARY)
    finally:
        root.handlers[:] = handlers
        root.setLevel(level)

    line = json.loads(capfd.readouterr().err)
    assert (line["event"], line["level"]) == ("library", "warning")


def find_events() -> Iterator[str]:
    """Yield every event of ours that the code names where it logs."""
    sources = (path.read_text(encoding="utf-8") for path in APP.rglob("*.py"))
    for source in sources:
        if "structlog.get_logger" in source:
            yield from find_words(ast.parse(source))


def find_words(tree: ast.Module) -> Iterator[str]:
    """Yield the texts in what is given to a logger, or a function called `write`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and len(node.args) == 1:
            called = ast.unparse(node.func)
            if called == "write" or called.startswith("log."):
                words = (getattr(one, "value", None) for one in ast.walk(node.args[0]))
                yield from (one for one in words if isinstance(one, str))


def test_every_event_is_documented() -> None:
    text = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    events = set(find_events())

    assert {"request", "crash", "published"} <= events
    assert [one for one in sorted(events) if f"`{one}`" not in text] == []
