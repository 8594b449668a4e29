"""Trials of writes, which need no key: few at once, as each takes much time."""

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import parse_qs

from starlette.exceptions import HTTPException
from starlette.types import Scope

AT_ONCE = 2
"""How many may run in a process: others wait for less than one processor."""

_BUSY = "Other trials are running: try again later."
_RELEASES = "/v1/releases"


class Trials:
    """Gives out places to trials, and makes nobody wait for one."""

    def __init__(self, at_once: int = AT_ONCE) -> None:
        self._free = at_once

    @contextmanager
    def place(self) -> Iterator[None]:
        """Take a place until the end of the block. Raises `HTTPException`."""
        if not self._free:
            raise HTTPException(503, _BUSY, headers={"Retry-After": "10"})
        self._free -= 1
        try:
            yield
        finally:
            self._free += 1


def is_write(scope: Scope) -> bool:
    """Say whether a request may make a release, or would as a trial."""
    method, path = scope["method"], scope["path"]
    return method in ("PUT", "DELETE") or (
        method == "POST" and path.startswith(_RELEASES)
    )


def is_trial(scope: Scope) -> bool:
    """Say whether it only tries out: it is open, then."""
    return is_write(scope) and is_dry_run(scope["query_string"])


def is_dry_run(query: bytes) -> bool:
    """Say whether a query asks once for a trial, and for nothing else."""
    given = parse_qs(query.decode("latin-1"), keep_blank_values=True)
    return given.get("dry_run") == ["true"]
