"""A publishing process that is killed leaves the old release or the new one, whole.

`CRASHES` says at how many moments a command is killed, and a fifth of that a service;
`make crashes` does so at 50, and logs where each one left the library. Two of five die
within the writing, two around the commit, and one anywhere on the way.
"""

import logging
import os
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import Engine

from app.database import write_session
from app.fields import Kind
from tests.content.crashing import Course, Moment, State, kill, observe, read_state
from tests.content.damage import diagnose
from tests.content.publishers import (
    NAME,
    Publisher,
    publish_from_shell,
    publish_over_http,
)
from tests.databases import Databases
from tests.directories import write_directory
from tests.factories import complete, make_bundle, make_treatment
from tests.publishing import PUBLISHED_AT, publish

CRASHES = int(os.environ.get("CRASHES", "1"))
OLD = complete(
    {Kind.TREATMENTS: [make_treatment(f"old-{number}") for number in range(20)]}
)
# Some stay, some change, some go and some come.
NEW = complete(
    {
        Kind.TREATMENTS: [
            *(make_treatment(f"old-{number}") for number in range(5)),
            *(make_treatment(f"old-{one}", summary="Another.") for one in range(5, 15)),
            *(make_treatment(f"new-{number}") for number in range(20)),
        ]
    }
)
MOMENTS = [Moment(number) for number in range(CRASHES)]

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Way:
    """A way to publish, by whom, and what it takes and does when nobody kills it."""

    start: Publisher
    by: str | None
    old: State
    new: State
    course: Course


Watching = Callable[[Publisher, str | None], Way]


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The directory of the new library."""
    return write_directory(tmp_path_factory.mktemp("content"), NEW)


@pytest.fixture(scope="module")
def watching(databases: Databases, content: Path) -> Watching:
    """Watches a way to publish."""

    def watch(start: Publisher, by: str | None) -> Way:
        with databases.opened() as engine:
            publish(engine, make_bundle(OLD), at=PUBLISHED_AT)
            old = read_state(engine)
            course = observe(engine, start(engine, content, make_bundle(NEW)))
            new = read_state(engine)
        assert [len(one["release"]) for one in (old, new)] == [1, 2]
        logger.info("%s undisturbed: %s", start.__name__, course)
        return Way(start, by, old, new, course)

    return watch


@pytest.fixture(scope="module")
def from_shell(watching: Watching) -> Way:
    return watching(publish_from_shell, None)


@pytest.fixture(scope="module")
def over_http(watching: Watching) -> Way:
    return watching(publish_over_http, NAME)


@pytest.fixture(scope="module")
def landings() -> Iterator[Counter[str]]:
    """How often each way left the library old and new, logged at the end."""
    counts: Counter[str] = Counter()
    yield counts
    for landing, count in sorted(counts.items()):
        logger.info("%s: %s times", landing, count)


@pytest.mark.parametrize("moment", MOMENTS, ids=str)
def test_a_killed_command_leaves_the_old_release_or_the_new_one(
    engine: Engine,
    content: Path,
    landings: Counter[str],
    from_shell: Way,
    moment: Moment,
) -> None:
    landings[die(engine, content, from_shell, moment)] += 1


@pytest.mark.parametrize("moment", MOMENTS[: max(1, CRASHES // 5)], ids=str)
def test_a_killed_service_leaves_the_old_release_or_the_new_one(
    engine: Engine,
    content: Path,
    landings: Counter[str],
    over_http: Way,
    moment: Moment,
) -> None:
    landings[die(engine, content, over_http, moment)] += 1


def die(engine: Engine, content: Path, way: Way, moment: Moment) -> str:
    """Kill a publisher, check what it leaves, publish again; say what was left."""
    publish(engine, make_bundle(OLD), at=PUBLISHED_AT)
    attempt = way.start(engine, content, make_bundle(NEW))

    kill(engine, attempt, moment, way.course)

    with write_session(engine):
        """What PostgreSQL was still doing for it is over when this has the lock."""
    left = read_state(engine)
    landing = f"{way.start.__name__} left {'new' if left == way.new else 'old'}"
    logger.info("%s, killed at %s", landing, moment)
    assert left in (way.old, way.new)
    assert left == way.new or not attempt.has_published()
    assert diagnose(engine).is_healthy
    publish(engine, make_bundle(NEW), at=PUBLISHED_AT, by=way.by)
    assert read_state(engine) == way.new
    assert diagnose(engine).is_healthy
    return landing
