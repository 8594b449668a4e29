"""The short way to what is read most, for valid requests: FastAPI is not asked.

What is wrong with any other request the routes find out, and say it.
"""

from collections.abc import Callable, Mapping
from urllib.parse import parse_qsl

from anyio import CapacityLimiter, fail_after
from anyio.to_thread import run_sync
from fastapi import Request
from pydantic import ValidationError
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from starlette.types import Scope

from app.api.finished import OF_FAILURE, OF_RELEASE
from app.api.forms import ACCEPTED, Form, ItemOptions
from app.api.library_reads import LibraryReads, Told
from app.api.reads import head_told
from app.api.representations import Finished, Headers, finish
from app.api.texts import TOLD_KINDS
from app.errors import InvalidRequestError, NoReleaseError, NotFoundError
from app.fields import Kind
from app.queries.filters import LIST_FILTERS
from app.queries.search_filters import SearchFilters

_KINDS: Mapping[str, Kind] = {kind.value: kind for kind in LIST_FILTERS}
_THREADS = 40
"""How many reads a server may be asked for at once; others wait for a turn."""

_REFUSALS = (InvalidRequestError, NoReleaseError, NotFoundError)


class ShortWay:
    """Finishes what it knows; `is_embedded` says that reading takes no waiting.

    Otherwise a read may take so many seconds: a server may be silent for ever.
    """

    def __init__(
        self, reads: LibraryReads, *, is_embedded: bool, seconds: float
    ) -> None:
        self._reads = reads
        self._is_embedded = is_embedded
        self._seconds = seconds
        # Their own: those of the routes may hold what these wait for.
        self._threads = CapacityLimiter(_THREADS)

    async def finish(self, scope: Scope) -> Finished | None:
        """Return the answer to a request, or none if it goes the long way."""
        read = None if OF_FAILURE in scope else self._find(scope)
        if read is None:
            return None
        try:
            # To change threads would cost more than to look it up.
            told = read() if self._is_embedded else await self._wait_for(read)
        except _REFUSALS:
            return None
        except (DBAPIError, PoolTimeoutError) as error:
            # Who has waited for it once need not do so again.
            scope[OF_FAILURE] = error
            return None
        scope[OF_RELEASE] = told.edition.release
        headers: Headers = [
            (name.lower().encode(), value.encode("latin-1"))
            for name, value in head_told(told).items()
        ]
        return finish(headers, told.text.encode(), "")

    async def _wait_for(self, read: Callable[[], Told]) -> Told:
        try:
            with fail_after(self._seconds):
                return await run_sync(
                    read, abandon_on_cancel=True, limiter=self._threads
                )
        except TimeoutError as error:
            raise PoolTimeoutError("A read was not waited for any longer.") from error

    def _find(self, scope: Scope) -> Callable[[], Told] | None:
        path: str = scope["path"]
        pairs = parse_qsl(
            scope["query_string"].decode("latin-1"), keep_blank_values=True
        )
        given = dict(pairs)
        if len(given) < len(pairs):
            return None
        match path.split("/"):
            case ["", "v1", name]:
                return self._find_list(name, given, path)
            case ["", "v1", name, slug] if name in _KINDS:
                return self._find_item(_KINDS[name], slug, given, scope[ACCEPTED])
        return None

    def _find_item(
        self, kind: Kind, slug: str, given: Mapping[str, str], accepted: Form
    ) -> Callable[[], Told] | None:
        try:
            options = ItemOptions.model_validate(given)
        except ValidationError:
            return None
        if kind in TOLD_KINDS:
            return lambda: self._reads.tell(kind, slug, options, accepted)
        if given.keys() - {"fields"}:
            return None
        return lambda: self._reads.tell_item(kind, slug, options.fields)

    def _find_list(
        self, name: str, given: Mapping[str, str], path: str
    ) -> Callable[[], Told] | None:
        try:
            if name == "search":
                asked = SearchFilters.model_validate(given)
                return lambda: self._reads.tell_hits(asked, path)
            if name in _KINDS:
                kind = _KINDS[name]
                filters = LIST_FILTERS[kind].model_validate(given)
                return lambda: self._reads.tell_page(kind, filters, path)
        except ValidationError:
            pass
        return None


async def refuse_what_failed(request: Request) -> None:
    """Raise the error of the database that ended the short way of a request."""
    if error := request.scope.get(OF_FAILURE):
        raise error
