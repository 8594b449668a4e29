"""Publishes a change: prepared outside, committed whole in one short transaction."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine

from app.content.change import Change
from app.content.check import Checked, judge_library
from app.content.log import FORMAT, write_document
from app.content.present import Present, read_present
from app.content.projection import ProjectedItem, project
from app.content.renderer import identify_renderer
from app.database import read_session, write_session
from app.errors import StaleReleaseError
from app.fields import Significance
from app.library.bundle import Bundle, Identity
from app.library.canonical import canonical_json, sha256
from app.queries.projection import (
    add_marks,
    add_words,
    find_renderer,
    load_hashes,
    mark_made_anew,
    mark_renderer,
    remove_items,
)
from app.queries.releases import find_moment, find_release
from app.tables import Release, Revision


@dataclass(frozen=True, slots=True)
class Signature:
    """When, by whom and why a release is made, and what it is.

    `by` is the name of the API key, none from a shell.
    """

    at: datetime
    by: str | None = None
    note: str = ""
    significance: Significance | None = None


@dataclass(frozen=True, slots=True)
class Published:
    """The release that stands now, and the items that it changed."""

    number: int
    changed: tuple[Identity, ...]
    removed: tuple[Identity, ...]

    @property
    def is_new(self) -> bool:
        return bool(self.changed or self.removed)


@dataclass(frozen=True)
class _Prepared:
    """What is ready to be committed: a release, or only rows that are made anew.

    `is_whole` says that all there is was made, or compared.
    """

    against: int
    at: datetime
    release: Release | None
    revisions: Sequence[Revision]
    stale: Sequence[Identity]
    fresh: Sequence[ProjectedItem]
    is_whole: bool


def publish_change(
    engine: Engine,
    present: Present,
    change: Change,
    checked: Checked,
    signature: Signature,
) -> Published:
    """Publish a change of the present library, of which all that it reaches is checked.

    Raises `StaleReleaseError` if somebody else published since then.
    """
    number = present.number + 1
    revisions = list(_list_revisions(change, number))
    release = Release(
        number=number,
        created_at=signature.at,
        key_name=signature.by,
        note=signature.note,
        significance=signature.significance or Significance.CLINICAL,
        # It vouches for the release before, which is known for sure when it is locked.
        checksum="",
    )
    stale, fresh = _project_anew(engine, checked, change.items, release=number)
    _commit(
        engine,
        _Prepared(
            present.number,
            signature.at,
            release,
            revisions,
            stale,
            fresh,
            checked.is_whole,
        ),
    )
    gone = [item for item, (_, entry) in change.items.items() if entry is None]
    kept = change.items.keys() - set(gone)
    return Published(number, tuple(sorted(kept)), tuple(sorted(gone)))


def is_outdated(engine: Engine) -> bool:
    """Say whether another renderer may have made some of what is served."""
    with read_session(engine) as session:
        return find_renderer(session) != identify_renderer()


def refresh(engine: Engine, checked: Checked | None = None, *, at: datetime) -> bool:
    """Make the projection anew from the log where the renderer has changed.

    Says whether anything was made anew; makes no release. `checked` saves to judge the
    library again, if it is the one that stands.
    """
    present = read_present(engine)
    if present.bundle is None:
        return False
    if checked is None or Change.of(present.bundle, checked.bundle).items:
        checked = judge_library(present.bundle)
    stale, fresh = _project_anew(engine, checked, (), release=present.number)
    if not stale and not fresh and not is_outdated(engine):
        return False
    try:
        _commit(
            engine,
            _Prepared(present.number, at, None, (), stale, fresh, is_whole=True),
        )
    except StaleReleaseError:
        # What somebody published meanwhile is looked at the next time.
        return False
    return bool(stale or fresh)


def differs(engine: Engine, bundle: Bundle) -> bool:
    """Say whether publishing the bundle would make a release."""
    return bool(Change.of(read_present(engine).bundle, bundle).items)


def _list_revisions(change: Change, release: int) -> Iterable[Revision]:
    """Yield what the log gets: changed documents, then tombstones."""
    items = sorted(change.items.items(), key=lambda one: (one[1][1] is None, one[0]))
    for (kind, slug), (_, entry) in items:
        document = write_document(entry) if entry else None
        yield Revision(
            kind=kind,
            slug=slug,
            release=release,
            format=FORMAT,
            document=document,
            hash=sha256(document) if document is not None else "",
        )


def _project_anew(
    engine: Engine, checked: Checked, changed: Iterable[Identity], *, release: int
) -> tuple[list[Identity], list[ProjectedItem]]:
    """Return the items that are gone and those to write, in place of what stands."""
    with read_session(engine) as session:
        items = None if checked.is_whole else {*checked.part.items, *changed}
        rendered = load_hashes(session, items)
    projected = {
        (item.kind, item.row.slug): item for item in project(checked, release=release)
    }
    fresh = [
        item
        for identity, item in projected.items()
        if rendered.get(identity) != item.row.hash
    ]
    stale = [identity for identity in rendered if identity not in projected]
    return sorted(stale), fresh


def _chain(previous: str, revisions: Iterable[Revision]) -> str:
    """Return the checksum of a release, which vouches for all before it."""
    lines = sorted(f"{one.kind.value}/{one.slug}/{one.hash}" for one in revisions)
    return sha256(canonical_json([previous, lines]))


def _commit(engine: Engine, prepared: _Prepared) -> None:
    with write_session(engine) as session:
        present = find_release(session)
        number = present.number if present else 0
        if number != prepared.against:
            raise StaleReleaseError(prepared_against=prepared.against, present=number)
        if prepared.release is not None:
            before = present.checksum if present else ""
            prepared.release.checksum = _chain(before, prepared.revisions)
            # Clocks go back, but not the order of releases.
            prepared.release.created_at = max(prepared.at, find_moment(session))
            session.add(prepared.release)
            session.flush()
        elif prepared.stale or prepared.fresh:
            mark_made_anew(session, prepared.at)
        session.add_all(prepared.revisions)
        # Not only what was there: another refresh may have written some since.
        written = [(item.kind, item.row.slug) for item in prepared.fresh]
        remove_items(session, {*prepared.stale, *written})
        session.add_all(item.row for item in prepared.fresh)
        session.flush()
        session.add_all(row for item in prepared.fresh for row in item.links)
        add_marks(session, (one for item in prepared.fresh for one in item.marks))
        found = [item.search for item in prepared.fresh if item.search]
        session.add_all(one.entry for one in found)
        add_words(session, (word for one in found for word in one.words))
        if prepared.is_whole:
            mark_renderer(session, identify_renderer())
        elif find_renderer(session) != identify_renderer():
            mark_renderer(session, "")
