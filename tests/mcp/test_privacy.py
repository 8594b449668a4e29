"""Nothing that is sent to a tool comes back in an error or stands in a log."""

import json
from collections.abc import Callable

import httpx2
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response

from app.logs import configure_logs
from app.mcp.rest import Rest
from app.mcp.server import build_server
from tests.api.printing import Printed
from tests.mcp.conversations import MODES, converse, read_text
from tests.mcp.messages import ACCEPTS, Json, make_call, make_message, post, post_new

Send = Callable[[TestClient, Json], Response]

CANARY = "canary"
SENDS = pytest.mark.parametrize("send", [post, post_new], ids=["old", "new"])
NEXT, SIGNS, QUESTIONS = (
    "recommend_next_steps",
    "check_warning_signs",
    "list_questions",
)
REFUSED: dict[str, Json] = {
    "a finding": make_call(NEXT, profile={"has": [CANARY]}),
    "a finding of a sign": make_call(SIGNS, profile={"has": [CANARY]}),
    "a finding of a question": make_call(QUESTIONS, profile={"has": [CANARY]}),
    "a key": make_call(NEXT, profile={CANARY: CANARY}),
    "a value": make_call(NEXT, profile={"age": CANARY}),
    "a text for a profile": make_call(NEXT, profile=CANARY),
    "a profile in a text": make_call(SIGNS, profile=json.dumps({"has": [CANARY]})),
    "half a profile in a text": make_call(NEXT, profile=f'{{"has": ["{CANARY}"'),
    "a key twice in a text": make_call(NEXT, profile=f'{{"{CANARY}":1,"{CANARY}":2}}'),
    "a list for a profile": make_call(QUESTIONS, profile=[CANARY]),
    "a treatment that was tried": make_call(
        NEXT, profile={"tried": {CANARY: "helped"}}
    ),
    "an unknown argument": make_call(SIGNS, **{CANARY: CANARY}),
    "a topic": make_call(NEXT, topic=CANARY),
    "a region": make_call(SIGNS, region=CANARY),
    "an option": make_call(NEXT, about=CANARY),
    "an object for an option": make_call(NEXT, about={CANARY: CANARY}),
    "a number": make_call(QUESTIONS, offset=CANARY),
    "a slug": make_call("get_treatment", slug=CANARY),
    "a path for a slug": make_call("get_treatment", slug=f"../{CANARY}"),
    "a section": make_call("get_treatment", slug="walking", sections=[CANARY]),
    "treatments": make_call("compare_treatments", treatments=[CANARY, CANARY]),
    "a finding of a comparison": make_call(
        "compare_treatments",
        treatments=["walking", "facet-joint-injection"],
        profile={"has": [CANARY]},
    ),
    "a kind": make_call("search_library", q="x", kind=CANARY),
    "too many words": make_call("search_library", q=CANARY * 50),
    "too long a story": make_call(SIGNS, words=CANARY * 500),
    "an object for words": make_call(SIGNS, words={CANARY: 1}),
    "too long a text": make_call("verify_quote", text=CANARY * 1_000),
}
NO_MESSAGES = {
    "cut off": f'{{"jsonrpc": "2.0", "id": 1, "method": "{CANARY}',
    "a bare word": CANARY,
    "a text": f'"{CANARY}"',
    "several at once": json.dumps([make_call("get_treatment", slug=CANARY)]),
    "no version": json.dumps({"id": 1, "method": "tools/call", CANARY: 1}),
    "a text of parameters": json.dumps(
        {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": CANARY}
    ),
    "half a character": json.dumps(make_call("get_treatment", slug=f"{CANARY}\ud800")),
    "deep": json.dumps(CANARY) + "[" * 30_000,
    "a key twice": '{"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": '
    '{"name": "recommend_next_steps", "arguments": {"profile": '
    f'{{"has": ["{CANARY}"], "has": []}}}}}}}}',
}
ODD_MESSAGES: dict[str, Json] = {
    "a tool": make_call(CANARY),
    "a number for a tool": make_message("tools/call", name=5, arguments={CANARY: 1}),
    "a list of arguments": make_message(
        "tools/call", name="get_treatment", arguments=[CANARY]
    ),
    "a resource": make_message("resources/read", uri=f"whatnext://treatments/{CANARY}"),
    "a kind of resource": make_message("resources/read", uri=f"whatnext://{CANARY}/x"),
    "an address": make_message("resources/read", uri=f"https://{CANARY}.example"),
    "a path of a resource": make_message(
        "resources/read", uri=f"whatnext://treatments/../{CANARY}"
    ),
    "a number for a resource": make_message("resources/read", uri=5, other=CANARY),
}


@pytest.fixture
def client(small_app: FastAPI) -> TestClient:
    return TestClient(small_app, base_url="http://localhost:8000")


def told_by(response: Response, printed: Printed) -> str:
    return f"{response.text}{response.headers}{printed.read()}".lower()


@SENDS
@pytest.mark.parametrize("where", REFUSED)
def test_refused_arguments_are_repeated_nowhere(
    client: TestClient, printed: Printed, where: str, send: Send
) -> None:
    response = send(client, REFUSED[where])

    assert response.json()["result"]["isError"]
    assert CANARY not in told_by(response, printed)


@pytest.mark.parametrize("where", NO_MESSAGES)
def test_what_is_no_message_is_repeated_nowhere(
    client: TestClient, printed: Printed, where: str
) -> None:
    headers = {**ACCEPTS, "content-type": "application/json"}

    response = client.post("/mcp", content=NO_MESSAGES[where], headers=headers)

    assert response.status_code == 400
    assert response.json()["error"]["code"] == -32600
    assert CANARY not in told_by(response, printed)


@SENDS
@pytest.mark.parametrize("where", ODD_MESSAGES)
def test_odd_messages_are_repeated_nowhere(
    client: TestClient, printed: Printed, where: str, send: Send
) -> None:
    response = send(client, ODD_MESSAGES[where])

    assert "error" in response.json()
    assert CANARY not in told_by(response, printed)


@pytest.mark.parametrize("origin", [f"https://{CANARY}.example", CANARY])
def test_who_may_not_ask_is_repeated_nowhere(
    client: TestClient, printed: Printed, origin: str
) -> None:
    response = post(client, make_call("get_treatment"), origin=origin)

    assert response.status_code == 403
    assert CANARY not in told_by(response, printed)


def test_an_answer_logs_nothing_of_what_was_asked(
    client: TestClient, printed: Printed
) -> None:
    told = {"profile": {"has": ["kidney-disease"]}, "words": "my kidneys and I"}

    response = post(client, make_call("check_warning_signs", **told))

    assert not response.json()["result"].get("isError")
    assert "kidney" not in printed.read()


def crash(request: httpx2.Request) -> httpx2.Response:
    raise ValueError(f"Cannot read {request.content!r}, {CANARY}")


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("tool", ["recommend_next_steps", "list_questions"])
def test_a_crash_is_logged_by_its_place_alone(
    capfd: pytest.CaptureFixture[str], tool: str, mode: str
) -> None:
    configure_logs("INFO")
    transport = httpx2.MockTransport(crash)
    rest = Rest(httpx2.AsyncClient(transport=transport, base_url="http://whatnext"))

    result = converse(
        build_server(rest),
        lambda one: one.call_tool(tool, {"profile": {"has": [CANARY]}}),
        mode,
    )

    assert result.is_error
    assert read_text(result) == "Something went wrong on our side."
    logged = json.loads(capfd.readouterr().err)
    assert (logged["event"], logged["error"]) == ("crash", "ValueError")
    assert "test_privacy.py" in logged["at"][-1]
    assert CANARY not in json.dumps(logged)
