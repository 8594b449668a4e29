"""MCP is an extra: all else does without it, and what needs it says so."""

import os
import re
import subprocess
import sys

import pytest
from sqlalchemy import inspect

from app.settings import ROOT
from tests.shell import Place, run

MISSING = (
    "MCP is an extra, and is not installed: "
    "install requirements-mcp.lock, or whatnext[mcp]."
)
PIN = re.compile(r"^([a-z0-9._-]+)==([^\s;]+)", re.MULTILINE)
LOCKS = ("requirements.lock", "requirements-mcp.lock", "requirements-dev.lock")


def read_lock(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("command", "setting"), [("mcp", "false"), ("serve", "true")], ids=["mcp", "serve"]
)
def test_what_needs_the_extra_says_so_and_touches_nothing(
    bare_place: Place, monkeypatch: pytest.MonkeyPatch, command: str, setting: str
) -> None:
    monkeypatch.setitem(sys.modules, "mcp", None)

    result = run(command, env={"MCP": setting})

    assert (result.exit_code, result.stderr.strip()) == (2, MISSING)
    assert inspect(bare_place.engine).get_table_names() == []


def test_nothing_else_imports_the_extra() -> None:
    program = (
        "import app.main, app.cli.root, sys; "
        "print({'mcp', 'mcp_types'} & {*sys.modules})"
    )

    ran = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        env={**os.environ, "MCP": "true"},
    )

    assert ran.stdout.strip() == "set()"


def test_the_lock_of_the_extra_adds_to_that_of_the_service() -> None:
    service, extra, dev = (dict(PIN.findall(read_lock(name))) for name in LOCKS)

    assert len(service) > 40
    assert extra.items() >= service.items()
    assert dev.items() >= extra.items()
    assert "mcp" in extra.keys() - service.keys()


@pytest.mark.parametrize("name", LOCKS)
def test_no_lock_names_an_address(name: str) -> None:
    assert not re.search(
        r"://|file:|--(extra-)?index-url|--find-links", read_lock(name)
    )
