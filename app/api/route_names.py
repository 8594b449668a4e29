"""Names the route of a request by its template, which holds no word of the request."""

from collections.abc import Callable
from functools import cached_property
from typing import NamedTuple

from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from starlette.types import Scope

OF_ROUTE = "whatnext.route"
"""Where the name is left in the scope of a request: it is found once."""

UNMATCHED = "unmatched"
"""What no route has an address for."""


class _Route(NamedTuple):
    """A route as it is looked for: to ask FastAPI for these takes long."""

    template: str
    match: Callable[[str], object]
    methods: frozenset[str]


class RouteNames:
    """The templates of an application: nothing else is ever a name.

    It reads them when first asked, as routes may be added until then.
    """

    def __init__(self, app: FastAPI) -> None:
        self._app = app

    def find(self, scope: Scope) -> str:
        """Return the template of the route that a request is for, or `UNMATCHED`.

        Also where something before the routes answers, as to too large a body.
        """
        if OF_ROUTE not in scope:
            scope[OF_ROUTE] = self._find(scope["method"], scope["path"])
        name: str = scope[OF_ROUTE]
        return name

    def _find(self, method: str, path: str) -> str:
        method = "GET" if method == "HEAD" else method
        if (method, path) in self._plain:
            return path
        found = [one for one in self._routes if one.match(path)]
        exact = [one for one in found if method in one.methods]
        for route in exact or found:
            return route.template
        return UNMATCHED

    @cached_property
    def _routes(self) -> list[_Route]:
        return [
            _Route(one.path_format, one.path_regex.match, frozenset(one.methods or ()))
            for one in iter_route_contexts(self._app.routes)
            if one.path_format is not None
        ]

    @cached_property
    def _plain(self) -> set[tuple[str, str]]:
        """The routes without parameters, by their methods: found at once."""
        return {
            (method, route.template)
            for route in self._routes
            if "{" not in route.template
            for method in route.methods
        }
