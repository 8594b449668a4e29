"""What docs/security.md promises is what the tests show."""

import ast
import re

import pytest

from app.settings import ROOT

TEXT = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
ROWS = dict(re.findall(r"^\| (API\d+) [^|]*\|[^|]*\|([^|]*)\|$", TEXT, re.MULTILINE))
NAMED = sorted(set(re.findall(r"`(tests/\S+\.py)::(\w+)`", TEXT)))

# What could ask another host, by the names of modules.
CLIENTS = {"aiohttp", "ftplib", "http.client", "httpx", "httpx2", "requests", "urllib3"}
ASKING = {"app/mcp/rest.py"}
"""What asks our own API, in this process or on a server that its user names."""


def test_every_risk_has_its_row() -> None:
    assert sorted(ROWS, key=lambda one: int(one[3:])) == [
        f"API{number}" for number in range(1, 11)
    ]
    assert all(re.search(r"`tests/\S+::\w+`", shown) for shown in ROWS.values())


@pytest.mark.parametrize(("file", "name"), NAMED)
def test_every_test_that_is_named_is_there(file: str, name: str) -> None:
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))

    assert name in {one.name for one in tree.body if isinstance(one, ast.FunctionDef)}


def test_the_service_has_nothing_to_ask_others_with() -> None:
    asking = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "app").rglob("*.py")
        # Commands ask a server whose address stands on their command line.
        if path.parent.name != "cli"
        and CLIENTS & set(list_imports(path.read_text(encoding="utf-8")))
    }

    assert asking == ASKING


def list_imports(text: str) -> list[str]:
    """Return the names of modules that a module imports."""
    found = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            found += [one.name for one in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            found += [node.module, *(f"{node.module}.{one.name}" for one in node.names)]
    return found
