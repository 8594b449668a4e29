"""Who may ask at `/mcp`: this machine, and who is named in the settings.

A page of another site could else reach a server of this machine through a browser, by
an address that leads here (DNS rebinding).
"""

from collections.abc import Collection
from dataclasses import dataclass

from starlette.datastructures import Headers

_HERE = ("127.0.0.1", "localhost", "[::1]")
_HOST_UNKNOWN = "This host is not served here: MCP_HOSTS names those that are."
_ORIGIN_UNKNOWN = "Pages of this origin may not ask: MCP_ORIGINS names those that may."


@dataclass(frozen=True, slots=True)
class Refusal:
    """A status and what it is for."""

    status: int
    detail: str


@dataclass(frozen=True, slots=True)
class Guests:
    """Hosts by name, on any port, and origins in full, beside those of this machine."""

    hosts: Collection[str] = ()
    origins: Collection[str] = ()

    def find_refusal(self, headers: Headers) -> Refusal | None:
        """Return why a request is refused, if it is. Not every client has an origin."""
        hosts = headers.getlist("host")
        known = {*_HERE, *self.hosts}
        if len(hosts) != 1 or _name_of(hosts[0]) not in known:
            return Refusal(421, _HOST_UNKNOWN)
        if not all(map(self._is_known, headers.getlist("origin"))):
            return Refusal(403, _ORIGIN_UNKNOWN)
        return None

    def _is_known(self, origin: str) -> bool:
        scheme, _, host = origin.lower().partition("://")
        is_here = scheme in ("http", "https") and _name_of(host) in _HERE
        return is_here or origin.lower() in self.origins


def _name_of(host: str) -> str:
    """Return a host without its port."""
    name, _, port = host.lower().rpartition(":")
    return name if name and port.isdigit() else host.lower()
