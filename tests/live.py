"""A live server in tests, on a port of its own, and the commands that ask it."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import uvicorn
from typer.testing import Result

from tests.shell import Place, run


class Server(uvicorn.Server):
    """It ends when it is told: uvicorn looks ten times a second whether it should."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.over = threading.Event()

    async def main_loop(self) -> None:
        await self.on_tick(0)
        await asyncio.to_thread(self.over.wait)


@contextmanager
def serving_live(app: Any, **options: Any) -> Iterator[int]:
    """Serve an application until the end of the block; yield the port."""
    config = uvicorn.Config(app, port=0, log_level="critical", **options)
    server = Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        thread.join(0.005)
    try:
        yield server.servers[0].sockets[0].getsockname()[1]
    finally:
        server.over.set()
        thread.join()


@dataclass
class Watched:
    """An application, the headers that came to it, and what stops its next write.

    `before` is called before the write, and `after` after it, in place of the answer.
    """

    app: Any
    headers: list[dict[str, str]] = field(default_factory=list)
    before: Callable[[], object] | None = None
    after: Callable[[], object] | None = None

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            found = ((name.decode(), text.decode()) for name, text in scope["headers"])
            self.headers.append(dict(found))
        if scope.get("method") != "POST":
            await self.app(scope, receive, send)
            return
        if self.before:
            self.before()
        if self.after:
            await self.app(scope, receive, _ignore)
            self.after()
        else:
            await self.app(scope, receive, send)


async def _ignore(_message: object) -> None:
    """Send nothing."""


@dataclass(frozen=True)
class There:
    """A server on the database of the place, far from which commands ask it."""

    place: Place
    served: Watched
    url: str

    def make_key(self, role: str = "publisher") -> str:
        result = run("keys", "create", "--name", f"A new {role}", "--role", role)
        return result.stdout.strip()

    def run(self, *arguments: str, key: str = "") -> Result:
        """Run a command on the server with a key in the environment."""
        elsewhere = self.place.directory / "elsewhere.db"
        env = {"DATABASE_URL": f"sqlite:///{elsewhere}", "WHATNEXT_API_KEY": key}
        result = run(*arguments, "--server", self.url, env=env)
        assert not elsewhere.exists()
        return result
