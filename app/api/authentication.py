"""API keys on requests: what needs one, and which role. What is open ignores them."""

from collections.abc import Callable, Coroutine
from datetime import datetime
from typing import Any

from fastapi import Request, Response, Security, params
from fastapi.routing import APIRoute
from fastapi.security import HTTPBearer
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlmodel import Session
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.types import Scope

from app.api.dependencies import get_now
from app.api.trials import Trials, is_dry_run
from app.database import read_session, write_session
from app.errors import ForbiddenError, UnauthenticatedError
from app.keys import Key, KeyRole, parse_key
from app.queries.keys import find_key, is_use_due, record_use
from app.tables import ApiKey

SCHEME = HTTPBearer(
    scheme_name="apiKey",
    bearerFormat="wn_<id>_<secret>",
    description="An API key, made by `whatnext keys create` or `POST /v1/keys`.",
    auto_error=False,
)


class KeyedRoute(APIRoute):
    """A route that reads nothing of a request before its key, and is never cached.

    What `requires` returns is one of its dependencies.
    """

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()
        role = _read_role(self)

        async def authenticate_first(request: Request) -> Response:
            request.state.key = None
            if not self.is_open_to(request):
                key = await read_key(request)
                request.state.key = await run_in_threadpool(
                    _authenticate, request, key, role
                )
            response = await handle(request)
            response.headers["Cache-Control"] = "no-store"
            return response

        return authenticate_first

    def is_open_to(self, _request: Request) -> bool:
        """Say whether a request needs no key."""
        return False


class TrialRoute(KeyedRoute):
    """A route that needs no key for a trial: `dry_run=true` changes nothing."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def handle_in_turn(request: Request) -> Response:
            if not self.is_open_to(request):
                return await handle(request)
            # Whoever sends slowly holds no place.
            await _read_body(request)
            trials: Trials = request.app.state.trials
            with trials.place():
                return await handle(request)

        return handle_in_turn

    def is_open_to(self, request: Request) -> bool:
        return is_dry_run(request.scope["query_string"])


async def _read_body(request: Request) -> None:
    try:
        await request.body()
    except ClientDisconnect as error:
        raise HTTPException(400) from error


def requires(role: KeyRole) -> Any:
    """Return the dependency of a `KeyedRoute` that names the role it needs.

    It stands in the OpenAPI document, as a role of the security scheme.
    """
    return Security(SCHEME, scopes=[role.value])


def _read_role(route: APIRoute) -> KeyRole:
    [needed] = [one for one in route.dependencies if isinstance(one, params.Security)]
    [role] = needed.scopes or ()
    return KeyRole(role)


async def read_key(request: Request) -> Key:
    """Return the key of a request. Raises `UnauthenticatedError`."""
    credentials = await SCHEME(request)
    if credentials is None or len(request.headers.getlist("authorization")) > 1:
        raise UnauthenticatedError("Send a key, once, as Authorization: Bearer <key>.")
    key = parse_key(credentials.credentials)
    if key is None:
        raise UnauthenticatedError("There is no such key.")
    return key


def _authenticate(request: Request, key: Key, role: KeyRole) -> ApiKey:
    """Return the stored key, and record its use.

    Raises `UnauthenticatedError`, and `ForbiddenError` if its role is not enough.
    """
    engine: Engine = request.app.state.engine
    at = get_now(request)
    with read_session(engine) as session:
        found = find_good_key(session, key, at=at)
    if request.method != "GET" and is_use_due(found, at=at):
        with write_session(engine) as session:
            record_use(session, found.id, at=at)
    if not found.role.includes(role):
        raise ForbiddenError(needed=role)
    return found


async def has_good_key(scope: Scope) -> bool:
    """Say whether a request shows a good key, before any route is asked.

    Where the database cannot say it, the route finds that out, and tells.
    """
    request = Request(scope)
    try:
        key = await read_key(request)
        await run_in_threadpool(_find_key, request, key)
    except (UnauthenticatedError, DBAPIError, PoolTimeoutError):
        return False
    return True


def _find_key(request: Request, key: Key) -> ApiKey:
    engine: Engine = request.app.state.engine
    with read_session(engine) as session:
        return find_good_key(session, key, at=get_now(request))


def find_good_key(session: Session, key: Key, *, at: datetime) -> ApiKey:
    """Return the stored key if it is good then. Raises `UnauthenticatedError`."""
    found = find_key(session, key.id)
    if found is None or not key.matches(found.digest):
        raise UnauthenticatedError("There is no such key.")
    if found.revoked_at is not None:
        raise UnauthenticatedError("The key was revoked.")
    if found.expires_at is not None and found.expires_at <= at:
        raise UnauthenticatedError("The key has expired.")
    return found
