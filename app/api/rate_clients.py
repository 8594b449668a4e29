"""Whom a request is counted for: an address, or a key that was good a moment ago."""

from collections import OrderedDict
from hashlib import sha256
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address
from time import monotonic

from starlette.types import Scope

_SECONDS = 300.0
"""How long a key counts for good after it was."""

_KEYS_MAX = 1024


def name_address(scope: Scope, *, is_crowded: bool) -> str:
    """Return the network that is counted as one client.

    Whoever has an IPv6 address has 2^64. In a crowd, larger networks are one client, so
    that there are no more of them than can be counted.
    """
    host = scope["client"][0] if scope.get("client") else ""
    try:
        address = ip_address(host.partition("%")[0])
    except ValueError:
        # A socket of this machine has no address; names come from tests alone.
        return host
    if isinstance(address, IPv6Address) and address.ipv4_mapped is None:
        length = 32 if is_crowded else 64
        return str(IPv6Network((int(address), length), strict=False))
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    return str(IPv4Network((int(address), 16 if is_crowded else 32), strict=False))


class GoodKeys:
    """Remembers keys that let somebody in, by digest and for a while.

    To look one up before it is counted would be work for whoever guesses keys.
    """

    def __init__(self) -> None:
        self._until: OrderedDict[str, float] = OrderedDict()

    def find(self, scope: Scope) -> str | None:
        """Return the digest of the key of a request, if it was good a moment ago."""
        digest = _digest(scope)
        return digest if self._until.get(digest, 0.0) > monotonic() else None

    def note(self, scope: Scope) -> None:
        """Remember what became of the key of a request that was answered."""
        digest = _digest(scope)
        if scope.get("state", {}).get("key") is None:
            return
        self._until[digest] = monotonic() + _SECONDS
        self._until.move_to_end(digest)
        if len(self._until) > _KEYS_MAX:
            self._until.popitem(last=False)


def _digest(scope: Scope) -> str:
    """Return a digest of what a request shows as its key; empty if it shows none."""
    shown = [value for name, value in scope["headers"] if name == b"authorization"]
    return sha256(shown[0]).hexdigest() if len(shown) == 1 else ""
