"""The README is true: its calls give what it shows, and it names what there is."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from typer.core import TyperGroup
from typer.main import get_command

from app.cli.root import app as cli
from app.library.profile_fields import PROFILE_FIELDS
from app.library.rule_lists import ROLES
from app.settings import ROOT, Settings
from tests.live import serving_live

# It shows what both answer.
DATABASES = ("sqlite",)
README = (ROOT / "README.md").read_text(encoding="utf-8")
CALLS = re.findall(r"```console\n\$ (.+)\n((?:.*\n)*?)```", README)

# A machine without curl must be able to run the tests.
CURL = f"""#!{sys.executable}
import sys, urllib.request
headers, data, url = {{}}, None, None
words = iter(sys.argv[1:])
for word in words:
    if word == "-H":
        name, _, value = next(words).partition(": ")
        headers[name] = value
    elif word == "-d":
        data = next(words).encode()
    elif word != "-s":
        url = "http://" + word
request = urllib.request.Request(url, data=data, headers=headers)
sys.stdout.buffer.write(urllib.request.urlopen(request, timeout=20).read())
"""


def list_commands(command: object, *words: str) -> list[str]:
    """Return every command in full: with the groups that it stands in."""
    if not isinstance(command, TyperGroup):
        return [" ".join(words)]
    return [
        found
        for word, inner in command.commands.items()
        for found in list_commands(inner, *words, word)
    ]


@pytest.fixture(scope="module")
def port(seeded_client: TestClient) -> Iterator[int]:
    """The port of a live server on the library that we ship."""
    with serving_live(seeded_client.app) as found:
        yield found


@pytest.fixture(scope="module")
def path_with_curl(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder: Path = tmp_path_factory.mktemp("bin")
    (folder / "curl").write_text(CURL)
    (folder / "curl").chmod(0o755)
    (folder / "python3").symlink_to(sys.executable)
    return f"{folder}{os.pathsep}{os.environ['PATH']}"


def test_readme_shows_front_ends_five_calls() -> None:
    section = README.partition(": five calls\n")[2].partition("\n#")[0]

    assert section.count("```console") == 5


@pytest.mark.parametrize(("command", "shown"), CALLS)
def test_readme_call_gives_what_is_shown(
    command: str, shown: str, port: int, path_with_curl: str
) -> None:
    there = command.replace("127.0.0.1:8000", f"127.0.0.1:{port}")

    ran = subprocess.run(
        ["/bin/sh", "-c", there],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PATH": path_with_curl},
    )

    assert ran.stdout.strip() == shown.strip()


@pytest.mark.parametrize("setting", Settings.model_fields)
def test_readme_names_every_setting(setting: str) -> None:
    assert f"`{setting.upper()}`" in README


@pytest.mark.parametrize("command", list_commands(get_command(cli)))
def test_readme_names_every_command(command: str) -> None:
    assert f"whatnext {command}" in README


@pytest.mark.parametrize("name", [*ROLES, "all", "any", "not", "always", "has"])
def test_readme_names_every_list_of_rules_and_operator(name: str) -> None:
    assert re.search(rf"`[^`\n]*\b{name}\b[^`\n]*`", README)


@pytest.mark.parametrize("path", PROFILE_FIELDS)
def test_readme_shows_every_field_of_a_profile(path: str) -> None:
    assert f'"{path.rpartition(".")[2]}"' in README
