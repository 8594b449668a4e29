"""What a server answers is read, and what it does not answer is said in plain words."""

import asyncio
from collections.abc import Callable

import httpx2
import pytest
from mcp import Client
from mcp.shared.exceptions import MCPError
from pydantic import TypeAdapter

from app.api.schemas import Readiness
from app.mcp.rest import MissingError, RefusedError, Rest, connect_server
from app.mcp.server import build_server
from tests.mcp.conversations import converse

READY = TypeAdapter(Readiness)
PROBLEM = "application/problem+json"
Answer = Callable[[httpx2.Request], httpx2.Response]


def say(
    status: int, content: str = "", kind: str = "application/json"
) -> httpx2.Response:
    return httpx2.Response(status, content=content, headers={"content-type": kind})


def ask(answer: Answer) -> Readiness:
    """Return what a server says that answers so."""
    transport = httpx2.MockTransport(answer)
    rest = Rest(httpx2.AsyncClient(transport=transport, base_url="http://whatnext"))
    return asyncio.run(rest.get(READY, "/readyz"))


def lose(request: httpx2.Request) -> httpx2.Response:
    raise httpx2.ReadTimeout("too late", request=request)


def test_an_answer_is_read() -> None:
    found = ask(lambda _: say(200, '{"status": "ready", "release": 3}'))

    assert found == Readiness(status="ready", release=3)


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        pytest.param(lose, "cannot be reached", id="no answer"),
        pytest.param(
            lambda _: say(200, '{"status": "ready"}'), "same", id="a part is missing"
        ),
        pytest.param(
            lambda _: say(200, "<html>", "text/html"), "same", id="another service"
        ),
        pytest.param(lambda _: say(502, "Bad gateway"), "same", id="a proxy"),
        pytest.param(lambda _: say(404, "Not found"), "same", id="another address"),
        pytest.param(lambda _: say(307), "same", id="somewhere else"),
        pytest.param(lambda _: say(422, "{}", PROBLEM), "same", id="half a problem"),
    ],
)
def test_what_is_no_answer_of_whatnext_is_refused(answer: Answer, said: str) -> None:
    with pytest.raises(RefusedError, match=said):
        ask(answer)


def test_a_problem_is_told_with_its_places() -> None:
    problem = (
        '{"title": "Unprocessable Content", "status": 422, "detail": "It has 3.", '
        '"errors": [{"detail": "Not a word.", "pointer": "/profile/has/0"}, '
        '{"detail": "Too long.", "pointer": "/query/q"}, '
        '{"detail": "Not valid.", "pointer": ""}]}'
    )

    with pytest.raises(RefusedError) as refused:
        ask(lambda _: say(422, problem, PROBLEM))

    lines = ["It has 3.", "/profile/has/0: Not a word.", "/q: Too long.", "Not valid."]
    assert str(refused.value).splitlines() == lines


def test_what_is_missing_is_told_apart() -> None:
    problem = '{"title": "Not Found", "status": 404, "detail": "Nothing there."}'

    with pytest.raises(MissingError, match=r"Nothing there\."):
        ask(lambda _: say(404, problem, PROBLEM))


def test_a_server_that_is_not_there_is_no_crash() -> None:
    rest = connect_server("http://127.0.0.1:1")

    with pytest.raises(RefusedError, match="cannot be reached"):
        asyncio.run(rest.get(READY, "/readyz"))


def test_resources_of_a_server_that_is_not_there_are_refused() -> None:
    async def talk(client: Client) -> str:
        with pytest.raises(MCPError) as caught:
            await client.list_resources()
        return str(caught.value)

    server = build_server(connect_server("http://127.0.0.1:1"))

    assert "cannot be reached" in converse(server, talk)
