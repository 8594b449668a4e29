"""`whatnext mcp` as programs start it: a process that answers on standard output."""

import json
import os
import subprocess

import pytest
from mcp import Client, StdioServerParameters
from sqlalchemy import inspect

from tests.live import There
from tests.mcp.conversations import MODES, converse, use_all
from tests.mcp.messages import make_call
from tests.processes import WHATNEXT
from tests.shell import Place, run

# It starts many processes, which ask the API alone.
DATABASES = ("postgresql",)

PATIENCE = 60
ODD_LINES = (
    "canary",
    '{"jsonrpc": "2.0", "id": 1, "method": "canary',
    '{"jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": "canary"}',
    '{"id": 3, "method": "tools/call", "canary": "canary"}',
    json.dumps([make_call("canary")]),
    json.dumps(make_call("canary")),
    json.dumps(make_call("recommend_next_steps", profile={"has": ["canary"]})),
    json.dumps(make_call("recommend_next_steps", profile={"has": ["canary\ud800"]})),
)


def start(*arguments: str) -> StdioServerParameters:
    """Return what starts the command, with the settings of the test."""
    environment = {**os.environ, "NO_PROXY": "127.0.0.1"}
    return StdioServerParameters(
        command=str(WHATNEXT), args=["mcp", *arguments], env=environment
    )


def type_lines(*lines: str) -> "subprocess.CompletedProcess[str]":
    """Run the command with lines that no client would send."""
    return subprocess.run(
        [WHATNEXT, "mcp"],
        input="".join(f"{line}\n" for line in lines),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


@pytest.mark.parametrize("mode", MODES)
def test_an_empty_database_is_filled_and_answers(place: Place, mode: str) -> None:
    told = converse(start(), use_all, mode)

    assert told["urgency"]["level"] == "emergency"
    assert place.release == (1, "The first release.")


def test_the_database_is_brought_up_to_date_aside(place: Place) -> None:
    ran = type_lines()

    assert (ran.returncode, ran.stdout) == (0, "")
    assert "Published content as release 1." in ran.stderr


@pytest.mark.parametrize("mode", MODES)
def test_a_server_is_asked_in_place_of_the_database(there: There, mode: str) -> None:
    there.place.write({})
    assert run("publish").exit_code == 0

    told = converse(start("--server", there.url), use_all, mode)

    assert told["urgency"]["level"] == "emergency"
    assert all(one["host"] in there.url for one in there.served.headers)


def test_a_server_that_is_not_there_is_told_to_the_model(bare_place: Place) -> None:
    async def talk(client: Client) -> str:
        result = await client.call_tool("recommend_next_steps", {})
        assert result.is_error
        return str(result.content[0])

    assert "cannot be reached" in converse(
        start("--server", "http://127.0.0.1:1"), talk
    )
    assert inspect(bare_place.engine).get_table_names() == []


def test_nothing_that_is_typed_is_repeated(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOG_LEVEL", "DEBUG")

    ran = type_lines(*ODD_LINES)

    assert ran.returncode == 0
    assert "canary" not in ran.stdout + ran.stderr


@pytest.mark.parametrize(
    "address",
    [
        "some.example",
        "ftp://some.example",
        "http://",
        "https://me:pw@x.example",
    ],
)
def test_what_is_no_address_is_refused_and_not_repeated(
    place: Place, address: str
) -> None:
    result = run("mcp", "--server", address)

    assert result.exit_code == 2
    assert "https://whatnext.example.org" in result.output
    assert address not in result.output
