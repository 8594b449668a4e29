"""Words of requests stand in no log, no metric and no error of a real service."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest
from sqlalchemy import Engine, text

from app.database import build_engine
from app.fields import Kind
from app.keys import Key, KeyRole
from tests.api.canaries import (
    ANSWERED,
    BROKEN,
    CANARY,
    CRASHING,
    FAILED,
    FINDING,
    KNOWN,
    NO_REQUESTS,
    REFUSED_BODIES,
    REFUSED_CALLS,
    UNANSWERED,
    Sent,
    list_writes,
)
from tests.api.keys import store_key
from tests.api.publishing import publish_small
from tests.api.test_metrics import REQUESTS, read_counts
from tests.databases import PostgresDatabases, migrate, show_url
from tests.postgres import PostgresServer
from tests.processes import serving
from tests.raw_http import read_to_end

DATABASE = "canaries"
SETTINGS = {
    "LOG_LEVEL": "DEBUG",
    "MCP": "true",
    "HOSTS": "",
    "BODY_SECONDS": "2",
    "DATABASE_SECONDS": "2",
}


@dataclass
class Told:
    """What a service answered, by what was sent, and all that it wrote."""

    port: int
    answers: dict[str, bytes] = field(default_factory=dict)
    metrics: str = ""
    output: str = ""

    def send(self, name: str, sent: Sent | bytes) -> bytes:
        raw = sent if isinstance(sent, bytes) else sent.raw()
        answer = self.answers[name] = read_to_end(self.port, raw)
        return answer

    def send_all(self, group: str, sent: Mapping[str, Sent] | dict[str, bytes]) -> None:
        for name, one in sent.items():
            self.send(f"{group}: {name}", one)

    def scrape(self) -> None:
        answer = self.send("metrics", Sent("GET /metrics"))
        self.metrics = answer.partition(b"\r\n\r\n")[2].decode()

    def status(self, name: str) -> int:
        return int(self.answers[name].split()[1])

    def events(self, name: str) -> list[dict[str, Any]]:
        lines = [one for one in self.output.splitlines() if one.startswith("{")]
        return [one for one in map(json.loads, lines) if one["event"] == name]


@pytest.fixture(scope="module")
def lonely(postgres: PostgresServer) -> Iterator[Engine]:
    """A database that can be taken away while it is used."""
    maker = PostgresDatabases(postgres)
    engine = build_engine(maker.make(DATABASE, None))
    migrate(engine)
    own = {Kind.FINDINGS: [FINDING], Kind.TREATMENTS: [BROKEN]}
    publish_small(engine, own)
    yield engine
    engine.dispose()
    maker.remove(DATABASE)


@pytest.fixture(scope="module")
def key(lonely: Engine) -> Key:
    return store_key(lonely, KeyRole.ADMIN)


@pytest.fixture(scope="module")
def told(
    lonely: Engine,
    key: Key,
    postgres: PostgresServer,
    tmp_path_factory: pytest.TempPathFactory,
) -> Told:
    """What became of everything, and of the same while the database is gone."""
    directory = tmp_path_factory.mktemp("served")
    with serving(show_url(lonely), directory, "--prepared", **SETTINGS) as served:
        told = Told(served.port)
        send_everything(told, key)
        with lonely.begin() as connection:
            damaged = "UPDATE treatment SET document = '{' WHERE slug = :slug"
            connection.execute(text(damaged), {"slug": BROKEN["slug"]})
        told.send("crash", CRASHING)
        lonely.dispose()
        take_away(postgres)
        told.send_all("gone", UNANSWERED)
        told.scrape()
        served.end()
        told.output = served.output.read_text(encoding="utf-8")
    return told


def send_everything(told: Told, key: Key) -> None:
    told.send_all("answered", ANSWERED)
    told.send_all("failed", {name: sent for name, (_, sent) in FAILED.items()})
    told.send_all("refused body", REFUSED_BODIES)
    told.send_all("refused call", REFUSED_CALLS)
    told.send_all("no request", NO_REQUESTS)
    writes = list_writes(key)
    told.send_all("write", {name: sent for name, (_, sent) in writes.items()})


def take_away(postgres: PostgresServer) -> None:
    postgres.execute("ALTER DATABASE canaries ALLOW_CONNECTIONS false")
    postgres.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = 'canaries'"
    )


def test_everything_was_answered_as_it_was_meant(told: Told, key: Key) -> None:
    statuses = {
        **dict.fromkeys((f"answered: {one}" for one in ANSWERED), 200),
        **{f"failed: {name}": status for name, (status, _) in FAILED.items()},
        **{f"write: {name}": status for name, (status, _) in list_writes(key).items()},
        **dict.fromkeys((f"no request: {one}" for one in NO_REQUESTS), 400),
        **dict.fromkeys((f"gone: {one}" for one in UNANSWERED), 503),
        "crash": 500,
        "metrics": 200,
    }

    wrong = {
        name: told.answers[name][:400]
        for name, status in statuses.items()
        if told.status(name) != status
    }
    assert wrong == {}
    assert {told.status(f"refused body: {one}") for one in REFUSED_BODIES} == {
        *(400, 413, 422)
    }


def test_no_error_repeats_a_word(told: Told) -> None:
    # Who writes may be told what of it is wrong, by its own words.
    mine = ("answered: ", "write: ", "metrics")
    errors = {
        name: answer.decode("latin-1").lower()
        for name, answer in told.answers.items()
        if not name.startswith(mine)
    }

    assert [name for name, said in errors.items() if CANARY in said] == []
    # Of what the library knows a refusal may name the choices.
    broken = [name for name in errors if name.startswith(("crash", "gone: "))]
    assert len(broken) == 1 + len(UNANSWERED)
    assert [name for name in broken if KNOWN in errors[name]] == []


def test_no_answer_repeats_a_key(told: Told, key: Key) -> None:
    secret = key.text.rpartition("_")[2]

    assert [one for one, said in told.answers.items() if secret.encode() in said] == []


@pytest.mark.parametrize("word", [CANARY, KNOWN])
def test_no_word_is_logged_or_counted(told: Told, key: Key, word: str) -> None:
    lines = f"{told.output}\n{told.metrics}".lower().splitlines()

    assert [line for line in lines if word in line] == []


def test_no_key_is_logged_or_counted(told: Told, key: Key) -> None:
    written = f"{told.output}{told.metrics}"

    assert not any(part in written for part in key.text.split("_")[1:])


def test_what_failed_was_logged_and_counted(told: Told) -> None:
    statuses = {one["status"] for one in told.events("request")}
    counted = {key[3] for key in read_counts(told.metrics) if key[0] == REQUESTS}

    assert {200, 404, 405, 408, 413, 415, 421, 422, 500, 503} <= statuses
    assert {str(one) for one in statuses} - {"200"} <= counted
    assert [one["error"] for one in told.events("crash")]
    assert told.events("database")


def test_a_call_and_its_requests_have_one_id(told: Told) -> None:
    requests = told.events("request")
    calls = {one["request_id"] for one in requests if one["route"] == "/mcp"}
    inner = {one["request_id"] for one in requests if one["route"] != "/mcp"}

    assert calls & inner


def test_what_the_service_logs_is_json(told: Told) -> None:
    assert [one for one in told.output.splitlines() if not one.startswith("{")] == []
