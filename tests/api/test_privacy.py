"""Nothing that is sent in a profile comes back in a problem or stands in a log."""

import json
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.api.printing import Printed, send

CANARY = "canary"


def as_raw(body: Any) -> bytes:
    return json.dumps(body).encode()


PROFILES: dict[str, Any] = {
    "a key": {CANARY: 1},
    "a key with a slash": {f"{CANARY}/~1": 1},
    "a value of age": {"age": CANARY},
    "a value of sex": {"sex": CANARY},
    "a value of pain": {"pain": CANARY},
    "a key of pain": {"pain": {CANARY: CANARY}},
    "values of pain": {"pain": {"trend": CANARY, "months": CANARY}},
    "a key of the last treatment": {"last_treatment": {CANARY: 1}},
    "a value of the last treatment": {"last_treatment": {"relief": CANARY}},
    "a finding": {"has": [CANARY]},
    "a finding as an object": {"has": [{"finding": CANARY}]},
    "a long finding": {"has": [CANARY * 40]},
    "a finding with a NUL": {"has": [f"{CANARY}\0"]},
    "half a character": {"has": [f"{CANARY}\ud800"]},
    "a key of a finding": {"has": [{"finding": "fever", CANARY: CANARY}]},
    "values of a finding": {
        "has": [{"finding": "fever", "since_days": CANARY, "trend": CANARY}]
    },
    "an object for the findings": {"has": {CANARY: CANARY}},
    "an absent finding": {"has_not": [CANARY]},
    "an absent finding as an object": {"has_not": [{"finding": CANARY}]},
    "text for the absent findings": {"has_not": CANARY},
    "an unsure finding": {"not_sure": [CANARY]},
    "an unsure trend": {"not_sure": [f"{CANARY}.trend"]},
    "an unsure measure": {"not_sure": [f"measures.{CANARY}"]},
    "a measure": {"measures": {CANARY: 5}},
    "a measure with a text": {"measures": {CANARY: CANARY}},
    "a value of a measure": {"measures": {"block-relief-percent": CANARY}},
    "a treatment": {"tried": {CANARY: "helped"}},
    "an outcome": {"tried": {"walking": CANARY}},
    "a treatment and its outcome": {"tried": {CANARY: {CANARY: [CANARY]}}},
    "a mark of pydantic": {"tried": {"[key]": CANARY}, "measures": {"[key]": CANARY}},
    "too many findings": {"has": [CANARY] * 201},
    "too many treatments": {"tried": {f"{CANARY}{n}": CANARY for n in range(101)}},
}
RAW_BODIES = {
    **{where: as_raw({"profile": profile}) for where, profile in PROFILES.items()},
    "text for a profile": as_raw({"profile": CANARY}),
    "a list for a profile": as_raw({"profile": [CANARY]}),
    "a key beside the profile": as_raw({CANARY: CANARY}),
    "a topic": as_raw({"topic": CANARY}),
    "a topic that is no slug": as_raw({"topic": f"{CANARY}!"}),
    "a region": as_raw({"region": CANARY}),
    "text alone": as_raw(CANARY),
    "a list alone": as_raw([CANARY]),
    "JSON cut off": f'{{"profile": {{"has": ["{CANARY}'.encode(),
    "JSON with a bare word": f'{{"profile": {CANARY}}}'.encode(),
    "bytes that are not UTF-8": f'{{"profile": "{CANARY}\udcff"}}'.encode(
        errors="surrogateescape"
    ),
    "too large a body": as_raw({"profile": {"has": [CANARY * 20_000]}}),
}


@pytest.mark.parametrize("where", RAW_BODIES)
@pytest.mark.parametrize("kind", ["application/json", "text/plain"])
def test_a_refused_request_is_repeated_nowhere(
    small_client: TestClient, printed: Printed, where: str, kind: str
) -> None:
    response = send(small_client, RAW_BODIES[where], kind)

    assert response.status_code in (400, 413, 415, 422)
    told = f"{response.text}{response.headers}{printed.read()}"
    assert CANARY not in told.lower()


def test_an_answer_logs_nothing_of_the_profile(
    small_client: TestClient, printed: Printed
) -> None:
    profile = {"has": ["kidney-disease"], "tried": {"walking": "helped"}}

    response = send(small_client, as_raw({"profile": profile}))

    assert response.status_code == 200
    assert "kidney" not in printed.read()
