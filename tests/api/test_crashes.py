"""A crash is a problem too, and says nothing of what was sent."""

import asyncio
import json

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import Engine
from starlette.types import Message, Receive, Scope, Send

from app.api.crash_guard import CrashGuard
from app.api.guides import Guides
from app.database import read_session
from app.fields import Kind
from tests.api.asking import RECOMMENDATIONS, read_problem
from tests.api.printing import Printed, send
from tests.factories import TOPIC, make_bundle, make_finding
from tests.publishing import PUBLISHED_AT, publish

# Findings whose names nothing but a profile can bring up.
TOLD, IMPLIED = "xylophone-told", "xylophone-implied"
CRASHING = json.dumps({"profile": {"has": [TOLD]}}).encode()


def publish_told(engine: Engine) -> None:
    findings = [make_finding(TOLD, implies=[IMPLIED]), make_finding(IMPLIED)]
    publish(engine, make_bundle({Kind.FINDINGS: findings}), at=PUBLISHED_AT)


FILLED = {"told_client": publish_told}


@pytest.fixture
def told_client(client: TestClient) -> TestClient:
    """A client of an application whose findings have names to look out for."""
    return client


def damage_guide(app: FastAPI, engine: Engine) -> None:
    """Take a finding out of the running guide: the engine then fails by its name."""
    guides: Guides = app.state.guides
    with read_session(engine) as session:
        implied = guides.guide(session, TOPIC).vocabulary.implied
    assert isinstance(implied, dict)
    del implied[TOLD]


def drop_log(engine: Engine) -> None:
    """Take a table away under the running application."""
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE revision")


def test_a_broken_database_is_a_problem_that_tells_nothing(
    told_client: TestClient, engine: Engine
) -> None:
    drop_log(engine)

    response = told_client.post(RECOMMENDATIONS, json={})

    problem = read_problem(response, 503)
    assert problem["detail"] == "The database does not answer as it should."
    assert response.headers["retry-after"] == "5"
    assert problem["errors"] == []


def test_a_crash_while_reading_a_profile_is_repeated_nowhere(
    told_client: TestClient, app: FastAPI, engine: Engine, printed: Printed
) -> None:
    damage_guide(app, engine)

    response = send(told_client, CRASHING)

    problem = read_problem(response, 500)
    assert "xylophone" not in f"{problem}{response.headers}{printed.read()}"


def test_a_crash_is_logged_with_its_place(
    told_client: TestClient,
    app: FastAPI,
    engine: Engine,
    printed: Printed,
) -> None:
    damage_guide(app, engine)

    response = send(told_client, CRASHING)

    crash, request = printed.read_events()
    assert (crash["event"], crash["level"]) == ("crash", "critical")
    assert crash["error"] == "KeyError"
    assert any("read_profile.py" in frame for frame in crash["at"])
    assert (request["event"], request["level"]) == ("request", "error")
    assert (
        crash["request_id"] == request["request_id"] == response.headers["x-request-id"]
    )


def test_a_crash_is_seen_by_a_browser_too(
    told_client: TestClient, app: FastAPI, engine: Engine
) -> None:
    damage_guide(app, engine)
    origin = {"origin": "https://front.example"}

    response = told_client.post(
        RECOMMENDATIONS, json=json.loads(CRASHING), headers=origin
    )

    assert response.status_code == 500
    assert response.headers["access-control-allow-origin"] == "*"


def test_the_application_answers_on_after_a_broken_read(
    told_client: TestClient, engine: Engine
) -> None:
    drop_log(engine)

    crashed = told_client.get("/v1/meta")
    after = told_client.get("/v1/treatments/walking")

    assert (crashed.status_code, after.status_code) == (503, 200)


def test_a_crash_after_the_answer_began_adds_no_second_one(printed: Printed) -> None:
    sent: list[str] = []

    async def begin_and_crash(_scope: Scope, _receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        raise ValueError(TOLD)

    async def note(message: Message) -> None:
        sent.append(message["type"])

    async def receive_nothing() -> Message:
        return {"type": "http.disconnect"}

    guarded = CrashGuard(begin_and_crash)
    asyncio.run(guarded({"type": "http"}, receive_nothing, note))

    assert sent == ["http.response.start"]
    assert TOLD not in printed.read()
