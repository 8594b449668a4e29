"""Publishing and restoring from the shell: what it would be, and what it was again."""

import pytest

from app.content.log import read_bundle
from app.database import read_session
from app.fields import Kind
from app.library.bundle import Bundle
from app.queries.releases import load_documents
from app.tables import Release
from tests.directories import write_directory
from tests.factories import complete, make_bundle, make_case, make_treatment
from tests.publishing import PUBLISHED_AT, publish
from tests.shell import Place, run

YOGA = complete({Kind.TREATMENTS: [make_treatment("yoga")]})


@pytest.fixture(autouse=True)
def first(place: Place) -> None:
    """The small library is published once."""
    assert run("publish", "--note", "The first one.").exit_code == 0


def library(place: Place, release: int) -> Bundle:
    with read_session(place.engine) as session:
        return read_bundle(load_documents(session, release=release))


def significance_of(place: Place, release: int) -> str:
    with read_session(place.engine) as session:
        return session.get_one(Release, release).significance.value


def test_a_trial_says_what_it_would_be_and_publishes_nothing(place: Place) -> None:
    write_directory(place.content, YOGA)

    result = run("publish", "--dry-run")

    assert result.exit_code == 0
    assert result.stdout == "It would be release 2: 1 changed, 0 removed (clinical).\n"
    assert place.release == (1, "The first one.")


def test_a_release_is_as_significant_as_its_changes_suggest(place: Place) -> None:
    write_directory(place.content, YOGA)

    run("publish")

    assert significance_of(place, 2) == "clinical"


def test_a_release_may_be_more_significant_than_that(place: Place) -> None:
    write_directory(place.content, YOGA)

    assert run("publish", "--significance", "safety").exit_code == 0
    assert significance_of(place, 2) == "safety"


def test_a_release_is_not_less_significant_than_that(place: Place) -> None:
    write_directory(place.content, YOGA)

    result = run("publish", "--significance", "editorial")

    assert result.exit_code == 1
    assert "It is clinical, which is more than editorial." in result.stderr
    assert place.release == (1, "The first one.")


def test_restoring_gives_back_what_was(place: Place) -> None:
    write_directory(place.content, YOGA)
    run("publish")

    result = run("restore", "1", "--note", "Back.")

    assert result.exit_code == 0
    assert result.stdout == "Release 3: 0 changed, 1 removed (clinical).\n"
    assert place.release == (3, "Back.")
    assert library(place, 3) == library(place, 1)


def test_restoring_what_stands_makes_no_release(place: Place) -> None:
    result = run("restore", "1", "--note", "Again.")

    assert result.exit_code == 0
    assert result.stdout == "Nothing changed: release 1 stands.\n"
    assert place.release == (1, "The first one.")


def test_a_trial_of_restoring_restores_nothing(place: Place) -> None:
    write_directory(place.content, YOGA)
    run("publish")

    result = run("restore", "1", "--dry-run")

    assert result.stdout == "It would be release 3: 0 changed, 1 removed (clinical).\n"
    assert place.release == (2, "")


@pytest.mark.parametrize("command", ["publish", "restore 1"])
def test_a_note_that_is_too_long_is_refused(place: Place, command: str) -> None:
    result = run(*command.split(), "--note", "x" * 1001)

    assert result.exit_code == 2
    assert "at most 1000 characters" in result.stderr


def test_restoring_names_the_releases_that_there_are(place: Place) -> None:
    result = run("restore", "2")

    assert result.exit_code == 1
    assert result.stderr == "There is no release 2: there is only 1.\n"


def test_restoring_tells_which_cases_no_longer_hold(place: Place) -> None:
    wrong = make_case("wrong", expect={"level": "emergency", "could_be": "emergency"})
    bundle = library(place, 1)
    publish(place.engine, make_bundle(complete({Kind.CASES: [wrong]})), at=PUBLISHED_AT)
    publish(place.engine, bundle, at=PUBLISHED_AT)

    result = run("restore", "2")

    assert result.exit_code == 0
    assert "cases/wrong/expect/level: The level is routine, not emergency." in (
        result.stderr
    )
    assert place.release == (4, "")
