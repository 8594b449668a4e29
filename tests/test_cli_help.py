"""`--help` shows calls that work, and how commands end."""

import shlex

import pytest
from typer.core import TyperGroup
from typer.main import get_command

from app.cli.exit_codes import ExitCode
from app.cli.root import app
from app.settings import ROOT
from tests.shell import run
from tests.test_readme import list_commands

COMMAND = get_command(app)
COMMANDS = [name.split() for name in list_commands(COMMAND)]


def examples(name: list[str]) -> list[str]:
    lines = [line.strip() for line in run(*name, "--help").stdout.splitlines()]
    return [line for line in lines if line.startswith(f"whatnext {' '.join(name)}")]


@pytest.mark.parametrize("name", COMMANDS, ids=" ".join)
def test_the_help_of_every_command_has_examples_that_it_takes(name: list[str]) -> None:
    found = examples(name)

    assert found
    for one in found:
        words = shlex.split(one)[1 + len(name) :]
        command = COMMAND
        for word in name:
            assert isinstance(command, TyperGroup)
            command = command.commands[word]
        command.make_context(name[-1], words)


@pytest.mark.parametrize("code", ExitCode)
def test_the_help_and_the_readme_say_what_an_exit_code_means(code: ExitCode) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")

    assert f" {code.value}  {code.meaning} " in run("--help").stdout
    assert f"| {code.value} | {code.meaning} |" in readme


def test_the_help_never_shows_the_key() -> None:
    key = "wn_aaaaaaaa_" + "a" * 52

    result = run("publish", "--help", env={"WHATNEXT_API_KEY": key})

    assert "WHATNEXT_API_KEY" in result.stdout
    assert "aaaaaaaa" not in result.stdout
