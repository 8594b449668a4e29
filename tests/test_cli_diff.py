"""`whatnext diff`: what it compares, what it prints where, and how it ends."""

import json
import os
import pty
import subprocess
from pathlib import Path

import pytest
from sqlalchemy import Engine
from typer.testing import Result

from app.content.diff import diff_libraries
from app.content.library_diff import LibraryDiff
from app.fields import Kind
from tests import shell
from tests.directories import write_directory, write_file
from tests.factories import complete, make_bundle, make_treatment
from tests.processes import WHATNEXT
from tests.shell import Own, Place

ESCAPE = "\x1b["
RENAMED: Own = {Kind.TREATMENTS: [make_treatment(name="A walk")]}
TEXT = """\
Compared with release 1: 0 added, 1 changed, 0 removed.
Suggested significance: editorial

Changed
  treatments/walking  A walk  [editorial]
    treatments/walking/name  [editorial]
      - Walking
      + A walk
"""


@pytest.fixture(autouse=True)
def migrated(place: Place, engine: Engine) -> None:
    """The database has tables, and no release."""


def run(*arguments: str) -> Result:
    return shell.run("diff", *arguments)


def test_diff_says_what_publishing_would_change_and_publishes_nothing(
    place: Place,
) -> None:
    place.publish({})
    place.write(RENAMED)

    result = run()

    assert (result.exit_code, result.stdout) == (0, TEXT)
    assert place.release == (1, "")


def test_diff_says_that_nothing_differs(place: Place) -> None:
    place.publish({})

    result = run()

    assert (result.exit_code, result.stdout) == (0, "No difference from release 1.\n")


def test_diff_compares_with_an_empty_library_before_the_first_release(
    place: Place,
) -> None:
    result = run()

    entries = sum(1 for _ in make_bundle(complete({})))
    first, second, *_ = result.stdout.splitlines()
    counts = f"{entries} added, 0 changed, 0 removed."
    assert result.exit_code == 0
    assert first == f"Compared with an empty library: {counts}"
    assert second == "Suggested significance: safety"
    assert "  + treatments/walking  Walking  [clinical]\n" in result.stdout


def test_diff_takes_another_directory(place: Place, tmp_path: Path) -> None:
    place.publish({})
    write_directory(tmp_path / "other", complete(RENAMED))

    assert run(str(tmp_path / "other")).stdout == TEXT


def test_diff_compares_with_another_release(place: Place) -> None:
    place.publish({})
    place.publish(RENAMED)
    place.write(RENAMED)

    assert run().stdout == "No difference from release 2.\n"
    assert run("--against", "1").stdout == TEXT


@pytest.mark.parametrize("number", [2, 10**30])
def test_diff_refuses_a_release_that_is_not_out(place: Place, number: int) -> None:
    place.publish({})

    result = run("--against", str(number))

    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == f"There is no release {number}: there is only 1.\n"


def test_diff_refuses_any_release_before_the_first(place: Place) -> None:
    result = run("--against", "1")

    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "Nothing has been published yet. Run `whatnext publish`.\n"


def test_diff_refuses_what_is_no_number_of_a_release(place: Place) -> None:
    assert run("--against", "0").exit_code == 2


def test_diff_reports_problems_as_check_does(place: Place) -> None:
    write_file(place.content, "screens.yaml", "- slug: pelvis\n")

    result = run()
    checked = shell.run("check")

    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == checked.stderr
    assert "screens.yaml:1: /0/question: It is missing." in result.stderr


@pytest.mark.parametrize(
    ("own", "ends"),
    [pytest.param({}, 0, id="the same"), pytest.param(RENAMED, 1, id="another")],
)
def test_diff_ends_with_1_for_a_difference_if_it_is_asked_to(
    place: Place, own: Own, ends: int
) -> None:
    place.publish({})
    place.write(own)

    assert run("--exit-code").exit_code == ends
    assert run("--exit-code", "--json").exit_code == ends
    assert run().exit_code == 0


def test_diff_then_ends_with_2_for_problems(place: Place) -> None:
    assert run("nowhere", "--exit-code").exit_code == 2
    assert run("--against", "9", "--exit-code").exit_code == 2


def test_diff_prints_one_json_document(place: Place) -> None:
    place.publish({})
    place.write(RENAMED)

    result = run("--json")

    assert result.exit_code == 0
    assert json.loads(result.stdout) == {
        "against": 1,
        "significance": "editorial",
        "because": ["treatments/walking/name"],
        "added": [],
        "changed": [
            {
                "kind": "treatments",
                "slug": "walking",
                "name": "A walk",
                "significance": "editorial",
                "fields": [
                    {
                        "pointer": "/name",
                        "place": "treatments/walking/name",
                        "edit": "changed",
                        "before": "Walking",
                        "after": "A walk",
                        "significance": "editorial",
                    }
                ],
            }
        ],
        "removed": [],
        "advice": [],
        "uncompared": [],
        "broken_cases": [],
    }


def test_diff_prints_json_of_what_the_content_package_returns(place: Place) -> None:
    result = run("--json")

    found = diff_libraries(None, make_bundle(complete({})))
    assert LibraryDiff.model_validate_json(result.stdout) == found


def test_diff_is_in_colour_on_a_terminal_only(place: Place) -> None:
    place.publish({})
    place.write(RENAMED)

    shown = run_on_terminal()
    piped = subprocess.run([WHATNEXT, "diff"], capture_output=True, check=True)

    assert f"{ESCAPE}31m      - Walking" in shown
    assert f"{ESCAPE}32m      + A walk" in shown
    assert piped.stdout.decode() == TEXT


def run_on_terminal() -> str:
    """Run the command with a terminal of its own, and return what it shows there."""
    terminal, theirs = pty.openpty()
    environment = {**os.environ, "TERM": "xterm-256color"}
    subprocess.run([WHATNEXT, "diff"], stdout=theirs, check=True, env=environment)
    os.close(theirs)
    shown = os.read(terminal, 100_000).decode()
    os.close(terminal)
    return shown


def test_diff_keeps_long_lines_and_what_looks_like_markup(place: Place) -> None:
    place.publish({})
    name = f"[red]{'so ' * 60}long[/red]"
    place.write({Kind.TREATMENTS: [make_treatment(name=name)]})

    assert f"      + {name}\n" in run().stdout
