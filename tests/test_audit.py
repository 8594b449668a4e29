"""The audit of dependencies: it never says that all is well when nobody was asked."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.settings import ROOT

SCRIPT = ROOT / ".ci" / "audit.py"
RUN = "import runpy, sys; sys.exit(runpy.run_path(sys.argv[1])['audit_python']())"
SKIPPED = {"name": "one", "skip_reason": "Dependency not found"}
GOOD = {"name": "two", "version": "1.0", "vulns": []}
BAD = {
    "name": "three",
    "version": "1.0",
    "vulns": [{"id": "PYSEC-1", "fix_versions": ["1.1"]}],
}


def audit(directory: Path, answer: str) -> "subprocess.CompletedProcess[str]":
    """Run the audit with a tool that answers so, whatever it is asked."""
    tool = directory / "pip_audit.py"
    tool.write_text(f"print({answer!r})\n", encoding="utf-8")
    return subprocess.run(
        [sys.executable, "-c", RUN, str(SCRIPT)],
        env={**os.environ, "PYTHONPATH": str(directory)},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param("", id="the tool says nothing"),
        pytest.param("No route to host", id="the tool fails"),
        pytest.param(json.dumps({"dependencies": [SKIPPED]}), id="all are unknown"),
    ],
)
def test_where_nobody_can_be_asked_it_says_so(tmp_path: Path, answer: str) -> None:
    done = audit(tmp_path, answer)

    assert done.returncode == 0
    assert "NOTHING WAS LOOKED UP" in done.stdout
    assert "vulnerabilities" not in done.stdout


def test_what_was_not_looked_up_is_counted(tmp_path: Path) -> None:
    done = audit(tmp_path, json.dumps({"dependencies": [SKIPPED, GOOD]}))

    assert done.returncode == 0
    assert "1 looked up, 1 not, 0 vulnerabilities" in done.stdout


def test_a_vulnerability_fails(tmp_path: Path) -> None:
    done = audit(tmp_path, json.dumps({"dependencies": [SKIPPED, GOOD, BAD]}))

    assert done.returncode == 1
    assert "three 1.0: PYSEC-1, fixed in 1.1" in done.stdout
