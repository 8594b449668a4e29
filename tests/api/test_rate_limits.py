"""Limits: who asks too much is refused for a while, and everybody is told in time."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response
from sqlalchemy import Engine

from app.api.rate_clients import name_address
from app.api.rate_limits import TRIAL_COST
from app.keys import KeyRole, make_key
from app.mcp.endpoint import add_mcp
from app.mcp.origins import Guests
from app.settings import Settings
from tests.api.asking import ORIGIN, RECOMMENDATIONS, read_problem
from tests.api.keys import KEYS, bearer, store_key
from tests.api.publishing import RELEASES
from tests.databases import Databases, making_app
from tests.mcp.messages import make_call, post
from tests.publishing import publish_factories
from tests.shell import run

HERE, THERE = "198.51.100.1", "198.51.100.2"
NOBODY = "redis://127.0.0.1:1/0"
NEW = "/v1/treatments/no-such-{}"


@pytest.fixture(scope="module")
def small_engine(databases: Databases) -> Iterator[Engine]:
    """A database with the small library of the factories."""
    with databases.opened(publish_factories) as engine:
        yield engine


@contextmanager
def limiting(engine: Engine, **limits: str) -> Iterator[FastAPI]:
    """Make an application with limits of addresses, and none of keys."""
    rates: dict[str, Any] = {"rate_limit": "3/day", "rate_limit_keyed": "off"}
    rates |= limits
    with making_app(engine, **rates) as app:
        yield app


def client_at(app: FastAPI, address: str = HERE) -> TestClient:
    """Return a client that asks from an address."""
    return TestClient(app, client=(address, 4711), raise_server_exceptions=False)


def ask(client: TestClient, times: int) -> list[int]:
    """Ask for what is never kept, and return the statuses."""
    return [client.get(NEW.format(one)).status_code for one in range(times)]


def read_left(response: Response) -> int:
    """Return how many requests an answer says are left."""
    found = re.fullmatch(r'"\w+";r=(\d+);t=[1-9]\d*', response.headers["ratelimit"])
    assert found
    return int(found[1])


def test_who_asks_too_much_is_refused_and_nobody_else(small_engine: Engine) -> None:
    with limiting(small_engine) as app:
        statuses = ask(client_at(app), 5)
        others = ask(client_at(app, THERE), 1)

    assert statuses == [404, 404, 404, 429, 429]
    assert others == [404]


def test_a_refusal_says_when_to_try_again(small_engine: Engine) -> None:
    with limiting(small_engine) as app:
        client = client_at(app)
        ask(client, 3)
        refused = client.post(RECOMMENDATIONS, json={}, headers=ORIGIN)

    problem = read_problem(refused, 429)
    seconds = int(refused.headers["retry-after"])
    assert 1 <= seconds <= 86_400
    assert f"after {seconds} seconds" in problem["detail"]
    assert refused.headers["ratelimit-policy"] == '"address";q=3;w=86400'
    assert read_left(refused) == 0
    # Pages elsewhere may read it, too.
    assert refused.headers["access-control-allow-origin"] == "*"
    assert "Retry-After" in refused.headers["access-control-expose-headers"]


def test_an_answer_for_one_says_what_is_left(small_engine: Engine) -> None:
    with limiting(small_engine) as app:
        client = client_at(app)
        answers = [client.post(RECOMMENDATIONS, json={}) for _ in range(2)]
        problem = client.get(NEW.format(1))

    assert [read_left(one) for one in (*answers, problem)] == [2, 1, 0]
    assert answers[0].headers["ratelimit-policy"] == '"address";q=3;w=86400'


def test_what_is_kept_is_neither_counted_nor_says_what_is_left(
    small_engine: Engine,
) -> None:
    with limiting(small_engine) as app:
        client = client_at(app)
        answers = [client.get("/v1/treatments") for _ in range(9)]
        answers.append(client.head("/v1/treatments"))
        statuses = ask(client, 3)

    assert {one.status_code for one in answers} == {200}
    assert not any("ratelimit" in one.headers for one in answers)
    # To make it was the first that counted.
    assert statuses == [404, 404, 429]


def test_what_was_refused_is_not_kept(small_engine: Engine) -> None:
    with limiting(small_engine) as app:
        ask(client_at(app), 3)
        refused = client_at(app).get("/v1/treatments")
        answered = client_at(app, THERE).get("/v1/treatments")

    assert (refused.status_code, answered.status_code) == (429, 200)
    assert refused.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_whether_it_is_well_may_always_be_asked(
    small_engine: Engine, path: str
) -> None:
    with limiting(small_engine) as app:
        client = client_at(app)
        ask(client, 4)
        answers = [client.get(path) for _ in range(5)]

    assert {one.status_code for one in answers} == {200}


def test_a_trial_counts_for_many(small_engine: Engine) -> None:
    with limiting(small_engine, rate_limit=f"{TRIAL_COST + 1}/day") as app:
        client = client_at(app)
        trials = [client.post(f"{RELEASES}?dry_run=true", json={}) for _ in range(2)]

    assert [one.status_code for one in trials] == [422, 429]
    assert read_left(trials[0]) == 1


def test_whoever_guesses_keys_is_counted(small_engine: Engine) -> None:
    with limiting(small_engine) as app:
        client = client_at(app)
        guesses = [client.get(KEYS, headers=bearer(make_key())) for _ in range(4)]

    assert [one.status_code for one in guesses] == [401, 401, 401, 429]


def test_a_key_that_was_good_is_counted_by_itself(small_engine: Engine) -> None:
    key = store_key(small_engine, KeyRole.ADMIN, name="counted")
    with limiting(small_engine, rate_limit_keyed="4/day") as app:
        answers = [
            client_at(app, address).get(KEYS, headers=bearer(key))
            for address in (HERE, HERE, THERE, HERE, THERE, HERE)
        ]
        without = ask(client_at(app), 3)

    # The first time nobody knew yet whether it is good.
    policies = [one.headers["ratelimit-policy"] for one in answers]
    assert policies == ['"address";q=3;w=86400', *['"key";q=4;w=86400'] * 5]
    assert [one.status_code for one in answers] == [200] * 5 + [429]
    assert without == [404, 404, 429]


def test_whoever_asks_by_mcp_is_counted_once(small_engine: Engine) -> None:
    call = make_call("recommend_next_steps", profile={})
    with limiting(small_engine) as app:
        add_mcp(app, Guests())
        client = client_at(app)
        answers = [post(client, call) for _ in range(4)]

    assert [one.status_code for one in answers] == [200, 200, 200, 429]
    assert [read_left(one) for one in answers] == [2, 1, 0, 0]


def test_limits_can_be_off(small_engine: Engine) -> None:
    with limiting(small_engine, rate_limit="off") as app:
        answers = [client_at(app).get(NEW.format(one)) for one in range(9)]

    assert {one.status_code for one in answers} == {404}
    assert not any("ratelimit" in one.headers for one in answers)


@pytest.mark.parametrize(
    ("one", "another", "is_same", "is_same_in_a_crowd"),
    [
        ("192.0.2.1", "192.0.2.1", True, True),
        ("192.0.2.1", "192.0.2.2", False, True),
        ("192.0.2.1", "198.51.100.1", False, False),
        ("2001:db8::1", "2001:db8:0:0:ffff::9", True, True),
        ("2001:db8::1", "2001:db8:0:1::1", False, True),
        ("2001:db8::1", "2001:db9::1", False, False),
        ("::ffff:192.0.2.1", "192.0.2.1", True, True),
        ("::1", "0.0.0.1", False, False),
        ("fe80::1%eth0", "fe80::2%eth1", True, True),
    ],
)
def test_networks_of_one_client_count_as_one(
    one: str, another: str, *, is_same: bool, is_same_in_a_crowd: bool
) -> None:
    for is_crowded, expected in ((False, is_same), (True, is_same_in_a_crowd)):
        first, second = (
            name_address({"client": (address, 1)}, is_crowded=is_crowded)
            for address in (one, another)
        )
        assert (first == second) == expected


def test_a_store_that_does_not_answer_stops_the_start() -> None:
    result = run("serve", env={"RATE_LIMIT_STORE": NOBODY})

    assert result.exit_code == 1
    assert "RATE_LIMIT_STORE does not answer" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_store_that_goes_away_stops_no_answer(small_engine: Engine) -> None:
    with limiting(small_engine, rate_limit_store=NOBODY) as app:
        statuses = ask(client_at(app), 5)

    assert statuses == [404] * 5


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("RATE_LIMIT", "many"),
        ("RATE_LIMIT", "0/minute"),
        ("RATE_LIMIT", "5/fortnight"),
        ("RATE_LIMIT_KEYED", "600"),
        ("RATE_LIMIT_STORE", "mysql://me:secret@db:3306"),
        ("RATE_LIMIT_STORE", "redis://me:secret@db:none"),
        ("TRUSTED_PROXIES", "proxy.example"),
        ("TRUSTED_PROXIES", "*"),
        ("BODY_SECONDS", "0"),
        ("REQUEST_SECONDS", "-1"),
    ],
)
def test_a_wrong_setting_is_named_and_not_repeated(name: str, value: str) -> None:
    result = run("serve", env={name: value})

    assert result.exit_code == 2
    assert f"{name}: " in result.stderr
    assert "secret" not in result.stderr


def test_settings_name_rates_as_people_write_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("RATE_LIMIT", " 10/Second ")
    monkeypatch.setenv("TRUSTED_PROXIES", "10.0.0.5, 172.16.0.0/12")

    settings = Settings()

    assert settings.rate_limit == "10/second"
    assert settings.trusted_proxies == ("10.0.0.5/32", "172.16.0.0/12")
