"""Writes: a release of many entries or of one, and an earlier one restored."""

from collections.abc import Iterator
from itertools import islice
from typing import Annotated, Any

from fastapi import APIRouter, Body, Depends, Path, Response
from pydantic import JsonValue

from app.api.authentication import TrialRoute, requires
from app.api.documented import ItemKind, document_write
from app.api.history_schemas import Number
from app.api.item_path import ITEM_PATH
from app.api.json_bodies import require_plain_json
from app.api.preconditions import RELEASE_TAG
from app.api.problems import document_problems
from app.api.publishing import WritingDep
from app.api.publishing_schemas import (
    NoteQuery,
    PublishedOut,
    ReleaseRequest,
    SignificanceQuery,
)
from app.content.bundles import ONE_LIBRARY, GivenEntries, parse_entries
from app.content.check import check_change, check_restored, check_whole
from app.content.proposal import Mode, Proposal
from app.errors import (
    Fault,
    InUseError,
    InvalidRequestError,
    NotFoundError,
    to_pointer,
)
from app.fields import Kind
from app.keys import KeyRole
from app.library.bundle import Bundle
from app.library.entry import mentions
from app.library.faults import FAULTS_MAX
from app.library.nearest import name_choices

router = APIRouter(
    prefix="/v1",
    tags=["releases"],
    route_class=TrialRoute,
    dependencies=[requires(KeyRole.PUBLISHER)],
    responses=document_problems(401, 403, 412, 428, 503),
)
# A trial needs neither a key nor a tag.
OF_A_WRITE: dict[str, Any] = {"security": [{}], "parameters": [RELEASE_TAG]}
CREATED = document_write(PublishedOut, is_created=True)
KINDS = [kind.value for kind in Kind]

AnyEntry = Annotated[
    dict[str, JsonValue],
    Body(
        examples=[
            {
                "label": "Minutes of walking",
                "question": "How many minutes do you walk on a usual day?",
                "unit": "minutes",
                "minimum": 0,
                "maximum": 600,
            }
        ]
    ),
]
AnySlug = Annotated[str, Path(description="The slug of the item.", max_length=80)]


@router.post(
    "/releases",
    status_code=201,
    response_model=PublishedOut,
    dependencies=[Depends(require_plain_json)],
    responses=CREATED | document_problems(400, 413, 415, 422),
    openapi_extra=OF_A_WRITE,
)
def create_release(writing: WritingDep, asked: ReleaseRequest) -> Response:
    """Publish a whole library, or some entries in place of those that stand.

    All of it is published or nothing. The same content makes no release.
    """
    given = parse_entries(asked.entries)
    removal = _check_removed(asked, given, writing.present.bundle)
    faults = [*given.faults, *islice(removal, FAULTS_MAX)]
    base = writing.present.bundle if asked.mode is Mode.MERGE else None
    if not base and not given.entries[Kind.LIBRARY]:
        faults.append(Fault("/entries/library", ONE_LIBRARY))
    if faults:
        raise InvalidRequestError(faults)
    removed = frozenset(
        (Kind(name), slug) for name, slugs in asked.removed.items() for slug in slugs
    )
    proposal = Proposal(asked.mode, given.entries, removed)
    done = writing.submit(
        proposal.apply(base),
        given,
        note=asked.note,
        significance=asked.significance,
        check=check_change if base else check_whole,
    )
    return writing.answer(done, is_created=True)


@router.post(
    "/releases/{number}/restore",
    status_code=201,
    response_model=PublishedOut,
    responses=CREATED | document_problems(404, 422),
    openapi_extra=OF_A_WRITE,
)
def restore_release(
    writing: WritingDep,
    number: Number,
    note: NoteQuery = "",
    significance: SignificanceQuery = None,
) -> Response:
    """Publish the library as it was in a release, as a new one.

    Its entries must fit each other; what its cases and its quality leave unmet is said.
    """
    done = writing.submit(
        writing.read_release(number),
        GivenEntries(),
        note=note,
        significance=significance,
        check=check_restored,
    )
    return writing.answer(done, is_created=True)


@router.put(
    ITEM_PATH,
    status_code=201,
    response_model=PublishedOut,
    dependencies=[Depends(require_plain_json)],
    responses=CREATED | document_problems(400, 413, 415, 422),
    openapi_extra=OF_A_WRITE,
)
def put_item(
    writing: WritingDep,
    kind: ItemKind,
    slug: AnySlug,
    entry: AnyEntry,
    note: NoteQuery = "",
    significance: SignificanceQuery = None,
) -> Response:
    """Publish one item, new or in place of the one with this slug.

    The body is an entry as `GET /v1/bundle` has it; its `slug` may be left out.
    """
    given = parse_entries({kind.value: [{"slug": slug, **entry}]}, pointer="")
    base = f"/{kind.value}/0"
    faults = [Fault(one.pointer.removeprefix(base), one.detail) for one in given.faults]
    if entry.get("slug", slug) != slug:
        faults.append(Fault("/slug", f"Must be as in the address: {slug}."))
    present = writing.present.bundle
    if present is None and kind is not Kind.LIBRARY:
        faults.append(Fault("", "There is no library yet to put it into."))
    if faults:
        raise InvalidRequestError(faults)
    given.pointers = {(kind, slug): ""}
    bundle = Proposal(Mode.MERGE, given.entries).apply(present)
    done = writing.submit(bundle, given, note=note, significance=significance)
    is_known = present is not None and slug in present.of_kind(kind)
    return writing.answer(done, is_created=not is_known)


@router.delete(
    ITEM_PATH,
    response_model=PublishedOut,
    responses=document_write(PublishedOut, is_created=False)
    | document_problems(404, 409, 422),
    openapi_extra=OF_A_WRITE,
)
def delete_item(
    writing: WritingDep,
    kind: ItemKind,
    slug: AnySlug,
    note: NoteQuery = "",
    significance: SignificanceQuery = None,
) -> Response:
    """Take an item away, if no other refers to it. Its history stays."""
    present = writing.present.bundle
    if present is None or slug not in present.of_kind(kind):
        raise NotFoundError(kind.singular, slug)
    if kind is Kind.LIBRARY:
        raise InvalidRequestError([Fault("", ONE_LIBRARY)])
    if users := list(_list_users(present, kind, slug)):
        raise InUseError(users)
    given = GivenEntries()
    proposal = Proposal(Mode.MERGE, given.entries, frozenset({(kind, slug)}))
    bundle = proposal.apply(present)
    done = writing.submit(bundle, given, note=note, significance=significance)
    return writing.answer(done, is_created=False)


def _check_removed(
    asked: ReleaseRequest, given: GivenEntries, present: Bundle | None
) -> Iterator[Fault]:
    """Yield what cannot be taken away: only a merge can, and only what is there."""
    if asked.removed and asked.mode is not Mode.MERGE:
        yield Fault("/removed", "Only a merge takes it; a whole library leaves it out.")
        return
    for name, slugs in asked.removed.items():
        if name not in KINDS:
            detail = f"Unknown kind. {name_choices(name, KINDS)}"
            yield Fault(to_pointer(("removed", name)), detail)
            continue
        kind = Kind(name)
        known = present.of_kind(kind) if present else {}
        for index, slug in enumerate(slugs):
            here = to_pointer(("removed", name, index))
            if kind is Kind.LIBRARY:
                yield Fault(here, ONE_LIBRARY)
            elif slug not in known:
                choices = name_choices(slug, known)
                yield Fault(here, f"There is no such {kind.singular}. {choices}")
            elif slug in given.entries[kind]:
                yield Fault(here, f"It stands at {given.pointers[kind, slug]}, too.")


def _list_users(bundle: Bundle, kind: Kind, slug: str) -> Iterator[Fault]:
    """Yield the places of other items that refer to one."""
    for user_kind, entry in bundle:
        for pointer, named_kind, named in mentions(entry):
            is_itself = (user_kind, entry.slug) == (kind, slug)
            if (named_kind, named) == (kind, slug) and not is_itself:
                place = f"/{user_kind.value}/{entry.slug}{pointer}"
                yield Fault(place, f"{entry.slug} refers to it.")
