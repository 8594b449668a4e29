"""Talks to a whatnext server over HTTP: what it is asked, and what it means to say."""

import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from ipaddress import ip_address
from typing import Any

import httpx2
from pydantic import ValidationError

from app.api.problems import MEDIA_TYPE, Problem
from app.cli.stores import MisusedError, RefusedError, UnreachableError
from app.errors import Fault, NoReleaseError, StaleReleaseError
from app.keys import Key

# A whole library is checked before the answer comes.
PATIENCE = httpx2.Timeout(10, read=600)
DOUBT = " Perhaps it was published: ask again, the same content makes no release."
NEEDS_KEY = (
    "Publishing on a server needs a key: set WHATNEXT_API_KEY, or use --api-key."
)
NEEDS_TLS = "A key is not sent over plain http, where others can read it: use https."
Query = Mapping[str, str]


@dataclass(frozen=True)
class Connection:
    """A server by its address. The key is sent only where something is to change.

    Redirects are not followed: the key, and what is published, go to nobody else.
    """

    address: httpx2.URL
    key: Key | None = None

    def read(self, path: str, **query: str) -> bytes:
        """Return the JSON of a read, past caches.

        Raises `NoReleaseError`, `RefusedError`, `UnreachableError`.
        """
        response = self._send(
            "GET", path, params=query, headers={"Cache-Control": "no-cache"}
        )
        return self._open(response)

    def write(
        self, path: str, query: Query, *, against: int, is_trial: bool, body: Any = None
    ) -> bytes:
        """Return the JSON of a write that was made against a release.

        Raises `MisusedError`, `RefusedError`, `StaleReleaseError`, `UnreachableError`.
        """
        headers = {"If-Match": f'"release-{against}"'}
        if is_trial:
            query = {**query, "dry_run": "true"}
        else:
            headers["Authorization"] = f"Bearer {self.require_key().text}"
        doubt = "" if is_trial else DOUBT
        response = self._send(
            "POST", path, params=query, headers=headers, json=body, doubt=doubt
        )
        if response.status_code == HTTPStatus.PRECONDITION_FAILED:
            raise self._read_stale(response, against)
        return self._open(response, doubt=doubt)

    def require_key(self) -> Key:
        """Return the key, if it can be sent there. Raises `MisusedError`."""
        if self.key is None:
            raise MisusedError(NEEDS_KEY)
        if self.address.scheme != "https" and not self._is_loopback:
            raise MisusedError(NEEDS_TLS)
        return self.key

    def strange(self, what: str) -> UnreachableError:
        """Return the error of an answer that no whatnext server gives."""
        return UnreachableError(
            f"{self.address} {what}, which is not what a whatnext server answers."
        )

    @property
    def _is_loopback(self) -> bool:
        if self.address.host == "localhost":
            return True
        try:
            return ip_address(self.address.host).is_loopback
        except ValueError:
            return False

    def _send(
        self, method: str, path: str, *, doubt: str = "", **rest: Any
    ) -> httpx2.Response:
        # What goes to this machine goes through no proxy.
        trust_env = not self._is_loopback
        url = f"{self.address}".rstrip("/") + path
        try:
            with httpx2.Client(timeout=PATIENCE, trust_env=trust_env) as client:
                return client.request(method, url, **rest)
        except (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.ProxyError) as error:
            raise UnreachableError(self._explain(error)) from error
        except httpx2.RequestError as error:
            raise UnreachableError(self._explain(error) + doubt) from error

    def _explain(self, error: httpx2.RequestError) -> str:
        reason = str(error).rstrip(".")
        match error:
            case httpx2.TimeoutException():
                return f"{self.address} did not answer in time."
            case httpx2.ConnectError() if _is_about_tls(error):
                return f"No secure connection to {self.address}: {reason}."
            case httpx2.ConnectError() | httpx2.ProxyError():
                return f"{self.address} cannot be reached: {reason}."
            case _:
                return f"{self.address} broke off: {reason}."

    def _open(self, response: httpx2.Response, *, doubt: str = "") -> bytes:
        """Return the JSON of an answer, or raise what it says."""
        status = f"{response.status_code} {response.reason_phrase}".strip()
        if response.next_request is not None:
            target = response.next_request.url.copy_with(query=None, fragment=None)
            msg = f"{self.address} redirects to {target}, and is not followed there."
            raise UnreachableError(msg)
        problem = self._find_problem(response)
        if problem and problem.detail == str(NoReleaseError()):
            raise NoReleaseError
        if response.is_server_error:
            detail = problem.detail if problem else f"It answers {status}."
            msg = f"{self.address} has a problem: {detail}{doubt}"
            raise UnreachableError(msg)
        if problem:
            raise _read_refusal(problem)
        media_type = response.headers.get("content-type", "").partition(";")[0]
        if not response.is_success or media_type != "application/json":
            raise self.strange(f"answers {status} as {media_type or 'nothing'}")
        return response.content

    def _read_stale(
        self, response: httpx2.Response, against: int
    ) -> StaleReleaseError | UnreachableError:
        problem = self._find_problem(response)
        present = response.headers.get("library-release", "")
        if problem is None or not present.isdecimal():
            return self.strange("answers 412 without a release")
        return StaleReleaseError(
            prepared_against=against,
            present=int(present),
            changed=[Fault(one.pointer, one.detail) for one in problem.errors],
        )

    def _find_problem(self, response: httpx2.Response) -> Problem | None:
        if response.headers.get("content-type") != MEDIA_TYPE:
            return None
        try:
            return Problem.model_validate_json(response.content)
        except ValidationError as error:
            raise self.strange("answers with half a problem") from error


def _read_refusal(problem: Problem) -> RefusedError:
    if problem.status == HTTPStatus.UNAUTHORIZED:
        return RefusedError(f"The server does not take the key: {problem.detail}")
    faults = [Fault(one.pointer, one.detail) for one in problem.errors]
    return RefusedError(f"The server refuses it: {problem.detail}", faults)


def _is_about_tls(error: BaseException | None) -> bool:
    while error is not None and not isinstance(error, ssl.SSLError):
        error = error.__cause__ or error.__context__
    return error is not None
