"""What a server refuses is said as a command on its database says it."""

from collections.abc import Callable

import pytest

from app.fields import Kind
from tests.content.judging import HARD
from tests.directories import write_file
from tests.factories import make_treatment
from tests.live import There
from tests.shell import WRONG, YOGA, Own, Place, run

FAULTY: dict[str, Callable[[Place], object]] = {
    "what is no entry": lambda place: write_file(
        place.content, "screens.yaml", "- slug: pelvis\n"
    ),
    "what is no content": lambda place: write_file(place.content, "topic", "x"),
    "entries that do not fit each other": lambda place: place.write(
        {Kind.TREATMENTS: [make_treatment("yoga", part_of="nothing")]}
    ),
    "a case that does not hold": lambda place: place.write(WRONG),
    "a text that is too hard": lambda place: place.write(
        {Kind.TREATMENTS: [make_treatment(summary=HARD)]}
    ),
}


@pytest.mark.parametrize("break_it", FAULTY.values(), ids=FAULTY)
def test_mistakes_are_named_with_file_and_line_as_here(
    there: There, break_it: Callable[[Place], object]
) -> None:
    there.place.publish({})
    break_it(there.place)

    here, far = run("publish"), there.run("publish", key=there.make_key())

    assert (far.exit_code, far.stdout, far.stderr) == (1, "", here.stderr)
    assert ".yaml:" in far.stderr or "topic: " in far.stderr
    assert there.place.release == (1, "")


def test_of_many_mistakes_the_first_are_shown_and_all_are_counted(there: There) -> None:
    strays = [make_treatment(f"stray-{one}", part_of="nothing") for one in range(60)]
    there.place.write({Kind.TREATMENTS: strays})

    result = there.run("publish", "--dry-run")

    *shown, last = result.stderr.splitlines()
    assert result.exit_code == 1
    assert len(shown) == 50
    assert all(line.startswith("treatments/stray-") for line in shown)
    assert last == "The server refuses it: The request has 60 mistakes."


@pytest.mark.parametrize("command", [("publish",), ("restore", "1")])
def test_a_significance_that_is_too_low_is_refused(
    there: There, command: tuple[str, ...]
) -> None:
    there.place.publish({})
    there.place.publish(YOGA)
    options = (*command, "--significance", "editorial")

    here, far = run(*options), there.run(*options, key=there.make_key())

    assert (far.exit_code, far.stderr) == (1, here.stderr)
    assert far.stderr.endswith("more than editorial. Nothing was published.\n")
    assert there.place.release == (2, "")


def test_a_release_that_fits_no_more_is_not_restored(there: There) -> None:
    yoga, stretching = "yoga", "stretching"
    circle = [
        make_treatment(yoga, part_of=stretching),
        make_treatment(stretching, part_of=yoga),
    ]
    there.place.publish({Kind.TREATMENTS: circle})
    there.place.publish({})

    here, far = run("restore", "1"), there.run("restore", "1", key=there.make_key())

    assert (here.exit_code, far.exit_code) == (1, 1)
    assert here.stderr.startswith("treatments/")
    *lines, last = far.stderr.splitlines()
    assert lines == here.stderr.splitlines()
    assert last.startswith("The server refuses it: The request has ")
    assert there.place.release == (2, "")


def test_what_stands_in_no_file_is_named_by_its_place(there: There) -> None:
    result = there.run("publish", "--note", "\0", key=there.make_key())

    assert result.exit_code == 1
    assert result.stderr.splitlines() == [
        "/note: Must not have the character U+0000.",
        "The server refuses it: The request has 1 mistake.",
    ]


@pytest.mark.parametrize("command", ["export out --release", "diff --against"])
def test_a_release_that_is_not_out_is_named_as_here(there: There, command: str) -> None:
    before = there.run(*command.split(), "9")
    there.place.publish({})

    here, far = run(*command.split(), "9"), there.run(*command.split(), "9")

    assert (before.exit_code, far.exit_code) == (1, 1)
    assert before.stderr == "Nothing has been published yet. Run `whatnext publish`.\n"
    assert far.stderr == here.stderr == "There is no release 9: there is only 1.\n"


def test_restoring_names_the_releases_that_there_are(there: There) -> None:
    there.place.publish({})

    result = there.run("restore", "9", key=there.make_key())

    assert (result.exit_code, result.stderr) == (
        1,
        "There is no release 9: there is only 1.\n",
    )


@pytest.mark.parametrize("command", [("publish",), ("restore", "1")])
def test_who_publishes_meanwhile_is_not_undone(
    there: There, command: tuple[str, ...]
) -> None:
    there.place.publish({})
    there.place.publish(YOGA)
    taping: Own = {Kind.TREATMENTS: [make_treatment("taping")]}
    there.served.before = lambda: there.place.publish(taping)

    result = there.run(*command, key=there.make_key())

    assert (result.exit_code, result.stdout) == (3, "")
    assert result.stderr.splitlines() == [
        "treatments/taping: added by release 3.",
        "treatments/yoga: removed by release 3.",
        "Prepared against release 2, but 3 is out now. Nothing was published.",
    ]
    assert there.place.release == (3, "")
