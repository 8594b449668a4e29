"""Which pages may ask at `/mcp`: those of this machine, and those of the settings.

A page of another site could else use a server that only this machine can reach. For
whom a request is, `app.api.hosts` checks for every address.
"""

from collections.abc import Collection
from dataclasses import dataclass

from starlette.datastructures import Headers

from app.api.hosts import HERE, name_of

REFUSAL = "Pages of this origin may not ask: MCP_ORIGINS names those that may."


@dataclass(frozen=True, slots=True)
class Guests:
    """Origins in full, beside those of this machine."""

    origins: Collection[str] = ()

    def may_ask(self, headers: Headers) -> bool:
        """Say whether a request may come from where it does; few say where that is."""
        return all(map(self._is_known, headers.getlist("origin")))

    def _is_known(self, origin: str) -> bool:
        scheme, _, host = origin.lower().partition("://")
        is_here = scheme in ("http", "https") and name_of(host) in HERE
        return is_here or origin.lower() in self.origins
