"""Which methods an address has, whichever of its routes they lead to."""

from collections.abc import Sequence

from fastapi import Request
from fastapi.routing import iter_route_contexts


def list_methods(request: Request) -> Sequence[str]:
    """Return the methods that the address of a request has, sorted: HEAD beside GET."""
    path = request.scope["path"]
    methods: set[str] = set()
    for route in iter_route_contexts(request.app.routes):
        if route.path_regex.match(path):
            methods |= route.methods or set()
    return sorted(methods | ({"HEAD"} if "GET" in methods else set()))
