#!/usr/bin/env python3
"""Looks up known vulnerabilities of what the lock files name, where that can be done.

Ends with 1 if there are any. That nobody could be asked is said, and no reason to stop.
"""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
CLIENT = ROOT / "examples" / "client"
NODE = ROOT / ".venv-node" / "bin"
PATIENCE = 240


def main() -> int:
    return max(audit_python(), audit_client())


def audit_python() -> int:
    """Ask about the Python packages of all lock files at once."""
    locks = sorted(ROOT.glob("requirements*.lock"))
    named = [word for lock in locks for word in ("--requirement", str(lock))]
    answer = ask(
        [sys.executable, "-m", "pip_audit", *named, "--require-hashes"],
        ["--disable-pip", "--progress-spinner=off", "--format=json"],
    )
    packages = answer.get("dependencies", [])
    known = [one for one in packages if "vulns" in one]
    skipped = [one for one in packages if "skip_reason" in one]
    found = [
        f"{one['name']} {one['version']}: {each['id']}, fixed in "
        f"{', '.join(each['fix_versions']) or 'no version'}"
        for one in known
        for each in one["vulns"]
    ]
    return tell("Python", found, looked_up=len(known), skipped=len(skipped))


def audit_client() -> int:
    """Ask about the packages of the example client, if npm is here."""
    npm = shutil.which("npm", path=str(NODE)) or shutil.which("npm")
    if npm is None:
        return tell("npm", [], looked_up=0, skipped=0)
    answer = ask([npm, "audit", "--package-lock-only", "--json"], cwd=CLIENT)
    found = [
        f"{name}: {one['severity']}, {one['range']}"
        for name, one in answer.get("vulnerabilities", {}).items()
    ]
    counts = answer.get("metadata", {}).get("dependencies", {})
    return tell("npm", found, looked_up=counts.get("total", 0), skipped=0)


def ask(*parts: list[str], cwd: Path = ROOT) -> dict[str, Any]:
    """Return what a tool answers as JSON; nothing if it does not."""
    command = [word for part in parts for word in part]
    try:
        done = subprocess.run(  # noqa: S603 - its words stand above
            command, cwd=cwd, capture_output=True, timeout=PATIENCE, check=False
        )
        answer = json.loads(done.stdout)
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return {}
    return answer if isinstance(answer, dict) else {}


def tell(kind: str, found: list[str], *, looked_up: int, skipped: int) -> int:
    """Say what is known of packages of a kind; return 1 for a vulnerability."""
    for one in found:
        print(f"vulnerable: {one}")  # noqa: T201
    if not looked_up:
        said = "NOTHING WAS LOOKED UP: no advisories can be had from here."
    else:
        said = f"{looked_up} looked up, {skipped} not, {len(found)} vulnerabilities."
    print(f"audit of {kind} packages: {said}")  # noqa: T201
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
