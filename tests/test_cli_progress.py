"""What a command is doing is shown on a terminal, and nowhere else."""

import os
import pty
import subprocess

import pytest
from sqlalchemy import Engine

from app.fields import Kind
from tests.factories import make_case
from tests.processes import WHATNEXT
from tests.shell import Place

# What a terminal shows is the same on either.
DATABASES = ("sqlite",)

STEPS = {
    "publish": "Publishing …",
    "export out": "Reading the release …",
}


@pytest.fixture(autouse=True)
def published(place: Place, engine: Engine) -> None:
    """The small library is published."""
    place.publish({})


@pytest.mark.parametrize(("command", "step"), STEPS.items(), ids=STEPS)
def test_a_terminal_shows_each_step_while_it_lasts(command: str, step: str) -> None:
    assert step in _show(command)


def test_long_work_tells_how_far_it_has_come(place: Place) -> None:
    place.write({Kind.CASES: [make_case(f"case-{one}") for one in range(40)]})

    shown = _show("check")

    # The small library has one of its own.
    assert "Checking the content: case 41 of 41 …" in shown


def _show(command: str) -> str:
    """Return what a command shows on a terminal."""
    terminal, theirs = pty.openpty()
    subprocess.run(
        [WHATNEXT, *command.split()],
        stdout=subprocess.PIPE,
        stderr=theirs,
        check=True,
        env={**os.environ, "TERM": "xterm-256color"},
    )
    os.close(theirs)
    shown = os.read(terminal, 100_000).decode()
    os.close(terminal)
    return shown


def test_nothing_of_it_goes_into_a_pipe() -> None:
    ran = subprocess.run(
        [WHATNEXT, "publish"],
        capture_output=True,
        check=True,
        env={**os.environ, "FORCE_COLOR": "1"},
    )

    assert ran.stderr == b""
