"""The releases of a whatnext server, over its API."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, JsonValue, ValidationError

from app.api.problems import SHOWN_FAULTS
from app.api.publishing_schemas import PublishedOut
from app.cli.connection import Connection, Query
from app.cli.progress import step
from app.cli.stores import Asked, Made, RefusedError, UnreachableError, choose_release
from app.content.bundles import parse_entries
from app.content.check import check_directory
from app.content.files import read_directory
from app.content.log import FORMAT, write_document
from app.content.places import EntryFault, Places
from app.errors import ContentError, ContentProblem, Fault, NoReleaseError
from app.fields import Kind
from app.library.bundle import Bundle, Identity

ASKING = "Asking the server"
# As in /entries/treatments/3, with the empty step before the first slash.
ENTRY_DEPTH = 4
SIGNIFICANCE = ("/significance", "/query/significance")


class _Meta(BaseModel):
    """What of `GET /v1/meta` says that a whatnext server answers, and which release."""

    name: Literal["whatnext"]
    release: int


class _Bundle(BaseModel):
    """What `GET /v1/bundle` answers, before its entries are read."""

    release: int
    format: int
    entries: JsonValue


@dataclass(frozen=True)
class ServerStore:
    """Publishes on a server, which checks everything itself."""

    server: Connection

    def load(self, release: int | None = None) -> tuple[int, Bundle]:
        with step(ASKING):
            number = choose_release(release, present=self._find_present())
            text = self.server.read("/v1/bundle", release=str(number))
        try:
            found = _Bundle.model_validate_json(text)
        except ValidationError as error:
            raise self.server.strange("sends no bundle") from error
        given = parse_entries(found.entries)
        is_known = found.format == FORMAT and not given.faults
        if not is_known or not given.entries[Kind.LIBRARY]:
            msg = f"This whatnext cannot read release {number}: is the server newer?"
            raise UnreachableError(msg)
        return number, Bundle.of(given.entries)

    def publish(self, directory: Path, asked: Asked) -> Made:
        self._require_key(asked)
        with step("Reading the files"):
            bundle, places = _read_files(directory)
        with step(ASKING):
            present = self._find_present()
        body: JsonValue = {
            "mode": "replace",
            **_write_wishes(asked),
            "entries": _write_entries(bundle),
        }
        try:
            with step("The server checks the library"):
                return self._write("/v1/releases", {}, asked, present, body)
        except RefusedError as error:
            raise _locate(error, _list_pointers(bundle), places) from error

    def restore(self, release: int, asked: Asked) -> Made:
        self._require_key(asked)
        with step(ASKING):
            present = self._find_present()
            choose_release(release, present=present)
        path = f"/v1/releases/{release}/restore"
        with step("The server checks the library"):
            return self._write(path, _write_wishes(asked), asked, present)

    def _require_key(self, asked: Asked) -> None:
        if not asked.is_trial:
            self.server.require_key()

    def _find_present(self) -> int:
        """Return the number of the present release, 0 before the first."""
        try:
            return _Meta.model_validate_json(self.server.read("/v1/meta")).release
        except NoReleaseError:
            return 0
        except ValidationError as error:
            raise self.server.strange("sends something else") from error

    def _write(
        self,
        path: str,
        query: Query,
        asked: Asked,
        present: int,
        body: JsonValue = None,
    ) -> Made:
        try:
            text = self.server.write(
                path, query, against=present, is_trial=asked.is_trial, body=body
            )
            out = PublishedOut.model_validate_json(text)
        except RefusedError as error:
            raise _name_significance(error) from error
        except ValidationError as error:
            raise self.server.strange("does not say what became of it") from error
        return Made(
            release=out.release,
            is_new=out.is_new,
            significance=out.significance,
            diff=out.diff,
            unmet=tuple(
                EntryFault(one.kind, one.slug, one.pointer, one.detail)
                for one in out.unmet
            ),
        )


def _read_files(directory: Path) -> tuple[Bundle, Places]:
    """Read a content directory. Raises `ContentError` with all that is wrong."""
    try:
        return read_directory(directory)
    except ContentError:
        # It also says how the entries that can be read fit each other.
        check_directory(directory)
        raise


def _write_wishes(asked: Asked) -> dict[str, str]:
    wishes = {"note": asked.note} if asked.note else {}
    if asked.significance:
        wishes["significance"] = asked.significance.value
    return wishes


def _write_entries(bundle: Bundle) -> dict[str, JsonValue]:
    return {
        kind.value: [
            json.loads(write_document(entry)) for entry in bundle.of_kind(kind).values()
        ]
        for kind in Kind
    }


def _list_pointers(bundle: Bundle) -> dict[str, Identity]:
    """Return which entry stands where in what is sent."""
    return {
        f"/entries/{kind.value}/{index}": (kind, slug)
        for kind in Kind
        for index, slug in enumerate(bundle.of_kind(kind))
    }


def _locate(
    error: RefusedError, pointers: Mapping[str, Identity], places: Places
) -> RefusedError | ContentError:
    """Return the refusal with the files and lines of what is in them."""
    located = [_place(one, pointers, places) for one in error.faults]
    problems = [one for one in located if isinstance(one, ContentProblem)]
    # A server shows so many mistakes, and only says how many there are.
    if problems == located and 0 < len(problems) < SHOWN_FAULTS:
        return ContentError(problems)
    return RefusedError(str(error), located)


def _place(
    fault: Fault | ContentProblem, pointers: Mapping[str, Identity], places: Places
) -> Fault | ContentProblem:
    steps = fault.pointer.split("/")
    identity = pointers.get("/".join(steps[:ENTRY_DEPTH]))
    if identity is None:
        return fault
    inner = "".join(f"/{one}" for one in steps[ENTRY_DEPTH:])
    [problem] = places.problems([EntryFault(*identity, inner, fault.detail)])
    return problem


def _name_significance(error: RefusedError) -> RefusedError:
    """Return what a database says of a significance that is too low."""
    for one in error.faults:
        if one.pointer in SIGNIFICANCE:
            return RefusedError(f"{one.detail} Nothing was published.")
    return error
