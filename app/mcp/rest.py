"""Asks the REST API, of this process or of a server, and reads what it answers."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

import httpx2
from fastapi import FastAPI
from pydantic import TypeAdapter, ValidationError
from starlette.types import Receive, Scope, Send

from app.api.problems import MEDIA_TYPE, Problem
from app.api.rate_limits import INSIDE
from app.errors import WhatnextError

T = TypeVar("T")

_PATIENCE = httpx2.Timeout(30)
# What comes from this process would be made smaller for nothing.
_HERE = {"Accept-Encoding": "identity"}
_LOOPBACK = ("localhost", "127.0.0.1", "::1")
_SILENT = "The whatnext server cannot be reached, or does not answer in time."
_STRANGE = (
    "The server does not answer as this version of whatnext expects: "
    "is its version the same?"
)


class RefusedError(WhatnextError):
    """Why there is no answer, in words for a model; of a profile it says nothing."""


class MissingError(RefusedError):
    """There is no such item."""


@dataclass(frozen=True, slots=True)
class Rest:
    """The API that answers. Every method may raise `RefusedError`."""

    client: httpx2.AsyncClient

    async def get(self, answer: TypeAdapter[T], path: str, **query: str | int) -> T:
        return parse(answer, await self.read(path, **query))

    async def read(self, path: str, **query: str | int) -> bytes:
        """Return an answer as it comes: not every one is JSON."""
        return await self._send(self.client.build_request("GET", path, params=query))

    async def post(
        self, answer: TypeAdapter[T], path: str, body: Mapping[str, object]
    ) -> T:
        # Written here, as httpx refuses NaN: the API says what is wrong with it.
        request = self.client.build_request(
            "POST",
            path,
            content=json.dumps(body),
            headers={"Content-Type": "application/json"},
        )
        return parse(answer, await self._send(request))

    async def _send(self, request: httpx2.Request) -> bytes:
        try:
            response = await self.client.send(request)
        except httpx2.RequestError as error:
            raise RefusedError(_SILENT) from error
        if response.headers.get("content-type") == MEDIA_TYPE:
            raise _read_problem(response)
        if not response.is_success:
            raise RefusedError(_STRANGE)
        return response.content


def connect_app(app: FastAPI) -> Rest:
    """Return the API of an application in this process."""

    async def ask_inside(scope: Scope, receive: Receive, send: Send) -> None:
        scope[INSIDE] = True
        await app(scope, receive, send)

    transport = httpx2.ASGITransport(ask_inside, raise_app_exceptions=False)
    client = httpx2.AsyncClient(
        transport=transport, base_url="http://localhost", headers=_HERE
    )
    return Rest(client)


def connect_server(address: str) -> Rest:
    """Return the API of a server, by its address."""
    # What goes to this machine goes through no proxy.
    trust_env = httpx2.URL(address).host not in _LOOPBACK
    client = httpx2.AsyncClient(
        base_url=address, timeout=_PATIENCE, trust_env=trust_env
    )
    return Rest(client)


def describe_fault(pointer: str, detail: str) -> str:
    """Say what is wrong, and where if that is anywhere."""
    # Whoever calls a tool knows of no query.
    place = pointer.removeprefix("/query")
    return f"{place}: {detail}" if place else detail


def parse(answer: TypeAdapter[T], content: bytes) -> T:
    """Read an answer. Raises `RefusedError` if it has another shape."""
    try:
        return answer.validate_json(content)
    except ValidationError as error:
        raise RefusedError(_STRANGE) from error


def _read_problem(response: httpx2.Response) -> RefusedError:
    problem = parse(TypeAdapter(Problem), response.content)
    faults = [describe_fault(one.pointer, one.detail) for one in problem.errors]
    detail = "\n".join([problem.detail, *faults])
    is_missing = response.status_code == httpx2.codes.NOT_FOUND
    return MissingError(detail) if is_missing else RefusedError(detail)
