"""`--server URL`: the same commands on a server give what they give on its database."""

import pytest
from sqlalchemy import Engine

from app.database import read_session
from app.fields import Kind
from app.library.bundle import Bundle
from app.tables import Release
from tests.content.whole_library import make_whole
from tests.factories import complete, make_bundle, make_treatment
from tests.live import There
from tests.publishing import PUBLISHED_AT, publish
from tests.shell import WRONG, YOGA, read_files, run


def read_log(engine: Engine) -> list[tuple[str | None, str, str]]:
    with read_session(engine) as session:
        releases = (session.get(Release, number) for number in range(1, 10))
        return [
            (one.key_name, one.note, one.significance.value) for one in releases if one
        ]


LIBRARIES = {
    "the small library": make_bundle(complete({})),
    "every field": make_whole(),
}


@pytest.mark.parametrize("bundle", LIBRARIES.values(), ids=LIBRARIES)
def test_an_export_is_that_of_the_database_byte_for_byte(
    there: There, bundle: Bundle
) -> None:
    publish(there.place.engine, bundle, at=PUBLISHED_AT)

    here, far = run("export", "here"), there.run("export", "far")

    assert (far.exit_code, far.stdout) == (0, here.stdout)
    files = read_files(there.place.directory / "far")
    assert files == read_files(there.place.directory / "here")
    assert files


def test_an_export_may_be_of_a_past_release(there: There) -> None:
    there.place.publish(YOGA)
    there.place.publish({})
    run("export", "here", "--release", "1")

    result = there.run("export", "far", "--release", "1")

    assert result.stdout.startswith("Release 1: ")
    files = read_files(there.place.directory / "far")
    assert files == read_files(there.place.directory / "here")
    assert "treatments/yoga.yaml" in files


def test_what_is_published_differs_no_more(there: There) -> None:
    there.place.publish({})
    there.place.write(YOGA)
    trial = run("publish", "--dry-run")

    tried = there.run("publish", "--dry-run")
    result = there.run("publish", "--note", "Why", key=there.make_key())

    assert (tried.exit_code, tried.stdout) == (0, trial.stdout)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == "Release 2: 1 changed, 0 removed (clinical).\n"
    assert read_log(there.place.engine)[1:] == [("A new publisher", "Why", "clinical")]
    assert run("diff").stdout == "No difference from release 2.\n"


def test_the_first_release_may_be_published_there(there: There) -> None:
    trial = run("publish", "--dry-run")

    tried = there.run("publish", "--dry-run")
    result = there.run("publish", key=there.make_key())

    assert tried.stdout == trial.stdout
    assert result.stdout.startswith("Release 1: ")
    assert there.place.release == (1, "")


def test_the_same_content_makes_no_release(there: There) -> None:
    there.place.publish({})

    result = there.run("publish", key=there.make_key())

    assert (result.exit_code, result.stdout) == (
        0,
        "Nothing changed: release 1 stands.\n",
    )


def test_a_release_may_be_more_significant_than_it_seems(there: There) -> None:
    there.place.publish({})
    there.place.write(YOGA)

    there.run("publish", "--significance", "safety", key=there.make_key())

    assert read_log(there.place.engine)[1] == ("A new publisher", "", "safety")


@pytest.mark.parametrize("options", [(), ("--against", "1"), ("--json",)])
def test_a_difference_is_that_from_the_database(
    there: There, options: tuple[str, ...]
) -> None:
    there.place.publish({})
    there.place.publish(YOGA)
    there.place.write({Kind.TREATMENTS: [make_treatment(name="A walk")]})

    here, far = (
        one("diff", "--exit-code", *options, str(there.place.content))
        for one in (run, there.run)
    )

    assert (far.exit_code, far.stdout) == (1, here.stdout)


def test_before_the_first_release_everything_is_new(there: There) -> None:
    here, far = run("diff"), there.run("diff")

    assert (far.exit_code, far.stdout) == (0, here.stdout)
    assert far.stdout.startswith("Compared with an empty library: ")


def test_restoring_gives_back_what_was(there: There) -> None:
    there.place.publish({})
    there.place.publish(YOGA)
    trial = run("restore", "1", "--dry-run")

    tried = there.run("restore", "1", "--dry-run")
    result = there.run("restore", "1", "--note", "Back.", key=there.make_key())

    assert (tried.exit_code, tried.stdout) == (0, trial.stdout)
    assert result.stdout == "Release 3: 0 changed, 1 removed (clinical).\n"
    assert there.place.release == (3, "Back.")
    assert run("diff").stdout == "No difference from release 3.\n"


def test_restoring_tells_what_no_longer_holds(there: There) -> None:
    there.place.publish(WRONG)
    there.place.publish({})
    trial = run("restore", "1", "--dry-run")

    result = there.run("restore", "1", key=there.make_key())

    assert (result.exit_code, result.stderr) == (0, trial.stderr)
    assert "cases/case/expect/level: The level is routine" in result.stderr
