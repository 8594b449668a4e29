"""`whatnext serve` as users start it: a process of its own on a free port."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import col, update

from app.database import write_session
from app.fields import Kind
from app.keys import make_key
from app.queries.projection import mark_renderer
from app.tables import Treatment
from tests.api.keys import KEYS, bearer, store_key
from tests.databases import show_url
from tests.directories import write_directory, write_file
from tests.factories import COMPLETE, complete, make_bundle, make_treatment
from tests.processes import PATIENCE, Served, starting
from tests.publishing import PUBLISHED_AT, publish
from tests.shell import run

ADVICE = "run `whatnext publish`"


@dataclass(frozen=True)
class Place:
    """A content directory and a database that a service is started on."""

    content: Path
    engine: Engine

    @property
    def settings(self) -> dict[str, str]:
        return {"DATABASE_URL": show_url(self.engine), "SEED_DATA": str(self.content)}

    def starting(self) -> AbstractContextManager[Served]:
        """Start a service, and kill it at the end of the block; wait for nothing."""
        seed_data = str(self.content)
        return starting(show_url(self.engine), self.content.parent, SEED_DATA=seed_data)

    @contextmanager
    def serving(self) -> Iterator[Served]:
        """Serve until the end of the block."""
        with self.starting() as served:
            served.wait_until_ready()
            yield served


@pytest.fixture
def place(tmp_path: Path, empty_engine: Engine) -> Place:
    """The small library, and a database without tables."""
    return Place(write_directory(tmp_path / "content", COMPLETE), empty_engine)


@pytest.fixture
def published_place(tmp_path: Path, engine: Engine) -> Place:
    """The small library, and a database that holds it as release 1."""
    publish(engine, make_bundle(COMPLETE), at=PUBLISHED_AT)
    return Place(write_directory(tmp_path / "content", COMPLETE), engine)


def test_serve_publishes_into_an_empty_database_and_answers(place: Place) -> None:
    with place.serving() as served:
        health = served.ask("/healthz")
        walking = served.ask("/v1/treatments/walking")

    assert (health.status, health.json()) == (200, {"status": "ok"})
    assert (walking.status, walking.json()["name"]) == (200, "Walking")
    assert "Published content as release 1." in served.said


def test_serve_makes_anew_what_another_renderer_made(published_place: Place) -> None:
    older = update(Treatment).where(col(Treatment.slug) == "walking")
    with write_session(published_place.engine) as session:
        session.exec(older.values(document='{"slug":"older"}', hash="sha256:older"))
        mark_renderer(session, "sha256:older")

    with published_place.serving() as served:
        walking = served.ask("/v1/treatments/walking")

    assert walking.json()["name"] == "Walking"


def test_serve_logs_no_key(
    published_place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOG_LEVEL", "DEBUG")
    good, unknown = store_key(published_place.engine), make_key()

    with published_place.serving() as served:
        answers = [served.ask(KEYS, headers=bearer(key)) for key in (good, unknown)]

    assert [one.status for one in answers] == [200, 401]
    assert not any(
        part in served.said
        for key in (good, unknown)
        for part in key.text.removeprefix("wn_").split("_")
    )


def test_two_services_may_start_at_once_on_an_empty_database(place: Place) -> None:
    with place.starting() as one, place.starting() as other:
        for served in (one, other):
            served.wait_until_ready()
        answers = [served.ask("/readyz") for served in (one, other)]

    assert [one.status for one in answers] == [200, 200]


def test_serve_leaves_a_database_with_content_as_it_is(published_place: Place) -> None:
    own = {Kind.TREATMENTS: [make_treatment("yoga")]}
    write_directory(published_place.content, complete(own))

    with published_place.serving() as served:
        yoga = served.ask("/v1/treatments/yoga")

    assert yoga.status == 404
    assert f"Serving release 1. content differs from it: {ADVICE}" in served.said


def test_nothing_is_said_when_the_content_is_the_same(published_place: Place) -> None:
    for _ in range(2):
        said = prepare(published_place)
        assert ADVICE not in said
        assert "Published" not in said

    # What was found the same is that content, and that release.
    other = complete({Kind.TREATMENTS: [make_treatment("yoga")]})
    publish(published_place.engine, make_bundle(other), at=PUBLISHED_AT)
    assert ADVICE in prepare(published_place)
    write_directory(published_place.content, other)
    assert ADVICE not in prepare(published_place)


def prepare(place: Place) -> str:
    """Return what is said before the service starts."""
    result = run("prepare", env=place.settings)
    assert result.exit_code == 0
    return result.output


def test_serve_serves_the_release_when_the_content_has_problems(
    published_place: Place,
) -> None:
    write_file(published_place.content, "screens.yaml", "- slug: x\n")

    with published_place.serving() as served:
        walking = served.ask("/v1/treatments/walking")

    assert walking.status == 200
    assert "has 2 problems" in served.said


def test_serve_does_not_start_an_empty_database_with_problems(place: Place) -> None:
    write_file(place.content, "screens.yaml", "- slug: x\n")

    with place.starting() as served:
        code = served.process.wait(PATIENCE)

    assert code == 1
    assert "screens.yaml:1: /0/question: It is missing." in served.said
