"""Servers that are not there, break off, or are none of ours: one sentence, and 4."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from socketserver import BaseRequestHandler, TCPServer
from threading import Thread
from typing import Any

import httpx2
import pytest
from starlette.responses import JSONResponse, RedirectResponse, Response

from app.api.problems import problem_response
from app.cli import connection
from app.keys import make_key
from tests.live import There, serving_live
from tests.shell import YOGA, Place, run

# It is about servers that are not ours.
DATABASES = ("sqlite",)

KEY = make_key().text
READS = ["diff", "export out"]
WRITES = ["publish", "restore 1"]
COMMANDS = [*READS, *WRITES, "publish --dry-run"]
META = JSONResponse({"name": "whatnext", "release": 1})
HTML = Response("<h1>Welcome</h1>", media_type="text/html")
NOT_OURS = "which is not what a whatnext server answers."
DOUBT = "Perhaps it was published: ask again, the same content makes no release."


@dataclass
class Answers:
    """An application that gives these answers, the last one again and again."""

    answers: list[Response]
    asked: list[str] = field(default_factory=list)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            self.asked.append(scope["path"])
            last = len(self.answers) == 1
            answer = self.answers[0] if last else self.answers.pop(0)
            await answer(scope, receive, send)


def ask(command: str, server: str) -> str:
    """Run a command that the server lets down, and return what it says of that."""
    result = run(*command.split(), "--server", server, "--api-key", KEY)
    assert (result.exit_code, result.stdout) == (4, "")
    assert not Path("out").exists()
    [line] = result.stderr.splitlines()
    assert line.startswith((server, "No secure connection to", "This whatnext"))
    return line.removeprefix(server)


def ask_of(command: str, *answers: Response) -> str:
    with serving_live(Answers(list(answers))) as port:
        return ask(command, f"http://127.0.0.1:{port}")


@contextmanager
def hanging_up() -> Iterator[str]:
    """Take every connection, and end it without a word."""
    with TCPServer(("127.0.0.1", 0), BaseRequestHandler) as server:
        thread = Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


@pytest.mark.parametrize("command", COMMANDS)
def test_a_server_that_is_not_there(place: Place, command: str) -> None:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))

        said = ask(command, f"http://127.0.0.1:{one.getsockname()[1]}")

    assert said.startswith(" cannot be reached: ")


@pytest.mark.parametrize("command", COMMANDS)
def test_a_server_that_hangs_up(place: Place, command: str) -> None:
    with hanging_up() as server:
        assert ask(command, server).startswith(" broke off: ")


def test_a_server_that_says_nothing(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "PATIENCE", httpx2.Timeout(0.1))
    with socket.create_server(("127.0.0.1", 0)) as silent:
        said = ask("diff", f"http://127.0.0.1:{silent.getsockname()[1]}")

    assert said == " did not answer in time."


def test_a_server_without_a_secure_connection(place: Place) -> None:
    with serving_live(HTML) as port:
        said = ask("publish", f"https://127.0.0.1:{port}")

    assert said.startswith(f"No secure connection to https://127.0.0.1:{port}: ")


STRANGE: dict[str, tuple[Response, str]] = {
    "a page": (HTML, f" answers 200 OK as text/html, {NOT_OURS}"),
    "nothing": (Response(), f" answers 200 OK as nothing, {NOT_OURS}"),
    "no such page": (
        Response("<h1>Oh</h1>", 404, media_type="text/html"),
        f" answers 404 Not Found as text/html, {NOT_OURS}",
    ),
    "JSON of another service": (
        JSONResponse({"name": "other", "release": 1}),
        f" sends something else, {NOT_OURS}",
    ),
    "no JSON": (
        Response("{", media_type="application/json"),
        f" sends something else, {NOT_OURS}",
    ),
    "half a problem": (
        Response("{", 404, media_type="application/problem+json"),
        f" answers with half a problem, {NOT_OURS}",
    ),
    "a proxy without a server": (
        Response("<h1>Bad Gateway</h1>", 502, media_type="text/html"),
        " has a problem: It answers 502 Bad Gateway.",
    ),
    "a crash": (
        problem_response(500, "Something went wrong on our side."),
        " has a problem: Something went wrong on our side.",
    ),
    "a redirect": (
        RedirectResponse("https://elsewhere.example.org/?a=b"),
        " redirects to https://elsewhere.example.org/, and is not followed there.",
    ),
}


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(("answer", "said"), STRANGE.values(), ids=STRANGE)
def test_a_server_that_is_none_of_ours(
    place: Place, answer: Response, said: str, command: str
) -> None:
    assert ask_of(command, answer) == said


def test_a_redirect_is_not_followed(place: Place) -> None:
    there = Answers([META, RedirectResponse("/elsewhere")])
    with serving_live(there) as port:
        said = ask("publish", f"http://127.0.0.1:{port}")

    assert said.startswith(" redirects to ")
    assert there.asked == ["/v1/meta", "/v1/releases"]


MADE_UP: dict[str, tuple[Response, str]] = {
    "a page": (HTML, f" answers 200 OK as text/html, {NOT_OURS}"),
    "other JSON": (
        JSONResponse({"release": 2}),
        f" does not say what became of it, {NOT_OURS}",
    ),
    "stale, but of no release": (
        problem_response(412, "No."),
        f" answers 412 without a release, {NOT_OURS}",
    ),
    "a crash": (
        problem_response(500, "Something went wrong on our side."),
        f" has a problem: Something went wrong on our side. {DOUBT}",
    ),
    "a proxy that lost patience": (
        Response("<h1>Gateway Time-out</h1>", 504, media_type="text/html"),
        f" has a problem: It answers 504 Gateway Timeout. {DOUBT}",
    ),
}


@pytest.mark.parametrize("command", WRITES)
@pytest.mark.parametrize(("answer", "said"), MADE_UP.values(), ids=MADE_UP)
def test_a_server_that_does_not_say_what_became_of_a_write(
    place: Place, answer: Response, said: str, command: str
) -> None:
    assert ask_of(command, META, answer) == said


UNREADABLE: dict[str, object] = {
    "without a library": {"release": 1, "format": 1, "entries": {}},
    "with an unknown kind": {"release": 1, "format": 1, "entries": {"plants": []}},
    "of another format": {"release": 1, "format": 2, "entries": {}},
}


@pytest.mark.parametrize("command", READS)
@pytest.mark.parametrize("bundle", UNREADABLE.values(), ids=UNREADABLE)
def test_a_library_that_cannot_be_read(
    place: Place, bundle: object, command: str
) -> None:
    said = ask_of(command, META, JSONResponse(bundle))

    assert said == "This whatnext cannot read release 1: is the server newer?"


@pytest.mark.parametrize("command", READS)
def test_a_server_without_a_bundle(place: Place, command: str) -> None:
    said = ask_of(command, META, JSONResponse({}))

    assert said == f" sends no bundle, {NOT_OURS}"


def test_what_was_published_unseen_is_not_published_twice(there: There) -> None:
    there.place.publish({})
    there.place.write(YOGA)
    key = there.make_key()

    def break_off() -> None:
        raise ConnectionAbortedError

    there.served.after = break_off
    lost = there.run("publish", key=key)
    there.served.after = None
    again = there.run("publish", key=key)

    assert lost.exit_code == 4
    assert lost.stderr.endswith(f" {DOUBT}\n")
    assert again.stdout == "Nothing changed: release 2 stands.\n"
