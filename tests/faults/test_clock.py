"""The clock of a server jumps: releases keep their order, and no date hides one."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response
from sqlalchemy import Engine

from app.content.doctor_tables import rebuild
from app.keys import KeyRole
from tests.api.keys import Clock, store_key
from tests.api.publishing import WALKING_PATH, Writer, publish_small
from tests.databases import Databases, making_app
from tests.factories import make_treatment

HOUR = timedelta(hours=1)
SECOND = timedelta(seconds=1)
STILL = timedelta()


class Timed(NamedTuple):
    """A publisher of an application whose clock a test moves."""

    engine: Engine
    writer: Writer
    clock: Clock

    def write(self, summary: str) -> None:
        written = self.writer.put(WALKING_PATH, make_treatment(summary=summary))
        assert written.status_code == 200

    def read(self, since: str | None = None) -> Response:
        headers = {"if-modified-since": since} if since else {}
        return self.writer.client.get(WALKING_PATH, headers=headers)


@pytest.fixture
def timed(databases: Databases) -> Iterator[Timed]:
    clock = Clock()
    with (
        databases.opened(publish_small) as engine,
        making_app(engine, clock=clock) as app,
        TestClient(app) as client,
    ):
        writer = Writer(client, store_key(engine, KeyRole.PUBLISHER))
        yield Timed(engine, writer, clock)


@pytest.mark.parametrize(
    "jumps",
    [
        pytest.param([-HOUR, SECOND, SECOND], id="an hour back"),
        pytest.param([HOUR, -HOUR, SECOND], id="an hour on, and back again"),
        pytest.param([STILL, STILL, STILL], id="it stands still"),
        pytest.param([SECOND / 4] * 6, id="several releases in a second"),
    ],
)
def test_who_has_an_earlier_release_is_never_told_that_it_is_unchanged(
    timed: Timed, jumps: Sequence[timedelta]
) -> None:
    dates = [timed.read().headers["last-modified"]]
    for number, jump in enumerate(jumps):
        timed.clock.now += jump
        timed.write(f"Number {number}.")

        # At once, and from what is kept.
        answers = [timed.read(since) for since in dates for _ in range(2)]

        assert {one.status_code for one in answers} == {200}
        assert {one.json()["summary"] for one in answers} == {f"Number {number}."}
        dates.append(answers[0].headers["last-modified"])
    moments = [
        datetime.fromisoformat(one["created_at"])
        for one in reversed(timed.writer.log())
    ]
    assert moments == sorted(moments)


def test_a_date_says_that_nothing_changed_once_it_is_certain(timed: Timed) -> None:
    timed.clock.now -= HOUR
    timed.write("While the clock is wrong.")
    timed.clock.now += 2 * HOUR
    timed.write("When it is right again.")

    date = timed.read().headers["last-modified"]

    assert [timed.read(date).status_code for _ in range(2)] == [304, 304]


def test_tables_made_anew_while_the_clock_is_wrong_are_not_taken_for_the_old_ones(
    timed: Timed,
) -> None:
    dates = []
    for _ in range(2):
        dates.append(timed.read().headers["last-modified"])

        rebuild(timed.engine, at=timed.clock.now - HOUR)

        answers = [timed.read(since) for since in dates for _ in range(2)]
        assert {one.status_code for one in answers} == {200}


def test_a_key_is_good_and_its_use_recorded_when_the_clock_goes_back(
    timed: Timed,
) -> None:
    timed.clock.now += HOUR
    timed.write("Ahead.")
    timed.clock.now -= 2 * HOUR

    timed.write("Behind.")

    assert timed.writer.present() == 3
